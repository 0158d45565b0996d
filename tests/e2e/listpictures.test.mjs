// The side bar in each of its states: axe has no finding, nothing sticks out, and a picture is kept.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { rich } from './answers.mjs';
import { assertAccessible, assertNoSidewaysScroll, close, drawn, launch, launchWithTextSize, newPage, open, picture, watch } from './browser.mjs';
import { ScriptedChat } from './scriptedchat.mjs';
import { problem } from './scriptedlist.mjs';
import { startServer } from './server.mjs';

const hours = 3_600_000;
const ago = (ms) => new Date(Date.now() - ms).toISOString();
const titles = ['A regular expression for dates', 'Why is the sky blue?', 'Plan a week in Lisbon',
    'A very long title that says all that was ever asked in this conversation, and then some more of it',
    'מה ההבדל בין TCP ל־UDP, ומתי כדאי להשתמש בכל אחד מהם?', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk', '🎉 Ideas for a party',
    'كيف أتعلم البرمجة؟', 'Unit tests for a parser', 'Letter to the landlord'];

const snippet = '…each block is parsed once, and a parser of streams keeps its place between two of them…';

function fill(chat, count = titles.length) {
    for (let index = 0; index < count; ++index) {
        chat.list.put({ id: `c${index}`, title: titles[index % titles.length], pinned: index === 2 || index === 4,
            updated_at: ago(index * index * 5 * hours + hours / 2), answering: index === 1,
            ...(index === 8 && { match: { message_id: 'm1', text: snippet, ranges: [...snippet.matchAll(/pars/g)].map(({ index: at }) => [at, at + 4]) } }) });
    }
}

const search = async (page, words) => {
    await page.locator('#search').fill(words);
    await page.waitForSelector('#conversations[aria-busy="false"]');
};
const more = (page, title) => page.getByRole('button', { name: `More for “${title}”` });

// name: how the page is brought there, and what it then shows
const states = {
    rows: { reach: async () => {}, shows: '.group:has-text("Previous 7 days")' },
    many: {
        reach: async ({ page, chat }) => {
            fill(chat, 200);
            await page.reload();
            await page.waitForSelector('.group:has-text("Previous 7 days")', { state: 'attached' });
        },
        shows: '.conversation:nth-child(9)',
    },
    empty: { fill: () => {}, reach: async () => {}, shows: 'text=Conversations appear here.' },
    search: { reach: async ({ page }) => search(page, 'pars'), shows: 'text=Found' },
    nohits: { reach: async ({ page }) => search(page, 'xyzzy'), shows: 'text=Nothing found for' },
    menu: {
        reach: async ({ page }) => {
            await more(page, titles[0]).click();
            await page.keyboard.press('ArrowDown');
        },
        shows: '.menu:visible',
    },
    rename: {
        reach: async ({ page }) => {
            await more(page, titles[0]).click();
            await page.getByRole('menuitem', { name: 'Rename' }).click();
        },
        shows: '.conversation .title-input',
    },
    undo: {
        reach: async ({ page }) => {
            await more(page, titles[0]).click();
            await page.getByRole('menuitem', { name: 'Delete' }).click();
        },
        shows: '#toast:has-text("Undo")',
    },
    failed: {
        fill: (chat) => { chat.list.gate = () => problem(503, 'storage_failed', 'The conversations could not be read from the disk.'); },
        reach: async () => {},
        shows: 'text=Try again',
    },
    refusedfile: {
        reach: async ({ page, chat }) => {
            page.expected = /status of 422/;
            chat.list.gate = ({ method }) => (method === 'POST' ? problem(422, 'invalid_field', 'conversation.messages[3].parent_id names no message of this conversation.') : null);
            await page.locator('#import-file').setInputFiles({ name: 'lisbon.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
        },
        shows: '#sidebar-notice:visible',
    },
};

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

for (const [name, state] of Object.entries(states)) {
    for (const [width, height] of [[1440, 900], [320, 640]]) {
        test(`${name}, ${width} px`, async () => {
            const page = await newPage(browser, { width, height, hasTouch: width === 320, isMobile: width === 320 });
            const chat = await new ScriptedChat().attach(page);
            (state.fill ?? fill)(chat);
            if (name === 'failed') // from the first request on
                page.expected = /status of 503/;
            await open(page, server.url);
            if (name !== 'empty' && name !== 'failed') {
                chat.exchange('What is a parser of streams?', rich.slice(0, 700), { at: ago(2000) });
                await page.waitForSelector('.conversation[data-current="true"]', { state: 'attached' });
            }
            if (width === 320) {
                await page.locator('#menu').tap();
                await page.waitForFunction(() => document.getElementById('sidebar').getAnimations().length === 0);
            }
            await state.reach({ page, chat });
            if (name === 'many' && width === 320) {
                await page.locator('#menu').tap();
                await page.waitForFunction(() => document.getElementById('sidebar').getAnimations().length === 0);
            }
            await page.waitForSelector(state.shows);
            await drawn(page);
            await assertNoSidewaysScroll(page, name);
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await drawn(page);
                await picture(page, `list-${name}-${scheme}-${width}`);
                await assertAccessible(page, `${name}, ${scheme}`);
            }
            await close(page);
        });
    }
}

test('forced colours', async () => {
    const page = await newPage(browser, { forcedColors: 'active' });
    const chat = await new ScriptedChat().attach(page);
    fill(chat);
    await open(page, server.url);
    chat.exchange('What is a parser of streams?', 'It keeps its place.', { at: ago(2000) });
    await search(page, 'pars');
    await page.waitForSelector('mark');
    await more(page, titles[8]).click();
    await picture(page, 'list-forced');
    await assertAccessible(page, 'forced colours', { forcedColors: true });
    await close(page);
});

for (const [width, height] of [[1440, 900], [320, 640]]) {
    test(`text at 200 %, ${width} px`, async (t) => {
        const { context, close: closeBrowser } = await launchWithTextSize(32, { viewport: { width, height } });
        t.after(closeBrowser);
        const page = watch(await context.newPage());
        const chat = await new ScriptedChat().attach(page);
        fill(chat);
        await open(page, server.url);
        await page.waitForSelector('.conversation', { state: 'attached' });
        if (await page.locator('#menu').isVisible()) {
            await page.locator('#menu').click();
            await page.waitForFunction(() => document.getElementById('sidebar').getAnimations().length === 0);
        }
        await more(page, titles[0]).click();
        await picture(page, `list-text-200-${width}`);
        const menu = await page.getByRole('menu').boundingBox();
        assert.ok(menu.x >= 0 && menu.y >= 0 && menu.x + menu.width <= width && menu.y + menu.height <= height, 'the menu is in sight');
        if (width > 320) // there the drawer leaves nothing of the page, which axe misses
            await assertAccessible(page, '200 % text');
        assert.deepEqual(page.faults, []);
    });
}
