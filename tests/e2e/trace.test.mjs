// The page of a trace: what the picture and the tables say of a real answer, in light and dark, narrow and wide.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { answered, assertAccessible, close, drawn, launch, newPage, open, picture, watch, write } from './browser.mjs';
import { startServer } from './server.mjs';

const secret = 'Xylophone';

let browser;
let server;
before(async () => {
    server = await startServer({ env: { TRACE_TURNS: '10' } });
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

const read = (page) => page.waitForSelector('html[data-ready="true"]');

// Asks, and opens the trace of the answer in the same browser: {page, chat}.
async function traced(options = {}, question = `Hello, my name is ${secret}`) {
    const chat = await newPage(browser, options);
    await open(chat, server.url);
    await write(chat, question);
    await answered(chat);
    const link = chat.locator('.answer a[aria-label="Where did the time go?"]');
    await link.waitFor();
    const [page] = await Promise.all([chat.context().waitForEvent('page'), link.click()]);
    watch(page);
    await read(page);
    return { page, chat };
}

async function closeBoth({ page, chat }) {
    assert.deepEqual(page.faults, [], 'no script of the trace failed and nothing broke the Content-Security-Policy');
    await close(chat);
}

const wider = (page) => page.evaluate(() => [document.documentElement, document.getElementById('main')]
    .filter((node) => node.scrollWidth > node.clientWidth).map((node) => `${node.tagName} by ${node.scrollWidth - node.clientWidth}`));

for (const scheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
        test(`the journey of a message, ${scheme}, ${width} px`, async () => {
            const { page, chat } = await traced({ width, height: 900, scheme });
            if (width !== page.viewportSize().width)
                await page.setViewportSize({ width, height: 900 });
            await drawn(page);
            assert.equal(new URL(page.url()).pathname.split('/')[1], 'trace');
            assert.match(await page.locator('.sentences li').first().textContent(),
                /^Gemini thought for [\d.]+\s(ms|s) before its first word: \d+\s% of the [\d.]+\s(ms|s) until you read something\.$/);
            assert.deepEqual(await page.locator('figure h2').allTextContents(), ['The whole answer', 'The way down', 'The way up of the first word']);
            const whole = page.locator('figure').first();
            for (const lane of ['browser', 'network', 'connection', 'session', 'agent', 'gemini'])
                assert.ok(await whole.locator(`[data-lane="${lane}"] rect`).count() > 0, `the lane ${lane} has something in it`);
            assert.ok(await whole.locator('[data-lane="gemini"] rect.tick').count() > 3, 'a tick for each chunk');
            assert.match(await page.locator('.quiet', { hasText: 'compared' }).textContent(), /within ±[\d.]+\s(µs|ms)/);
            assert.ok(!(await page.content()).includes(secret), 'nothing that was said is on it');
            assert.deepEqual(await wider(page), []);
            assert.ok(await page.locator('.table thead th', { hasText: 'Took' }).first().evaluate((cell) => cell.getBoundingClientRect().right <= innerWidth),
                'what took how long is seen without scrolling aside');
            await assertAccessible(page, `the trace, ${scheme}, ${width} px`);
            await picture(page, `trace-${scheme}-${width}`);
            await page.locator('#main').evaluate((node) => node.scrollTo(0, node.scrollHeight));
            await page.locator('details summary').click();
            await drawn(page);
            assert.ok(await page.evaluate(() => document.scrollingElement.scrollHeight <= innerHeight), 'the header stays, however long the table is');
            await page.locator('details').evaluate((node) => node.scrollIntoView());
            await picture(page, `trace-frames-${scheme}-${width}`);
            await closeBoth({ page, chat });
        });
    }
}

test('the parts until the first word add up, and each begins where the one before ended', async () => {
    const { page, chat } = await traced();
    const rows = await page.locator('.table').first().locator('tbody tr').evaluateAll((nodes) => nodes.map((row) =>
        [...row.cells].map((cell) => cell.textContent)));
    const toMs = (words) => {
        if (words === '0')
            return 0;
        const [, number, unit] = /^([\d.,]+)\s(µs|ms|s)$/.exec(words);
        return Number(number.replace(',', '')) * { 'µs': 0.001, ms: 1, s: 1000 }[unit];
    };
    const parts = rows.slice(0, -1);
    const sum = parts.reduce((all, row) => all + toMs(row[1]), 0);
    const whole = toMs(rows.at(-1)[1]);
    assert.ok(parts.length >= 7, `browser, network, server and Gemini are there: ${JSON.stringify(rows)}`);
    assert.ok(Math.abs(sum - whole) < 0.02 * whole, `${sum} of ${whole}`);
    assert.ok(parts.every((row) => toMs(row[1]) >= 0));
    const ends = parts.map((row) => toMs(row[3]) + toMs(row[1]));
    parts.slice(1).forEach((row, i) => assert.ok(Math.abs(toMs(row[3]) - ends[i]) < 0.02 * whole, JSON.stringify(rows)));
    await closeBoth({ page, chat });
});

test('Chrome\'s form is whole, and offered as a file', async () => {
    const { page, chat } = await traced();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText('A file for Perfetto').click()]);
    assert.match(file.suggestedFilename(), /^runnel-.+-t1\.json$/);
    const pieces = [];
    for await (const piece of await file.createReadStream())
        pieces.push(piece);
    const { traceEvents } = JSON.parse(Buffer.concat(pieces).toString());
    assert.ok(traceEvents.some(({ ph, name }) => ph === 'X' && name === 'stream'));
    assert.ok(traceEvents.filter(({ ph }) => ph === 'X').every(({ ts, dur }) => ts >= 0 && dur >= 0));
    await closeBoth({ page, chat });
});

test('another browser sees the server\'s part, and the list', async () => {
    const { page, chat } = await traced();
    const other = await newPage(browser);
    await other.goto(page.url());
    await read(other);
    assert.match(await other.locator('.sentences li').first().textContent(), /until the first word left the server\.$/);
    assert.equal(await other.locator('[data-lane="browser"] rect').count(), 0);
    await other.goto(`${server.url}/trace`);
    await other.locator('.table a').first().waitFor();
    assert.equal(new URL(await other.locator('.table a').first().evaluate((link) => link.href)).pathname, new URL(page.url()).pathname, 'the newest first');
    await assertAccessible(other, 'the list of traces');
    await picture(other, 'trace-list-light-1440');
    await other.setViewportSize({ width: 360, height: 780 });
    assert.deepEqual(await wider(other), []);
    await picture(other, 'trace-list-light-360');
    await close(other);
    await closeBoth({ page, chat });
});

// 40 s of chunks, ten a second: nobody waits for its end.
const slowly = { rules: [{ match: { regex: '.' }, answer: 'One word after another. '.repeat(80), max_tokens: 10_000,
    pace: { first_token_ms: 0, tokens_per_second: 0, interval_ms: 100, jitter: 0, chunk_tokens: [1, 1] } }] };

// {page, chat}: the trace of an answer that runs.
async function running(slow, options = {}) {
    const chat = await newPage(browser, options);
    await open(chat, slow.url);
    await write(chat, 'Hello');
    await chat.locator('.answer .prose', { hasText: 'word' }).waitFor();
    const { traces: [{ session, turn }] } = await (await fetch(`${slow.url}/api/traces`)).json();
    const page = watch(await chat.context().newPage());
    await page.addInitScript(() => {
        window.observers = 0;
        window.ResizeObserver = class extends ResizeObserver {
            observe(node) { ++window.observers; super.observe(node); }
            disconnect() { --window.observers; super.disconnect(); }
        };
    });
    await page.goto(`${slow.url}/trace/${session}/${turn}`);
    await read(page);
    return { page, chat };
}

// Until the page was made anew that many times, as its longer and longer list of frames says.
async function renewed(page, times) {
    for (let i = 0; i < times; ++i) {
        const before = await page.locator('summary').textContent();
        await page.waitForFunction((words) => document.querySelector('summary').textContent !== words, before);
    }
}

for (const [scheme, width] of [['light', 1440], ['dark', 390]]) {
    test(`while the answer runs a reader keeps what they opened, where they are and what they point at, ${scheme}, ${width} px`, async () => {
        const slow = await startServer({ scenario: slowly, env: { TRACE_TURNS: '10' } });
        try {
            const { page, chat } = await running(slow, { width, height: 780, scheme });
            await renewed(page, 1);
            assert.match((await page.locator('.sentences li').allTextContents()).at(-1), /still runs/);
            assert.match(await page.locator('#content > .quiet').textContent(), /^What a browser saw of the answer is known to it when the answer has ended\./);
            await picture(page, `trace-running-${scheme}-${width}`);
            await page.locator('summary').focus();
            await page.keyboard.press('Enter');
            await page.locator('.frames tbody tr').nth(8).waitFor();
            await page.locator('.frames tbody tr').first().evaluate((row) => row.scrollIntoView());
            const state = () => page.evaluate(() => {
                const { anchorNode, focusNode } = getSelection();
                return { open: document.querySelector('details').open, focus: document.activeElement.tagName, top: document.getElementById('main').scrollTop,
                    selected: [anchorNode?.isConnected, focusNode?.textContent], aside: document.querySelector('.frames .table').scrollLeft };
            });
            await page.evaluate(() => {
                getSelection().selectAllChildren(document.querySelector('.frames tbody th'));
                document.querySelector('.frames .table').scrollLeft = 40;
                window.row = document.querySelector('.frames tbody tr');
            });
            const before = await state();
            assert.deepEqual({ open: before.open, focus: before.focus }, { open: true, focus: 'SUMMARY' });
            assert.ok(before.top > 0 && (width > 400 || before.aside === 40), JSON.stringify(before));
            const rows = await page.locator('.frames tbody tr').count();
            await renewed(page, 3);
            assert.ok(await page.locator('.frames tbody tr').count() > rows, 'what came meanwhile is there');
            assert.deepEqual(await state(), before);
            assert.ok(await page.evaluate(() => window.row.isConnected), 'a row that has not changed is the same row');
            assert.equal(await page.evaluate(() => window.observers), 1);
            await picture(page, `trace-running-frames-${scheme}-${width}`);

            await page.setViewportSize({ width: width === 390 ? 600 : 800, height: 780 });
            await page.waitForFunction(() => [...document.querySelectorAll('.holder')].every((holder) => Number(holder.firstChild.getAttribute('width')) === holder.clientWidth));

            await slow.restart(() => page.locator('.problem', { hasText: 'The server does not answer. What stands below was seen before.' }).waitFor());
            await page.locator('.problem', { hasText: /^There is no trace .* What stands below was seen before\.$/ }).waitFor();
            assert.equal(await page.locator('.problem').count(), 1);
            assert.ok(await page.locator('.frames tbody tr').count() > rows, 'what was seen until the server went away stays');
            page.faults = page.faults.filter((fault) => !/404|fetch/.test(fault));
            chat.faults = [];
            await closeBoth({ page, chat });
        } finally {
            await slow.stop();
        }
    });
}

test('when the answer has ended the page says so by itself', async () => {
    const slow = await startServer({ scenario: slowly, env: { TRACE_TURNS: '10' } });
    try {
        const { page, chat } = await running(slow);
        await chat.locator('#send[data-action="stop"]').click();
        await page.waitForFunction(() => !document.querySelector('.sentences').textContent.includes('still runs'));
        assert.equal(await page.evaluate(() => window.observers), 1);
        assert.deepEqual(await page.locator('figure h2').allTextContents(), await page.locator('figure:has(svg) h2').allTextContents(), 'each picture is drawn');
        await closeBoth({ page, chat });
    } finally {
        await slow.stop();
    }
});

test('an address that is none says so', async () => {
    const page = await newPage(browser);
    await page.goto(`${server.url}/trace/%E0%A4%A/t1`);
    await read(page);
    assert.equal(await page.locator('.problem').textContent(), 'This address names no turn.');
    assert.equal(new URL(await page.getByText('The newest turns').evaluate((link) => link.href)).pathname, '/trace');
    await picture(page, 'trace-no-turn');
    await close(page);
});

test('a trace that is gone says so', async () => {
    const page = await newPage(browser);
    page.expected = /404/;
    await page.goto(`${server.url}/trace/nobody/t1`);
    await read(page);
    assert.match(await page.locator('.problem').textContent(), /There is no trace of the turn "t1"/);
    await close(page);
});

test('where there are no traces the page does not offer any, and their address says how to have them', async () => {
    const quiet = await startServer();
    try {
        const page = await newPage(browser);
        await open(page, quiet.url);
        await write(page, 'Hello');
        await answered(page);
        await drawn(page);
        assert.equal(await page.locator('.answer a[aria-label="Where did the time go?"]').count(), 0);
        assert.equal(await page.evaluate(() => localStorage.getItem('runnel.journeys')), null);
        page.expected = /404/;
        await page.goto(`${quiet.url}/trace`);
        await read(page);
        assert.match(await page.locator('.problem').textContent(), /TRACE_TURNS=100/);
        await close(page);
    } finally {
        await quiet.stop();
    }
});
