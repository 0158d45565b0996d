// A person who goes away and comes back, by every door: reload, no network, a closed lid, a server that was killed, a
// second tab, the desktop client's window. Nothing is lost, nothing is there twice, and what is said is true.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answered, answering, close, launch, launchServer, newPage, open, picture, watch, write } from './browser.mjs';
import { family, signal } from './processes.mjs';
import { startServer } from './server.mjs';
import { hasWindow, openWindow } from './window.mjs';

const scenario = JSON.parse(readFileSync(new URL('../../emulator/scenarios/faults.json', import.meta.url), 'utf8'));
const lines = Array.from({ length: 40 }, (_, line) => `Line ${line + 1} of a long story that goes on for quite a while.`);
scenario.rules.unshift(
    { name: 'story', match: { regex: '^tell a story' }, pace: { interval_ms: 60, chunk_tokens: [6, 6] }, answer: lines.join('\n\n') },
    { name: 'yes', match: { regex: '^say yes' }, answer: 'Yes, gladly.' },
);

let browser;
let server;
before(async () => {
    server = await startServer({ scenario });
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

async function visit(path = '', options = {}) {
    const page = await newPage(options.browser ?? browser);
    await open(page, `${server.url}/${path}`);
    return page;
}

async function another(page) {
    const other = watch(await page.context().newPage());
    await open(other, page.url());
    return other;
}

// In the middle of an answer.
async function inMidStory(options) {
    const page = await visit('', options);
    await write(page, 'tell a story');
    await page.locator('.prose p', { hasText: 'Line 8 of' }).waitFor();
    return page;
}

const id = (page) => new URL(page.url()).searchParams.get('c');
const told = (page) => page.locator('.bubble').allTextContents();
const shown = (page) => page.locator('.prose').allTextContents();
const paragraphs = (page, answer = 0) => page.locator('.prose').nth(answer).locator('p').allTextContents();

async function assertWhole(page, answer = 0) {
    await page.locator('.prose').nth(answer).locator('p', { hasText: 'Line 40 of a long story that goes on for quite a while.' }).waitFor();
    assert.deepEqual(await paragraphs(page, answer), lines);
}

// Everything that the page says of the connection from now on; a reload ends it.
const listen = (page) => page.evaluate(() => {
    window.said = [];
    const look = () => {
        const words = document.getElementById('strip').hidden ? '' : document.getElementById('strip').innerText;
        if (words && window.said.at(-1) !== words)
            window.said.push(words);
    };
    new MutationObserver(look).observe(document.getElementById('strip'), { childList: true, subtree: true, characterData: true, attributes: true });
});
const heard = (page) => page.evaluate(() => window.said);

test('reloads, one and three in a row, go on in the middle of the answer', async () => {
    const page = await inMidStory();
    await page.reload();
    await page.locator('.prose p', { hasText: 'Line 8 of' }).waitFor();
    await answering(page);
    for (let time = 0; time < 3; ++time)
        page.reload().catch(() => {}); // the next one cuts it off
    await page.waitForLoadState();
    await answering(page);
    await assertWhole(page);
    await answered(page);
    assert.deepEqual(await told(page), ['tell a story']);
    await close(page);
});

test('without a network the text stays, a message waits and is asked once', async () => {
    const page = await inMidStory();
    await page.context().setOffline(true);
    await page.waitForSelector('#state:has-text("Offline")');
    await page.waitForSelector('.strip:has-text("You are offline. What you send is kept and goes out when you are back.")');
    const before = (await shown(page))[0];
    assert.match(before, /Line 8 of/);
    await write(page, 'say yes to me');
    await page.waitForSelector('.queued:has-text("Waiting for the connection")');
    await page.locator('#composer-text').fill('half a thought');
    await picture(page, 'absence-offline');
    await server.until(id(page), (conversation) => conversation.messages.at(-1).state === 'done');
    assert.equal((await shown(page))[0], before);

    await page.context().setOffline(false);
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    await assertWhole(page);
    await answered(page);
    assert.deepEqual(await told(page), ['tell a story', 'say yes to me']);
    assert.equal((await shown(page)).length, 2);
    assert.equal(await page.locator('#composer-text').inputValue(), 'half a thought');
    assert.equal(await page.locator('#strip').isVisible(), false);
    await close(page);
});

test('a network so slow that the page is not ready yet: what is typed meanwhile is kept', async () => {
    const page = await visit();
    await page.locator('#composer-text').fill('a draft');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route('**/js/chat.js', async (route) => {
        await held;
        await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await page.locator('#composer-text').fill('and more');
    assert.equal(await page.locator('#send').isDisabled(), true);
    release();
    await page.waitForSelector('html[data-ready="true"]');
    assert.equal(await page.locator('#composer-text').inputValue(), 'a draft\nand more');
    await page.reload();
    await page.waitForSelector('html[data-ready="true"]');
    assert.equal(await page.locator('#composer-text').inputValue(), 'a draft\nand more');
    assert.equal(await page.locator('#send').isDisabled(), false);
    await close(page);
});

test('a file that got lost on the way is said to be, and Reload brings it', async () => {
    const page = await newPage(browser);
    await page.route('**/js/chat.js', (route) => route.abort('connectionreset'), { times: 1 });
    page.expected = /ERR_CONNECTION_RESET/;
    await page.goto(server.url);
    await page.waitForSelector('.strip:has-text("A part of this page did not load.")');
    await page.waitForSelector('#state:has-text("Not loaded")');
    await picture(page, 'absence-not-loaded');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForSelector('html[data-ready="true"]');
    assert.equal(await page.locator('#strip').isVisible(), false);
    await close(page);
});

test('a lid that was closed: what came meanwhile is there, and a server that was killed meanwhile, too', async (t) => {
    const laptop = await launchServer();
    t.after(() => laptop.close());
    const page = await inMidStory({ browser: laptop.browser });
    const conversation = id(page);
    await listen(page);
    let asleep = family(laptop.pid);
    t.after(() => signal(asleep, 'SIGCONT'));
    signal(asleep, 'SIGSTOP');
    await server.until(conversation, ({ messages }) => messages.at(-1).state === 'done');
    signal(asleep, 'SIGCONT');
    await assertWhole(page);
    await answered(page);

    asleep = family(laptop.pid);
    signal(asleep, 'SIGSTOP');
    await server.restart();
    signal(asleep, 'SIGCONT');
    await write(page, 'say yes');
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    assert.deepEqual(await told(page), ['tell a story', 'say yes']);
    assert.deepEqual(await heard(page), [], 'nothing had to be said of it');
    await close(page);
});

test('a server killed in mid-answer: the text stays, Continue joins the rest to it, and the list knows', async () => {
    const page = await inMidStory();
    let before;
    await server.restart(async () => {
        await page.waitForSelector('#state:has-text("Reconnecting")');
        before = (await shown(page))[0];
        assert.equal(await page.getByRole('button', { name: 'Continue' }).count(), 0, 'nobody knows yet how it ended');
    });
    const goOn = page.getByRole('button', { name: 'Continue' });
    await goOn.waitFor();
    assert.ok((await shown(page))[0].startsWith(before.trimEnd()), 'what was shown is shown');
    await page.locator('.conversation:has([aria-current="page"]) .pulse').waitFor({ state: 'detached' });
    await picture(page, 'absence-interrupted');
    await goOn.click();
    await assertWhole(page);
    await answered(page);
    assert.equal((await shown(page)).length, 1);
    await close(page);
});

test('who comes back to the page, or sends, does not wait for the end of a pause', async () => {
    const page = await newPage(browser);
    await page.clock.install();
    const returns = [() => page.evaluate(() => dispatchEvent(new Event('focus'))), () => write(page, 'say yes')];
    const first = page.waitForEvent('websocket');
    await open(page, server.url);
    let socket = await first;
    await page.clock.pauseAt(Date.now() + 60_000); // no pause ends by itself now
    for (const comeBack of returns) {
        const gone = socket.waitForEvent('close');
        await server.restart(() => gone);
        const next = page.waitForEvent('websocket');
        await comeBack();
        socket = await next;
        await socket.waitForEvent('framereceived');
    }
    await close(page);
});

test('two tabs: what is edited in one is not lost to the version that the other makes', async () => {
    const page = await visit();
    await write(page, 'say yes');
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    await answered(page);
    const other = await another(page);
    const edit = async (tab) => {
        await tab.bringToFront();
        await tab.locator('.user').hover();
        await tab.getByRole('button', { name: 'Edit message' }).click();
        return tab.getByRole('textbox', { name: 'Edit your message' });
    };
    await (await edit(page)).fill('say yes, half written');
    await (await edit(other)).fill('say yes, from elsewhere');
    await other.keyboard.press('Enter');
    await other.locator('.bubble', { hasText: 'from elsewhere' }).waitFor();

    await page.bringToFront();
    await page.locator('.bubble', { hasText: 'from elsewhere' }).waitFor();
    await answered(page);
    await page.getByRole('button', { name: 'Previous version' }).first().click();
    const editor = page.getByRole('textbox', { name: 'Edit your message' });
    assert.equal(await editor.inputValue(), 'say yes, half written');
    await editor.press('Enter');
    await page.locator('.user .branches', { hasText: '3 / 3' }).waitFor();
    await other.bringToFront();
    await other.locator('.bubble', { hasText: 'half written' }).waitFor();
    await close(other);
    await close(page);
});

test('two tabs: asked in one, stopped in the other; deleted in one, the other says so, and says only what is true', async () => {
    const page = await inMidStory();
    const other = await another(page);
    await answering(other);
    await other.locator('#send').click();
    await other.waitForSelector('text=Stopped.');
    await page.bringToFront();
    await page.waitForSelector('text=Stopped.');
    await answered(page);
    assert.deepEqual(await shown(page), await shown(other));

    await listen(page);
    const remove = async () => {
        await other.bringToFront();
        await other.locator('.conversation:has([aria-current="page"])').getByRole('button', { name: /^More for/ }).click();
        await other.getByRole('menuitem', { name: 'Delete' }).click();
        await page.bringToFront();
        await page.waitForSelector('.strip:has-text("This conversation was deleted.")');
        await page.waitForSelector('text=What would you like to know?');
    };
    await remove();
    await other.bringToFront();
    await other.getByRole('button', { name: /^Undo/ }).click();
    await page.bringToFront();
    await page.locator('.bubble', { hasText: 'tell a story' }).waitFor();
    await remove();
    await write(page, 'say yes');
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    await answered(page);
    assert.deepEqual(await told(page), ['say yes']);
    assert.equal(await page.locator('#strip').isVisible(), false, 'it was said already');
    assert.deepEqual([...new Set(await heard(page))], ['This conversation was deleted.', 'This conversation was brought back.'],
        'and nobody said that the server does not answer');
    await close(other);
    await close(page);
});

test('the page and the window of one session, live both ways', { skip: !hasWindow && 'the desktop client is not built' }, async (t) => {
    const page = await visit();
    await write(page, 'say yes');
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    const desktop = await openWindow(server.url, id(page));
    t.after(() => desktop.kill());
    await desktop.tell('shows', 'Yes, gladly.');

    await write(page, 'tell a story');
    await desktop.tell('shows', 'Line 3 of a long story');
    assert.ok((await paragraphs(page, 1)).length < lines.length, 'while it comes');
    await desktop.tell('picture', 'beside-the-page');
    await desktop.tell('click', 'sendButton'); // which is Stop now
    await page.waitForSelector('text=Stopped.');
    await answered(page);
    await picture(page, 'absence-beside-the-window');

    await desktop.tell('say', 'say yes from the window');
    await page.locator('.bubble', { hasText: 'say yes from the window' }).waitFor();
    await page.locator('.answer').nth(2).filter({ hasText: 'Yes, gladly.' }).waitFor();
    await answered(page);
    await server.restart();
    await page.waitForSelector('#state:has-text("Connected")');
    await write(page, 'say yes again');
    await desktop.tell('shows', 'say yes again');
    await desktop.tell('once', 'say yes from the window');
    await close(page);
    await desktop.close();
});
