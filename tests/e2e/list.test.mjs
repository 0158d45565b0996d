// The conversation list in the states that a real server is rarely in: failures, answers that come late, changes from
// elsewhere. And its keys.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { answering, close, drawn, launch, newPage, open, write } from './browser.mjs';
import { ScriptedChat } from './scriptedchat.mjs';
import { problem } from './scriptedlist.mjs';
import { startServer } from './server.mjs';

let browser;
let server;
before(async () => {
    server = await startServer();
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

// `titles`: newest first.
async function listing(titles = ['One', 'Two', 'Three'], { prepare = () => {}, ...options } = {}) {
    const page = await newPage(browser, options);
    const chat = await new ScriptedChat().attach(page);
    const { list } = chat;
    const put = (names) => names.forEach((title, index) => list.put({ id: `c-${title}`, title, updated_at: new Date(Date.now() - 1000 * (index + 1)).toISOString() }));
    put(titles);
    await prepare(page, list);
    await open(page, server.url);
    return { page, chat, list, put };
}

const titles = (page) => page.locator('.conversation-title').allTextContents();
const shows = (page, wanted) => page.waitForFunction((text) => (
    [...document.querySelectorAll('.conversation-title')].map(({ textContent }) => textContent).join() === text), wanted.join());
const link = (page, title) => page.locator('.conversation-open', { hasText: title });
const more = (page, title) => page.getByRole('button', { name: `More for “${title}”` });
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute('aria-label')
    || document.activeElement.textContent.trim() || document.activeElement.nodeName);
const lists = (list) => list.requests.filter(({ method, path }) => method === 'GET' && path === '/api/conversations');

// Another tab says that something has changed. Its favicon is of the same origin, and has none of the page's scripts.
async function otherTab(page) {
    const tab = await page.context().newPage();
    await tab.goto(`${server.url}/favicon.svg`);
    return () => tab.evaluate(() => new BroadcastChannel('runnel.conversations').postMessage(null));
}

// Holds the answers to what `fits` back until they are let go, in any order.
function held(list, fits) {
    const waiting = [];
    list.gate = (request) => (fits(request) ? new Promise((resolve) => waiting.push({ request, go: (answer = null) => resolve(answer) })) : null);
    return waiting;
}

test('a list that cannot be loaded says so, and comes by "Try again"', async () => {
    const { page, list } = await listing(undefined, { prepare: (page, list) => {
        page.expected = /status of 503/;
        list.gate = () => problem(503, 'storage_failed', 'The disk is full.');
    } });
    await page.waitForSelector('html[data-ready="true"]'); // when it is connected the page asks once more, by itself
    await page.waitForSelector('text=The list could not be loaded. The disk is full.');
    list.gate = null;
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows(page, ['One', 'Two', 'Three']);
    assert.equal(await page.locator('.list-failure').count(), 0);
    await close(page);
});

test('rows stay when the list cannot be refreshed, and the next time puts it right', async () => {
    const { page, list, put } = await listing();
    const tell = await otherTab(page);
    await page.bringToFront();
    await shows(page, ['One', 'Two', 'Three']);
    page.expected = /status of 500/;
    list.gate = () => problem(500, 'internal', 'Something broke.');
    await tell();
    await page.waitForSelector('text=The list could not be updated. Something broke.');
    assert.deepEqual(await titles(page), ['One', 'Two', 'Three']);
    list.gate = null;
    put(['Zero', 'One', 'Two', 'Three']);
    await tell();
    await shows(page, ['Zero', 'One', 'Two', 'Three']);
    assert.equal(await page.locator('.list-failure').count(), 0);
    await close(page);
});

test('a next page that cannot be loaded says so below the rows, and comes by "Try again"', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `Number ${index}`);
    const { page, list } = await listing(names, { prepare: (page, list) => {
        page.expected = /status of 503/;
        list.gate = ({ query }) => (query.cursor ? problem(503, 'busy', 'The server is busy.') : null);
    } });
    await page.waitForSelector('.conversation >> nth=49');
    await page.locator('#conversations').hover();
    await page.mouse.wheel(0, 20_000);
    await page.waitForSelector('.group ~ .list-failure:has-text("There is more, but it could not be loaded. The server is busy.")');
    const asked = lists(list).length;
    await page.mouse.wheel(0, -300);
    await page.mouse.wheel(0, 20_000);
    await drawn(page);
    assert.equal(lists(list).length, asked, 'only a person asks again');
    list.gate = null;
    await page.getByRole('button', { name: 'Try again' }).focus();
    await page.keyboard.press('Enter');
    await shows(page, names);
    assert.equal(await focused(page), 'Number 50');
    await close(page);
});

test('when another tab changes the list the focus stays on its row', async () => {
    const { page, list, put } = await listing();
    const tell = await otherTab(page);
    await page.bringToFront();
    const change = async (names) => {
        ['New', 'One', 'Two', 'Three'].forEach((title) => list.drop(`c-${title}`));
        put(names);
        await tell();
        await shows(page, names);
    };
    await link(page, 'Two').focus();
    await change(['New', 'One', 'Two', 'Three']);
    assert.equal(await focused(page), 'Two');
    await page.keyboard.press('Tab');
    await change(['Two', 'One', 'Three']);
    assert.equal(await focused(page), 'More for “Two”', 'though its row has moved');
    await change(['One', 'Three']);
    assert.equal(await focused(page), 'More for “One”');
    await change([]);
    assert.equal(await focused(page), 'new-chat');
    await page.waitForSelector('text=Conversations appear here.');
    await close(page);
});

test('rows are kept when the list comes again: nothing of them is made anew', async () => {
    const { page, list, put } = await listing();
    const tell = await otherTab(page);
    await page.bringToFront();
    await shows(page, ['One', 'Two', 'Three']);
    await page.evaluate(() => {
        window.rows = [...document.querySelectorAll('.conversation')];
        window.changes = [];
        new MutationObserver((changes) => window.changes.push(...changes)).observe(document.getElementById('conversations'), { childList: true, characterData: true, subtree: true });
    });
    await tell();
    put(['Zero']);
    await tell();
    await page.waitForSelector('.conversation >> nth=3');
    const { same, touched } = await page.evaluate(() => ({ touched: window.changes.length,
        same: window.rows.every((row) => row.isConnected) }));
    assert.ok(same);
    assert.equal(touched, 1, 'one row was put in');
    assert.ok(lists(list).length <= 3);
    await close(page);
});

// ---- search ---------------------------------------------------------------------------------------------------------

test('what an older search answers never takes the place of a newer one', async () => {
    const { page, list } = await listing();
    const waiting = held(list, ({ query }) => query.q);
    const asked = async (count) => {
        while (waiting.length < count)
            await drawn(page);
    };
    await page.locator('#search').fill('o');
    await asked(1);
    await page.locator('#search').fill('two');
    await asked(2);
    waiting[1].go();
    await shows(page, ['Two']);
    await page.waitForSelector('#said-status:has-text("1 found.")', { state: 'attached' });
    waiting[0].go();
    await drawn(page);
    assert.deepEqual(await titles(page), ['Two']);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await shows(page, ['One', 'Two', 'Three']);
    assert.equal(await focused(page), 'search');
    assert.equal(await page.getByRole('button', { name: 'Clear the search' }).count(), 0);
    assert.deepEqual(waiting.map(({ request }) => request.query.q), ['o', 'two']);
    await close(page);
});

test('a search waits for the typing to pause, and keeps what is shown until it has an answer', async () => {
    const { page, list } = await listing();
    await page.clock.install();
    await page.reload();
    await shows(page, ['One', 'Two', 'Three']);
    const waiting = held(list, ({ query }) => query.q);
    await page.locator('#search').focus();
    await page.keyboard.type('two');
    await drawn(page);
    assert.equal(waiting.length, 0);
    assert.equal(await page.locator('#conversations').getAttribute('aria-busy'), 'true');
    await page.clock.fastForward(250);
    while (waiting.length === 0)
        await drawn(page);
    assert.equal(waiting[0].request.query.q, 'two');
    assert.deepEqual(await titles(page), ['One', 'Two', 'Three']);
    waiting[0].go();
    await shows(page, ['Two']);
    assert.equal(waiting.length, 1);
    await close(page);
});

test('a search that fails says so and can be tried again', async () => {
    const { page, list } = await listing();
    page.expected = /status of 503/;
    list.gate = ({ query }) => (query.q ? problem(503, 'busy', 'The server is busy.') : null);
    await page.locator('#search').fill('two');
    await page.waitForSelector('text=The search failed. The server is busy.');
    list.gate = null;
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows(page, ['Two']);
    await close(page);
});

test('"/" leads to the search, but not where something is written', async () => {
    const { page } = await listing();
    await page.locator('#composer-text').focus();
    await page.keyboard.press('/');
    assert.equal(await page.locator('#composer-text').inputValue(), '/');
    await page.locator('#scroll').focus();
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'search');
    assert.equal(await page.locator('#search').inputValue(), '');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), 'One');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), 'Two');
    await page.keyboard.press('End');
    assert.equal(await focused(page), 'Three');
    await close(page);
});

// ---- the menu -------------------------------------------------------------------------------------------------------

test('the menu goes by its keys, and gives the focus back', async () => {
    const { page } = await listing();
    const menu = page.getByRole('menu');
    const button = more(page, 'Two');
    await button.focus();
    await page.keyboard.press('Enter');
    await menu.waitFor();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    const names = [];
    for (let index = 0; index < 6; ++index) {
        names.push(await page.evaluate(() => document.activeElement.querySelector('span').textContent));
        await page.keyboard.press('ArrowDown');
    }
    assert.deepEqual(names, ['Rename', 'Pin', 'Export as Markdown', 'Export as JSON', 'Delete', 'Rename']);
    await page.keyboard.press('End');
    assert.match(await focused(page), /^Delete/);
    await page.keyboard.press('r');
    assert.match(await focused(page), /^Rename/);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'More for “Two”');
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    await button.click();
    await page.mouse.click(700, 300);
    await menu.waitFor({ state: 'hidden' });
    await close(page);
});

test('a title that is edited and an open menu are left alone by a list that comes meanwhile', async () => {
    const { page, list, put } = await listing();
    const tell = await otherTab(page);
    await page.bringToFront();
    await link(page, 'Two').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Half a ti');
    put(['Zero', 'One', 'Two', 'Three']);
    const before = lists(list).length;
    await tell();
    while (lists(list).length === before)
        await drawn(page);
    await drawn(page);
    await page.keyboard.type('tle');
    assert.equal(await page.locator('.title-input').inputValue(), 'Half a title');
    await page.keyboard.press('Enter');
    await shows(page, ['Zero', 'One', 'Half a title', 'Three']);
    await close(page);
});

for (const [name, act, words] of [
    ['a new title', async (page) => {
        await link(page, 'Two').focus();
        await page.keyboard.press('F2');
        await page.keyboard.type('Other');
        await page.keyboard.press('Enter');
    }, 'The title was not changed. The disk is full.'],
    ['a deletion', async (page) => {
        await link(page, 'Two').focus();
        await page.keyboard.press('Delete');
    }, 'It was not deleted. The disk is full.'],
    ['a pin', async (page) => {
        await more(page, 'Two').click();
        await page.getByRole('menuitem', { name: 'Pin' }).click();
    }, 'It was not pinned. The disk is full.'],
]) {
    test(`${name} that the server refuses is taken back and said`, async () => {
        const { page, list } = await listing();
        page.expected = /status of 503/;
        list.gate = ({ method }) => (method === 'GET' ? null : problem(503, 'storage_failed', 'The disk is full.'));
        await act(page);
        await page.waitForSelector(`#toast:has-text("${words}")`);
        await shows(page, ['One', 'Two', 'Three']);
        assert.equal(await page.locator('#toast button').count(), 0);
        await close(page);
    });
}

test('Ctrl+Z brings back what was deleted, but not out of a text that is written', async () => {
    const { page } = await listing();
    await link(page, 'Two').focus();
    await page.keyboard.press('Delete');
    await page.waitForSelector('#toast:has-text("Undo")');
    await shows(page, ['One', 'Three']);
    await page.locator('#composer-text').fill('half a thought');
    await page.keyboard.press('Control+z');
    await drawn(page);
    assert.deepEqual(await titles(page), ['One', 'Three']);
    await page.locator('#composer-text').fill('');
    await page.keyboard.press('Control+z');
    await shows(page, ['One', 'Two', 'Three']);
    assert.equal(await page.locator('#toast').isVisible(), false);
    await page.waitForSelector('#said-status:has-text("Brought back.")', { state: 'attached' });
    await close(page);
});

test('an Undo that comes too late is said to be too late', async () => {
    const { page, list } = await listing();
    page.expected = /status of 404/;
    await link(page, 'Two').focus();
    await page.keyboard.press('Delete');
    list.gate = ({ path }) => (path.endsWith('/restore') ? problem(404, 'not_found', 'It can be restored for 30 s.') : null);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForSelector('#toast:has-text("It is too late to bring it back.")');
    await shows(page, ['One', 'Three']);
    await close(page);
});

test('with a finger, at 320 px: the drawer has the menu, and a conversation opens without a keyboard', async () => {
    const { page } = await listing(undefined, { width: 320, height: 640, hasTouch: true, isMobile: true });
    await page.locator('#menu').tap();
    await more(page, 'Two').tap();
    const item = page.getByRole('menuitem', { name: 'Pin' });
    const box = await item.boundingBox();
    assert.ok(box.height >= 40 && box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
    for (const target of await page.locator('.conversation:first-child > *, #import').all())
        assert.ok((await target.boundingBox()).height >= 40);
    await item.tap();
    await shows(page, ['Two', 'One', 'Three']);
    await link(page, 'One').tap();
    await link(page, 'One').waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'scroll');
    assert.match(page.url(), /\?c=c-One$/);
    await close(page);
});

// ---- when it asks ---------------------------------------------------------------------------------------------------

test('a message that waits for the connection has its row, and is found again', async () => {
    const { page, chat } = await listing();
    chat.refusing = true;
    chat.drop();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    await write(page, 'Kept here for now');
    const row = page.locator('.conversation', { hasText: 'Kept here for now' });
    await row.locator('.conversation-mark', { hasText: 'not sent yet' }).waitFor();
    await link(page, 'One').click();
    await row.locator('a').click();
    await page.waitForSelector('.queued:has-text("Kept here for now")');
    await page.reload();
    await page.waitForSelector('.queued:has-text("Kept here for now")');
    chat.refusing = false;
    assert.equal((await chat.next(({ type }) => type === 'message')).message, 'Kept here for now');
    await page.waitForSelector('#state[data-phase="connected"]');
    await drawn(page);
    assert.equal(await page.locator('#strip').isVisible(), false, 'what the server never had is not lost');
    await close(page);
});

test('the list is asked for when an answer begins and ends, at most once a second, and never while the page is hidden', async () => {
    const { page, chat, list } = await listing();
    await page.clock.install();
    await page.reload();
    await shows(page, ['One', 'Two', 'Three']);
    const settled = async () => {
        for (let frame = 0; frame < 4; ++frame)
            await drawn(page);
        return lists(list).length;
    };
    await page.clock.fastForward(5000);
    const before = await settled();
    for (let index = 0; index < 20; ++index)
        chat.exchange(`Question ${index}`, 'Answer.');
    await page.waitForSelector('text=Question 19');
    assert.ok(await settled() <= before + 1, 'forty changes, one request');
    await page.clock.fastForward(1100);
    await page.locator('.conversation', { hasText: 'Question 0' }).waitFor();
    assert.ok(await settled() <= before + 2, 'and one for what came meanwhile');

    await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    });
    const hidden = await settled();
    chat.ask('Hidden');
    chat.begin();
    await answering(page);
    await page.clock.fastForward(60_000);
    assert.equal(await settled(), hidden);
    await page.evaluate(() => {
        delete document.visibilityState;
        document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.fastForward(1100);
    while (await settled() === hidden)
        await drawn(page);
    await close(page);
});

test('another conversation that is answered is looked at ever more seldom', async () => {
    const { page, list } = await listing(undefined, { prepare: async (page, list) => {
        list.put({ id: 'c-busy', title: 'Busy', answering: true });
        await page.clock.install();
    } });
    await page.waitForSelector('.conversation .pulse');
    for (let second = 0; second < 120; second += 2) {
        await page.clock.runFor(2000);
        await drawn(page);
    }
    const asked = lists(list).length;
    assert.ok(asked >= 4 && asked <= 12, `${asked} requests in two minutes`);
    list.put({ id: 'c-busy', title: 'Busy' });
    await page.clock.runFor(40_000);
    await page.waitForSelector('.conversation .pulse', { state: 'detached' });
    const ended = lists(list).length;
    await page.clock.runFor(120_000);
    await drawn(page);
    assert.equal(lists(list).length, ended, 'then nothing is asked any more');
    await close(page);
});
