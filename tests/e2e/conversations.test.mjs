// The conversation list with the real server: what one browser does, the server keeps and another sees.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { answered, answering, assertAccessible, close, drawn, launch, newPage, open, picture, watch, write } from './browser.mjs';
import { startServer } from './server.mjs';

const scenario = JSON.parse(await readFile(new URL('../../emulator/scenarios/faults.json', import.meta.url), 'utf8'));
const story = Array.from({ length: 60 }, (_, line) => `Line ${line + 1} of a long story that goes on for quite a while.`).join('\n\n');
scenario.rules.unshift(
    { name: 'story', match: { regex: '^tell a story' }, pace: { interval_ms: 60, chunk_tokens: [6, 6] }, answer: story },
    { name: 'heron', match: { regex: 'heron' }, answer: `${'It waits for a fish.\n\n'.repeat(60)}The grey heron stands still.\n\n${'It flies away.\n\n'.repeat(60)}` },
    { name: 'any', match: { regex: '' }, answer: 'Yes, gladly.' },
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
    const page = await newPage(browser, options);
    await open(page, `${server.url}/${path}`);
    return page;
}

async function another(page, path = '') {
    const other = watch(await page.context().newPage());
    await open(other, `${server.url}/${path}`);
    return other;
}

// The page with a conversation of its own, which the list has.
async function chatAbout(text, options) {
    const page = await visit('', options);
    await write(page, text);
    await page.locator('.bubble', { hasText: text }).waitFor();
    await answered(page);
    await listed(page, text);
    return page;
}

const row = (page, title) => page.locator('.conversation', { hasText: title });
const link = (page, title) => page.locator('.conversation-open', { hasText: title });
const listed = (page, title) => link(page, title).first().waitFor();
const focusedText = (page) => page.evaluate(() => document.activeElement.textContent.trim());

async function choose(page, title, item) {
    await page.getByRole('button', { name: `More for “${title}”` }).click();
    await page.getByRole('menuitem', { name: item }).click();
}

async function api(path, options = {}) {
    const response = await fetch(`${server.url}/api/conversations${path}`, options);
    const body = response.status === 204 ? null : await response.json();
    assert.ok(response.ok, `${path}: ${JSON.stringify(body)}`);
    return body;
}

function conversationFile(title, { at = new Date().toISOString(), messages, pinned = false } = {}) {
    const said = messages ?? [
        { message_id: 'a', parent_id: null, role: 'user', content: `About ${title}`, at },
        { message_id: 'b', parent_id: 'a', role: 'model', content: 'So it is.', at, turn: 't1', agent: 'default', model: 'g', state: 'done', finish_reason: 'stop' },
    ];
    return { format: 'runnel-conversation', version: 1, exported_at: at,
        conversation: { title, pinned, created_at: at, updated_at: at, active: said.at(-1).message_id, messages: said } };
}

const bring = (file) => api('', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(file) });

test('a conversation is in the list of every browser, under its first message, and the address leads to it', async () => {
    const page = await chatAbout('why is water wet');
    const open_ = link(page, 'why is water wet');
    assert.equal(await open_.getAttribute('aria-current'), 'page');
    assert.equal(await page.title(), 'why is water wet – Runnel');
    assert.match(page.url(), /\?c=[A-Za-z0-9_-]{22}$/);

    const elsewhere = await visit();
    await listed(elsewhere, 'why is water wet');
    assert.equal(await elsewhere.locator('.group', { hasText: 'Today' }).locator('.conversation', { hasText: 'why is water wet' }).count(), 1);
    assert.equal(new URL(elsewhere.url()).search, '', 'a new chat has no address yet');
    await link(elsewhere, 'why is water wet').click();
    await elsewhere.waitForSelector('.answer:has-text("Yes, gladly.")');
    assert.equal(elsewhere.url(), page.url());
    assert.equal(await elsewhere.evaluate(() => Object.keys(localStorage).length), 0, 'nothing of it is kept in the browser');
    await assertAccessible(elsewhere, 'the list of the server');
    await close(elsewhere);
    await close(page);
});

test('an answer is marked in the list while it comes, there and in another window, and then no more', async () => {
    const page = await visit();
    await write(page, 'tell a story of marks');
    await answering(page);
    const other = await visit();
    await row(other, 'tell a story of marks').locator('.pulse').waitFor();
    await row(page, 'tell a story of marks').locator('.pulse').waitFor();
    await page.locator('#send').click();
    await answered(page);
    await row(page, 'tell a story of marks').locator('.pulse').waitFor({ state: 'detached' });
    await row(other, 'tell a story of marks').locator('.pulse').waitFor({ state: 'detached' }); // nobody told it: it looked again
    await close(other);
    await close(page);
});

test('reload, Back, Forward and another tab go by the address', async () => {
    const page = await chatAbout('the first of two');
    const first = page.url();
    await page.locator('#new-chat').click();
    await page.waitForSelector('text=What would you like to know?');
    await write(page, 'the second of two');
    await listed(page, 'the second of two');
    await answered(page);
    const shows = async (title) => {
        await page.locator('.bubble', { hasText: title }).waitFor();
        assert.equal(await page.title(), `${title} – Runnel`);
    };
    await page.goBack();
    await shows('the first of two');
    await page.reload();
    await shows('the first of two');
    await page.goForward();
    await shows('the second of two');

    const [tab] = await Promise.all([page.context().waitForEvent('page'), link(page, 'the first of two').click({ modifiers: ['Control'] })]);
    await tab.locator('.bubble', { hasText: 'the first of two' }).waitFor();
    assert.equal(tab.url(), first);
    await shows('the second of two');

    const linked = await visit(new URL(first).search);
    await linked.locator('.bubble', { hasText: 'the first of two' }).waitFor();
    await close(linked);
    await close(page);
});

test('a conversation is renamed in the list by F2 and in the header, everywhere, and loses its name again', async () => {
    const page = await chatAbout('rename me');
    const other = await visit(new URL(page.url()).search);
    const headed = (where, title) => where.locator('#rename', { hasText: title }).waitFor();
    await link(page, 'rename me').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Not this');
    await page.keyboard.press('Escape');
    assert.equal(await focusedText(page), 'rename me');
    await page.keyboard.press('F2');
    await page.keyboard.type('Water and its ways');
    await page.keyboard.press('Enter');
    assert.equal(await focusedText(page), 'Water and its ways');
    await headed(page, 'Water and its ways');
    await headed(other, 'Water and its ways');
    await listed(other, 'Water and its ways');
    assert.equal(await other.title(), 'Water and its ways – Runnel');

    await other.locator('#rename').click();
    await other.keyboard.type('Rivers');
    await other.keyboard.press('Enter');
    await headed(page, 'Rivers');
    await listed(page, 'Rivers');
    await choose(page, 'Rivers', 'Rename');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await headed(other, 'rename me');
    await listed(page, 'rename me');
    await close(other);
    await close(page);
});

test('a pinned conversation stands above all, also after a reload, until it is unpinned', async () => {
    const page = await chatAbout('pin this one');
    const pinned = page.locator('.group', { hasText: 'Pinned' }).locator('.conversation', { hasText: 'pin this one' });
    await choose(page, 'pin this one', 'Pin');
    await pinned.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'More for “pin this one”', 'the focus went along');
    await page.reload();
    await pinned.waitFor();
    await choose(page, 'pin this one', 'Unpin');
    await pinned.waitFor({ state: 'detached' });
    await listed(page, 'pin this one');
    await close(page);
});

test('the open conversation is deleted: a new chat is shown, and Undo by keyboard brings all of it back', async () => {
    const page = await chatAbout('delete me');
    await page.locator('#composer-text').fill('half a thought');
    const address = page.url();
    await choose(page, 'delete me', 'Delete');
    await page.waitForSelector('#toast:has-text("Deleted.")');
    await page.waitForSelector('text=What would you like to know?');
    assert.equal(await link(page, 'delete me').count(), 0);
    assert.equal(await page.locator('#strip').isVisible(), false, 'it was not lost, it was deleted');
    await write(page, 'something else meanwhile');
    await listed(page, 'something else meanwhile');
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.bubble', { hasText: 'delete me' }).waitFor();
    await listed(page, 'delete me');
    assert.equal(page.url(), address);
    assert.equal(await page.locator('#composer-text').inputValue(), 'half a thought');
    await close(page);
});

test('another conversation is deleted by the Delete key: what is open stays, and the focus goes to the row that follows', async () => {
    const page = await chatAbout('the one that stays');
    await bring(conversationFile('to be deleted'));
    await bring(conversationFile('its neighbour'));
    await page.reload();
    await listed(page, 'to be deleted');
    const order = await page.locator('.conversation-title').allTextContents();
    await link(page, 'to be deleted').focus();
    await page.keyboard.press('Delete');
    await page.waitForSelector('#toast:has-text("Deleted.")');
    assert.equal(await focusedText(page), order[order.indexOf('to be deleted') + 1]);
    assert.ok(await page.locator('.bubble', { hasText: 'the one that stays' }).isVisible());
    await page.locator('#new-chat').click(); // the toast outlives it
    await page.getByRole('button', { name: 'Undo' }).click();
    await listed(page, 'to be deleted');
    assert.ok(await page.locator('text=What would you like to know?').isVisible(), 'Undo opens only what was open');
    await close(page);
});

test('a conversation that another window deletes is said to be gone, and is gone from the list', async () => {
    const page = await chatAbout('deleted elsewhere');
    await api(`/${new URL(page.url()).searchParams.get('c')}`, { method: 'DELETE' });
    await page.waitForSelector('#strip:has-text("This conversation was deleted.")');
    await page.waitForSelector('text=What would you like to know?');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))); // the tab is shown again
    await link(page, 'deleted elsewhere').waitFor({ state: 'detached' });
    await page.reload();
    const gone = page.locator('#strip', { hasText: 'The server no longer has this conversation' });
    await gone.getByRole('button').click();
    assert.equal(new URL(page.url()).search, '', 'there is nothing that a link could lead to');
    await page.reload();
    await page.waitForSelector('text=What would you like to know?');
    await drawn(page);
    assert.equal(await gone.isVisible(), false, 'it was taken note of');
    await close(page);
});

// ---- search ---------------------------------------------------------------------------------------------------------

test('words of a message are found, marked, and lead to the message', async () => {
    const page = await chatAbout('tell me of the heron');
    await write(page, 'what else lives there');
    await page.locator('.bubble', { hasText: 'what else lives there' }).waitFor();
    await answered(page);
    await page.locator('#new-chat').click();
    await page.keyboard.press('Control+k');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.keyboard.type('stands still');
    const hit = row(page, 'tell me of the heron');
    await hit.locator('.snippet mark', { hasText: 'still' }).waitFor();
    assert.deepEqual(await hit.locator('.snippet mark').allTextContents(), ['stands', 'still']);
    assert.equal(await page.locator('.conversation').count(), 1);
    await picture(page, 'list-search-real-1440');
    await assertAccessible(page, 'a search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.answer.found');
    const place = await page.evaluate(() => {
        const room = document.getElementById('scroll').getBoundingClientRect();
        const words = [...CSS.highlights.get('found')];
        return { words: words.map(String), inSight: words.every((word) => {
            const { top, bottom } = word.getBoundingClientRect();
            return top >= room.top && bottom <= room.bottom;
        }), focused: document.activeElement === document.querySelector('.answer.found') };
    });
    assert.deepEqual(place, { words: ['stands', 'still'], inSight: true, focused: true });
    await picture(page, 'found-light-1440');
    await page.waitForSelector('.found', { state: 'detached' });
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
    assert.ok(await page.locator('#jump').isVisible(), 'the reader is at the message, not at the end');

    await page.locator('#search').fill('nothing has these words');
    await page.waitForSelector('text=Nothing found for “nothing has these words”.');
    await page.keyboard.press('Escape');
    await page.locator('.group', { hasText: 'Today' }).waitFor();
    assert.equal(await page.locator('#search').inputValue(), '');
    await close(page);
});

test('what was found on another branch is shown on its branch, also in another tab', async () => {
    const page = await chatAbout('the kingfisher is blue');
    await page.locator('.user').hover();
    await page.getByRole('button', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit your message' }).fill('the robin is red');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.bubble', { hasText: 'the robin is red' }).waitFor();
    await answered(page);
    await page.locator('#search').fill('kingfisher blue');
    const hit = page.locator('.conversation', { has: page.locator('.snippet:has-text("kingfisher")') }).locator('a');
    await hit.click();
    await page.locator('.user.found .bubble', { hasText: 'the kingfisher is blue' }).waitFor();
    const address = await hit.getAttribute('href');
    assert.match(address, /^\?c=[\w-]+&m=.+/);
    assert.doesNotMatch(page.url(), /m=/, 'the address is that of the conversation');
    const tab = await another(page, address);
    await tab.locator('.user.found .bubble', { hasText: 'the kingfisher is blue' }).waitFor();
    await tab.reload();
    await tab.locator('.bubble', { hasText: 'the kingfisher is blue' }).waitFor();
    await drawn(tab);
    assert.equal(await tab.locator('.found').count(), 0, 'a reload is no search');
    await close(page);
});

test('what people wrote is text in titles and snippets, whatever it looks like', async () => {
    const page = await chatAbout('<img src=x onerror=alert(1)> & <b>bold</b> zebra');
    await page.locator('#search').fill('zebra');
    await page.locator('.snippet mark', { hasText: 'zebra' }).waitFor();
    assert.equal(await page.locator('.conversations img, .conversations b').count(), 0);
    assert.match(await page.locator('.snippet').first().textContent(), /<b>bold<\/b> zebra/);
    await close(page);
});

// ---- files ----------------------------------------------------------------------------------------------------------

async function exported(page, title, item) {
    const [download] = await Promise.all([page.waitForEvent('download'), choose(page, title, item)]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a conversation is exported as Markdown and as JSON, and the JSON comes back as another conversation', async () => {
    const page = await chatAbout('export this');
    const markdown = await exported(page, 'export this', 'Export as Markdown');
    assert.match(markdown.name, /^export this\.md$/);
    assert.match(markdown.text, /^# export this/);
    assert.match(markdown.text, /Yes, gladly\./);
    const json = await exported(page, 'export this', 'Export as JSON');
    assert.match(json.name, /\.json$/);
    assert.equal(JSON.parse(json.text).format, 'runnel-conversation');

    const before = page.url();
    await page.locator('#import-file').setInputFiles({ name: json.name, mimeType: 'application/json', buffer: Buffer.from(json.text) });
    await page.waitForFunction((url) => location.href !== url, before);
    await page.locator('.bubble', { hasText: 'export this' }).waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll('.conversation-title')].filter(({ textContent }) => textContent === 'export this').length === 2);
    await close(page);
});

test('a file that cannot be imported is refused in the words of the server, and the list is as it was', async () => {
    const page = await chatAbout('before the import');
    const rows = await page.locator('.conversation').count();
    page.expected = /status of 4\d\d/;
    const file = conversationFile('broken', { messages: [
        { message_id: 'a', parent_id: 'nobody', role: 'user', content: 'Hi', at: new Date().toISOString() }] });
    const input = page.locator('#import-file');
    await input.setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
    const notice = page.locator('#sidebar-notice');
    await notice.filter({ hasText: '“broken.json” was not imported:' }).waitFor();
    assert.match(await notice.textContent(), /messages\[0\]\.parent_id/);
    await input.setInputFiles({ name: 'photo.json', mimeType: 'application/json', buffer: Buffer.from([0xff, 0xd8, 0xff]) });
    await notice.filter({ hasText: '“photo.json” was not imported:' }).waitFor();
    await input.setInputFiles({ name: 'large.json', mimeType: 'application/json', buffer: Buffer.alloc(17 << 20, 'x') });
    await notice.filter({ hasText: /“large\.json” was not imported: .*16777216 bytes/ }).waitFor();
    assert.equal(await page.locator('.conversation').count(), rows);
    await notice.getByRole('button').click();
    await notice.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.id), 'import');
    await close(page);
});

test('a file dropped on the side bar is imported, one that misses it does no harm', async () => {
    const page = await visit();
    const drop = (selector, title) => page.locator(selector).evaluate((node, text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
        const fire = (type) => node.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        fire('dragenter');
        const marked = document.getElementById('sidebar').classList.contains('drop');
        fire('dragover');
        return { marked, taken: !fire('drop') };
    }, JSON.stringify(conversationFile(title)));
    assert.deepEqual(await drop('#messages', 'missed'), { marked: false, taken: true }, 'the browser does not open the file');
    assert.deepEqual(await drop('#conversations', 'dropped here'), { marked: true, taken: true });
    await page.locator('.bubble', { hasText: 'About dropped here' }).waitFor();
    await listed(page, 'dropped here');
    assert.equal(await link(page, 'missed').count(), 0);
    await close(page);
});

// ---- many -----------------------------------------------------------------------------------------------------------

test('a long list comes in pages, by scrolling and by keyboard, in groups by day', async (t) => {
    const crowded = await startServer();
    t.after(() => crowded.stop());
    for (let index = 0; index < 120; ++index) {
        const file = conversationFile(`Number ${index}`, { at: new Date(Date.now() - index * 12 * 3_600_000).toISOString() });
        const response = await fetch(`${crowded.url}/api/conversations`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(file) });
        assert.equal(response.status, 201);
    }
    const page = await newPage(browser);
    await open(page, crowded.url);
    await page.waitForSelector('.conversation >> nth=49');
    assert.equal(await page.locator('.conversation').count(), 50);
    assert.deepEqual((await page.locator('.group h2').allTextContents()).slice(0, 2), ['Today', 'Yesterday']);
    await page.locator('#conversations').hover();
    await page.mouse.wheel(0, 20_000);
    await page.waitForSelector('.conversation >> nth=99');
    const more = page.getByRole('button', { name: 'Show more' });
    // In one go: in sight it is followed without a key, and a moment later Enter would open the row that has the focus then.
    await more.evaluate((button) => {
        button.focus();
        button.click();
    });
    await page.waitForSelector('.conversation >> nth=119');
    await more.waitFor({ state: 'detached' });
    assert.match(await focusedText(page), /^Number \d+$/, 'the focus is at a row that came');
    assert.deepEqual(await page.locator('.conversation-title').allTextContents(), Array.from({ length: 120 }, (_, index) => `Number ${index}`));
    await page.locator('#search').fill('Number 117');
    await page.waitForFunction(() => document.querySelectorAll('.conversation').length === 1);
    await close(page);
});
