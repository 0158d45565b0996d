// Every state of docs/design's list: it is there, axe has no finding, nothing scrolls sideways, and a picture is kept.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { longWord, rich, rightToLeft, short } from './answers.mjs';
import { assertAccessible, assertNoSidewaysScroll, close, drawn, launch, launchWithTextSize, newPage, open, picture,
    watch, write } from './browser.mjs';
import { ScriptedChat } from './scriptedchat.mjs';
import { startServer } from './server.mjs';

const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const question = 'Explain quantum computing in simple terms';

// name: how the page is brought there, and what it then shows
const states = {
    empty: { reach: async () => {}, shows: 'text=What would you like to know?' },
    demo: { demo: true, reach: async () => {}, shows: '#demo:visible' },
    pending: {
        reach: async ({ page, chat }) => {
            await write(page, question);
            chat.ask(question, { id: (await chat.next(({ type }) => type === 'message')).id });
            chat.begin();
        },
        shows: '.pending',
    },
    thinking: {
        reach: async ({ chat }) => {
            chat.ask(question);
            chat.think(chat.begin(), '**Weighing the question.** A short explanation first, then an example.');
        },
        shows: '.thoughts',
    },
    streaming: {
        reach: async ({ chat }) => {
            chat.ask(question);
            chat.say(chat.begin(), rich.slice(0, 900));
        },
        shows: '#send[data-action="stop"]',
    },
    retrying: {
        reach: async ({ chat }) => {
            chat.ask(question);
            const { name } = chat.begin();
            chat.push({ type: 'retry', turn: name, code: 'model_overloaded', error: 'The model is busy. Trying again in 4 s.', retry_after_ms: 4000, attempt: 1 });
        },
        shows: '.note.waiting',
    },
    answered: {
        reach: async ({ chat, page }) => {
            chat.ask(question, { at: minutesAgo(5) });
            const turn = chat.begin({ at: minutesAgo(5) });
            chat.think(turn, 'The person wants a short explanation. First the idea, then an example.');
            chat.say(turn, rich);
            chat.end(turn);
            await page.waitForSelector('.hljs-keyword');
            await page.locator('#scroll').evaluate((node) => { node.scrollTop = 0; });
        },
        shows: '.table',
    },
    readme: { // its pictures of 1440 px are those of the README
        reach: async ({ chat, page }) => {
            const titles = ['A regular expression for dates', 'Why is the sky blue?', 'Plan a week in Lisbon'];
            titles.forEach((title, index) => chat.list.put({ id: `c${index}`, title, pinned: index === 2, updated_at: minutesAgo([40, 24 * 60 * 4, 24 * 60 * 9][index]) }));
            await page.reload();
            await page.waitForSelector('.conversation >> nth=2', { state: 'attached' });
            chat.ask('How does a server stream an answer to a page?', { at: minutesAgo(2) });
            const turn = chat.begin({ at: minutesAgo(2) });
            chat.think(turn, 'The person wants to know how it works. First the idea, then the code, then the ways to do it.');
            chat.say(turn, short);
            chat.end(turn);
            await page.waitForSelector('.hljs-keyword');
        },
        shows: '.answer .actions',
    },
    thoughts: {
        reach: async ({ chat, page }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.think(turn, 'The person wants a **short** explanation.\n\nFirst the idea, then an example.');
            chat.say(turn, 'A qubit is in a blend of both.');
            chat.end(turn);
            await page.locator('.thoughts summary').click();
        },
        shows: '.thoughts[open] .thoughts-text',
    },
    approval: {
        reach: async ({ chat }) => {
            chat.ask('Clean up my notes');
            const before = chat.begin();
            chat.call(before, 'c1', 'notes__delete', { paths: ['2024'] }, 'waiting');
            chat.end(before, 'stopped');
            chat.ask('Then only the old ones');
            const turn = chat.begin();
            chat.push({ type: 'agent', turn: turn.name, agent: 'default', state: 'started' });
            chat.think(turn, 'First see what is there.');
            chat.push({ type: 'agent', turn: turn.name, agent: 'critic', parent: 'default', state: 'started' });
            chat.call(turn, 'c2', 'notes__list', { older_than: '2023-01-01' });
            chat.result(turn, 'c2', { content: '["lisbon.md","rivers.md"]' });
            chat.call(turn, 'c3', 'notes__read', { path: 'rivers.md', encoding: 'latin-1' });
            chat.result(turn, 'c3', { error: 'There is no encoding of that name.' }, 5120);
            chat.call(turn, 'c4', 'notes__search', { words: `the longest of all rivers, ${'and then some more '.repeat(8)}` });
            chat.call(turn, 'c5', 'notes__delete', { paths: ['lisbon.md', 'rivers.md'], force: true, why: `nobody has read them since ${longWord}` }, 'waiting');
        },
        shows: '.tool[data-call="waiting"] button:has-text("Deny")',
    },
    stopped: {
        reach: async ({ chat }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.say(turn, rich.slice(0, 500));
            chat.end(turn, 'stopped');
        },
        shows: 'text=Stopped.',
    },
    interrupted: {
        reach: async ({ chat }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.say(turn, rich.slice(0, 500));
            chat.end(turn, 'interrupted');
        },
        shows: 'button:has-text("Continue")',
    },
    versions: {
        reach: async ({ page, chat }) => {
            const asked = chat.ask('What is a bit?');
            chat.end(chat.begin());
            const answer = chat.begin({ parent_id: asked });
            chat.say(answer, 'The smallest piece of information.');
            chat.end(answer);
            chat.push({ type: 'user', message_id: 'other', parent_id: null, content: question, at: '2026-11-24T09:00:00.000Z' });
            chat.end(chat.begin());
            const again = chat.begin({ parent_id: 'other' });
            chat.say(again, rich.slice(0, 500));
            chat.end(again);
            await page.locator('.user .branches button:enabled').focus();
        },
        shows: '.answer .branches:has-text("2 / 2")',
    },
    edited: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, rich.slice(0, 500));
            await page.getByRole('button', { name: 'Edit message' }).click();
        },
        shows: '.editor',
    },
    length: {
        reach: async ({ chat }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.say(turn, rich.slice(0, 500));
            chat.end(turn, 'length');
        },
        shows: 'text=length limit',
    },
    blocked: {
        reach: async ({ chat }) => {
            chat.ask('Something else');
            chat.end(chat.begin(), 'blocked');
        },
        shows: '.failure',
    },
    failed: {
        reach: async ({ chat }) => {
            chat.ask(question);
            chat.fail(chat.begin(), 'bad_api_key', 'The API key was refused. Check GOOGLE_API_KEY.');
        },
        shows: '.failure button:has-text("Retry")',
    },
    queued: {
        reach: async ({ page, chat }) => {
            chat.ask(question);
            chat.say(chat.begin(), rich.slice(0, 300));
            await write(page, 'And what is it good for?');
        },
        shows: 'text=Waiting for the answer before',
    },
    refused: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, 'A qubit is in a blend of both.');
            await write(page, 'A ninth message');
            const { id } = await chat.next(({ message }) => message === 'A ninth message');
            chat.sendRaw(JSON.stringify({ type: 'error', id, code: 'queue_full', error: 'Eight messages are waiting already.' }));
        },
        shows: '.user .failure',
    },
    offline: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, 'A qubit is in a blend of both.');
            await page.context().setOffline(true);
            await page.waitForSelector('#state[data-phase="offline"]');
            await write(page, 'Sent while there is no network');
            await page.locator('#composer-text').fill('And typing goes on');
        },
        shows: '.strip:has-text("You are offline")',
        leave: async ({ page }) => page.context().setOffline(false),
    },
    reconnecting: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, 'A qubit is in a blend of both.');
            chat.refusing = true;
            chat.drop();
            await page.waitForSelector('.strip:has-text("Trying again in")');
        },
        shows: '#state:has-text("Reconnecting")',
    },
    resumed: {
        reach: async ({ page, chat }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.say(turn, rich.slice(0, 300));
            await page.waitForSelector('#send[data-action="stop"]');
            chat.drop();
            chat.say(turn, rich.slice(300, 700)); // nobody hears it; the snapshot has it
            await page.waitForFunction((connections) => document.getElementById('state').dataset.phase === 'connected' && connections, true);
            await page.waitForSelector('text=Interference.');
        },
        shows: '#state:has-text("Connected")',
    },
    forgotten: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, 'A qubit is in a blend of both.');
            await page.waitForSelector('text=A qubit is in a blend of both.');
            chat.forget();
            chat.drop();
        },
        shows: '.strip:has-text("The server no longer has this conversation")',
    },
    long: {
        reach: async ({ page, chat }) => {
            chat.ask(question);
            const turn = chat.begin();
            chat.say(turn, rich);
            await page.waitForSelector('.table');
            await page.mouse.move(page.viewportSize().width / 2, 300);
            await page.mouse.wheel(0, -500);
            await page.waitForSelector('#jump:visible');
            chat.say(turn, '\n\nAnd there is more to say.');
        },
        shows: '#jump[data-unread="true"]',
    },
    words: {
        reach: async ({ chat }) => chat.exchange('x'.repeat(300), longWord),
        shows: '.answer',
    },
    rtl: {
        reach: async ({ chat }) => chat.exchange('שלום, מה שלומך?\nAnd a line in English', rightToLeft),
        shows: '.answer li',
    },
    emoji: {
        reach: async ({ chat }) => chat.exchange('🎉👩‍👩‍👧', '👍'),
        shows: '.emoji-only',
    },
    agents: {
        reach: async ({ page }) => page.locator('.agent-button:visible').click(),
        shows: '.agent-list:visible',
    },
    cleared: {
        reach: async ({ page, chat }) => {
            chat.exchange(question, 'A qubit is in a blend of both.');
            await page.waitForSelector('.answer');
            await page.locator('#clear').click();
        },
        shows: '#toast:visible',
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

async function inState(name, options, check) {
    const { reach, shows, leave, demo = false } = states[name];
    const page = await newPage(browser, options);
    const chat = await new ScriptedChat({ demo }).attach(page);
    await open(page, server.url);
    await reach({ page, chat });
    await page.waitForSelector(shows);
    await drawn(page);
    await check(page);
    await leave?.({ page, chat });
    await close(page);
}

// Both themes of one page. axe looks at each theme at one width, and at both widths.
for (const name of Object.keys(states)) {
    for (const [width, height] of [[1440, 900], [320, 640]]) {
        test(`${name}, ${width} px`, async () => {
            await inState(name, { width, height }, async (page) => {
                await assertNoSidewaysScroll(page, name);
                for (const scheme of ['light', 'dark']) {
                    await page.emulateMedia({ colorScheme: scheme });
                    await drawn(page);
                    await picture(page, `${name}-${scheme}-${width}`);
                    if (width > 320 || scheme === 'dark')
                        await assertAccessible(page, `${name}, ${scheme}`);
                }
            });
        });
    }
}

test('a tool call is decided about, once, and then shows what became of it', async () => {
    const page = await newPage(browser, { width: 360, height: 740 });
    const chat = await new ScriptedChat().attach(page);
    await open(page, server.url);
    chat.ask('Clean up my notes');
    const turn = chat.begin();
    const big = 'x'.repeat(1_000_000);
    chat.call(turn, 'c1', '<b>delete</b>', { text: `<img src=x onerror="window.hacked=1">${big}` }, 'waiting');
    chat.call(turn, 'c2', 'empty', {}, 'waiting');
    const card = page.locator('.tool').first();
    const allow = card.getByRole('button', { name: 'Allow the tool <b>delete</b>', exact: true });
    await allow.waitFor();
    await page.waitForFunction(() => document.getElementById('said-status').textContent === 'default wants to use 2 tools: <b>delete</b>, empty. Allow?');
    assert.equal((await card.locator('.tool-line').textContent()).length, 201);

    await page.context().setOffline(true);
    await page.waitForFunction(() => document.querySelector('.tool button').disabled); // nobody would hear it
    await page.context().setOffline(false);
    await page.waitForFunction(() => !document.querySelector('.tool button').disabled);
    assert.deepEqual(chat.received.filter(({ type }) => type === 'decide'), []);

    // What is asked about is not all in its line: it is open from the start, and comes before the buttons.
    assert.equal(await card.locator('details').evaluate(({ open }) => open), true);
    assert.equal(await page.locator('.tool details').nth(1).evaluate(({ open }) => open), false);
    await card.locator('summary').focus();
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^\{\s+"text": "<img/);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Allow');
    await page.keyboard.press('Enter');
    assert.deepEqual(await chat.next(({ type }) => type === 'decide'), { type: 'decide', call: 'c1', decision: 'allow' });
    await page.waitForFunction(() => [...document.querySelectorAll('.tool:first-child button')].every(({ disabled }) => disabled));
    assert.equal(await page.evaluate(() => document.activeElement === document.querySelector('.tool summary')), true, 'the keyboard goes on from the card');
    await page.locator('.tool').nth(1).getByRole('button', { name: 'Deny the tool empty' }).click();
    await chat.next(({ call, decision }) => call === 'c2' && decision === 'deny');

    chat.call(turn, 'c1', '<b>delete</b>', { text: big });
    await page.waitForSelector('.tool[data-call="running"]');
    assert.equal(await card.locator('button').count(), 0);
    chat.result(turn, 'c1', { content: `<i>${big}` });
    chat.result(turn, 'c2', { error: 'You did not allow it.' });
    await page.waitForSelector('.tool[data-call="failed"]:has-text("You did not allow it.")');
    const output = card.getByRole('group', { name: 'Output of <b>delete</b>' });
    assert.equal((await output.textContent()).length, 100_001);
    await card.getByText('Only the first 100,000 characters are shown.').first().waitFor();
    await picture(page, 'tool-open-light-360');
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await card.locator('summary').click();

    chat.say(turn, 'They are **gone**.');
    chat.cite(turn, [['List of notes', 'https://example.org/notes'], ['', 'https://example.org/rivers']]);
    await page.waitForSelector('.sources a >> nth=1');
    chat.cite(turn, [['List of notes', 'https://example.org/notes'], ['', 'https://example.org/rivers'], ['נהר הנילוס', 'https://he.example.org/'],
        ['Not to be followed', 'javascript:window.hacked=1'], [longWord, 'https://example.org/']]);
    chat.end(turn, 'stop', { cost_usd: 0.0021 });
    await page.locator('.sources summary', { hasText: '2 more' }).click();
    const links = await page.locator('.sources a').evaluateAll((nodes) => nodes.map(({ href, target, rel }) => `${href} ${target} ${rel}`));
    assert.deepEqual(links, ['notes', 'rivers'].map((name) => `https://example.org/${name} _blank noopener noreferrer nofollow`).concat(
        'https://he.example.org/ _blank noopener noreferrer nofollow', 'https://example.org/ _blank noopener noreferrer nofollow'));
    await page.waitForSelector('.details:has-text("312 tokens, $0.0021")', { state: 'attached' });
    assert.equal(await page.locator('.sources li').count(), 5);
    await assertNoSidewaysScroll(page, 'sources');
    for (const scheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme: scheme });
        await picture(page, `sources-${scheme}-360`);
    }
    await assertAccessible(page, 'what became of the calls, and sources');
    await close(page);
});

test('answered, at the widths between', async () => {
    for (const width of [375, 768, 1023, 1024, 1920]) {
        await inState('answered', { width, height: 900 }, async (page) => {
            await picture(page, `answered-light-${width}`);
            await assertNoSidewaysScroll(page, `${width} px`);
        });
    }
});

test('the drawer', async () => {
    await inState('failed', { width: 320, height: 640 }, async (page) => {
        await page.locator('#menu').click();
        await page.waitForSelector('#new-chat:visible');
        await page.waitForFunction(() => document.getElementById('sidebar').getAnimations().length === 0);
        for (const scheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme: scheme });
            await picture(page, `drawer-${scheme}-320`);
            await assertAccessible(page, `the drawer, ${scheme}`);
        }
    });
});

for (const name of ['answered', 'failed', 'empty']) {
    test(`forced colours, ${name}`, async () => {
        await inState(name, { forcedColors: 'active' }, async (page) => {
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await picture(page, `${name}-forced-${scheme}`);
            }
            await assertAccessible(page, `forced colours, ${name}`, { forcedColors: true });
        });
    });
}

for (const [width, height] of [[1440, 900], [320, 640], [640, 800]]) {
    test(`text at 200 %, ${width} px`, async () => {
        const { context, close: closeBrowser } = await launchWithTextSize(32, { viewport: { width, height } });
        const page = watch(await context.newPage());
        const chat = await new ScriptedChat({ demo: true }).attach(page);
        await open(page, server.url);
        await page.waitForSelector('.suggestion');
        await picture(page, `text-200-empty-${width}`);
        chat.exchange(question, rich);
        await page.waitForSelector('.table');
        await drawn(page);
        await picture(page, `text-200-${width}`);
        await assertNoSidewaysScroll(page, '200 % text');
        await assertAccessible(page, '200 % text');
        const composer = await page.locator('#composer-text').boundingBox();
        assert.ok(composer.y >= 0 && composer.y + composer.height <= height, 'the composer is in sight');
        await closeBrowser();
        assert.deepEqual(page.faults, []);
    });
}

test('500 messages', async () => {
    const page = await newPage(browser);
    const chat = await new ScriptedChat().attach(page);
    for (let count = 0; count < 250; ++count)
        chat.exchange(`Question ${count}`, `Answer ${count}. ${rich.slice(0, 600)}`);
    const started = Date.now();
    await open(page, server.url);
    await page.waitForSelector('text=Answer 249.');
    const took = Date.now() - started;
    assert.equal(await page.locator('.message').count(), 500);
    assert.ok(took < 10_000, `shown after ${took} ms`);
    const atEnd = await page.locator('#scroll').evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
    assert.ok(atEnd <= 2, 'the newest is in sight');
    await picture(page, 'messages-500-light-1440');
    await close(page);
});
