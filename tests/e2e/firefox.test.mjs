// The main paths once more, in Firefox.

import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answered, answering, close, launchFirefox, newTab, picture, press, sees, seesNo, texts, write } from './firefox.mjs';
import { rich } from './answers.mjs';
import { family, signal } from './processes.mjs';
import { startServer } from './server.mjs';

const scenario = JSON.parse(readFileSync(new URL('../../emulator/scenarios/faults.json', import.meta.url), 'utf8'));
const lines = Array.from({ length: 30 }, (_, line) => `Line ${line + 1} of a long story that goes on for quite a while.`);
scenario.rules.unshift(
    { name: 'story', match: { regex: '^tell a story' }, pace: { interval_ms: 60, chunk_tokens: [6, 6] }, answer: lines.join('\n\n') },
    { name: 'rich', match: { regex: '^explain' }, answer: rich },
    { name: 'yes', match: { regex: '^say yes' }, answer: 'Yes, gladly.' },
);

let firefox;
let server;
let asleep = [];
before(async () => {
    server = await startServer({ scenario });
    firefox = await launchFirefox();
});
afterEach(() => signal(asleep.splice(0), 'SIGCONT'));
after(async () => {
    await firefox?.close();
    await server?.stop();
});

const visit = () => newTab(firefox.browser, server.url);
const told = (page) => texts(page, '.bubble');
const paragraphs = (page) => page.$eval('.prose', (answer) => [...answer.querySelectorAll('p')].map((node) => node.textContent)); // of the first one

async function inMidStory() {
    const page = await visit();
    await write(page, 'tell a story');
    await sees(page, '.prose p', 'Line 8 of');
    return page;
}

async function assertWhole(page) {
    await sees(page, '.prose p', 'Line 30 of a long story that goes on for quite a while.');
    await answered(page);
    assert.deepEqual(await paragraphs(page), lines);
    assert.deepEqual(await told(page), ['tell a story']);
}

test('it loads, streams an answer and looks as it should, light and dark', async () => {
    const page = await inMidStory();
    const some = (await paragraphs(page)).length;
    assert.ok(some < lines.length, 'it comes piece by piece');
    await assertWhole(page);

    await write(page, 'explain');
    await sees(page, '.prose table', 'Factoring large numbers');
    await sees(page, '.prose figure .hljs-keyword', 'from');
    await answered(page);
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor === 'rgb(15, 20, 24)');
    const shown = new Set();
    for (let click = 0; click < 3; ++click) { // as the system, light, dark
        const name = await dark() ? 'dark' : 'light';
        const bar = await page.$eval('.prose pre', (node) => getComputedStyle(node).scrollbarColor);
        assert.equal(bar, name === 'dark' ? 'rgb(102, 114, 126) rgba(0, 0, 0, 0)' : 'rgb(138, 148, 160) rgba(0, 0, 0, 0)');
        shown.add(name);
        await picture(page, `firefox-${name}`);
        await page.click('#theme');
    }
    assert.deepEqual([...shown].sort(), ['dark', 'light']);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, 'nothing scrolls sideways');
    await close(page);
});

test('reloads go on in the middle of the answer', async () => {
    const page = await inMidStory();
    await page.reload();
    await sees(page, '.prose p', 'Line 8 of');
    await answering(page);
    await page.evaluate(() => location.reload());
    await assertWhole(page);
    await close(page);
});

test('without a network the text stays, a message waits and is asked once', async () => {
    const page = await inMidStory();
    await page.setOfflineMode(true);
    await sees(page, '#state', 'Offline');
    await sees(page, '.strip', 'You are offline. What you send is kept and goes out when you are back.');
    await write(page, 'say yes');
    await sees(page, '.queued', 'Waiting for the connection');
    await picture(page, 'firefox-offline');
    await page.setOfflineMode(false);
    await sees(page, '.answer', 'Yes, gladly.');
    await answered(page);
    assert.deepEqual(await told(page), ['tell a story', 'say yes']);
    assert.deepEqual(await paragraphs(page), lines);
    await seesNo(page, '.queued');
    await close(page);
});

test('a lid that was closed: what came meanwhile is there', async () => {
    const page = await inMidStory();
    const conversation = new URL(page.url()).searchParams.get('c');
    asleep = family(firefox.pid);
    signal(asleep, 'SIGSTOP');
    await server.until(conversation, ({ messages }) => messages.at(-1).state === 'done');
    signal(asleep.splice(0), 'SIGCONT');
    await assertWhole(page);
    await close(page);
});

test('a server killed in mid-answer: the text stays, and Continue joins the rest to it', async () => {
    const page = await inMidStory();
    let before;
    await server.restart(async () => {
        await sees(page, '#state', 'Reconnecting');
        [before] = await texts(page, '.prose');
    });
    await sees(page, '.answer', 'The answer was interrupted.');
    assert.ok((await texts(page, '.prose'))[0].startsWith(before.trimEnd()), 'what was shown is shown');
    await picture(page, 'firefox-interrupted');
    await press(page, 'Continue');
    await assertWhole(page);
    await close(page);
});

test('the list: opened, searched, deleted and brought back', async () => {
    const page = await visit();
    await write(page, 'say yes to herons');
    await sees(page, '.answer', 'Yes, gladly.');
    await sees(page, '.conversation-open', 'say yes to herons');
    await press(page, 'New chat');
    await seesNo(page, '.bubble');
    await page.type('#search', 'herons');
    await page.waitForFunction(() => document.querySelectorAll('.conversation-open').length === 1, { polling: 50 });
    await page.click('.conversation-open');
    await sees(page, '.bubble', 'say yes to herons');
    await press(page, 'More for “say yes to herons”');
    await page.locator('[role=menuitem]::-p-text(Delete)').click();
    await seesNo(page, '.bubble');
    await page.locator('.toast button').click();
    await sees(page, '.bubble', 'say yes to herons');
    await close(page);
});

test('a question is edited, and two tabs show the same versions', async () => {
    const page = await visit();
    await write(page, 'say yes');
    await sees(page, '.answer', 'Yes, gladly.');
    await answered(page);
    const other = await newTab(firefox.browser, page.url());
    await sees(other, '.answer', 'Yes, gladly.');

    await page.bringToFront();
    await page.hover('.user');
    await press(page, 'Edit message');
    await page.keyboard.type(', please');
    await page.keyboard.press('Enter');
    await sees(page, '.bubble', 'say yes, please');
    await sees(page, '.user .branches', '2 / 2');
    await answered(page);
    await other.bringToFront();
    await sees(other, '.bubble', 'say yes, please');
    await other.hover('.user');
    await press(other, 'Previous version');
    await sees(other, '.user .branches', '1 / 2');
    await page.bringToFront();
    await sees(page, '.user .branches', '1 / 2');
    assert.deepEqual(await told(page), ['say yes']);
    await close(other);
    await close(page);
});
