// An answer of 1 MB: nothing of it is lost by reloads, and what it costs the page grows with its length alone.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { answering, close, launch, newPage, open, write } from './browser.mjs';
import { longAnswer, readable } from './longanswer.mjs';
import { tasksOf, watchWork } from './mainthread.mjs';
import { startServer } from './server.mjs';

const quarter = longAnswer(256 * 1024); // the emulator takes no longer text, but repeats it
const limit = 120_000; // ms, for an answer
const reloads = 10;

// About 600 bytes a chunk. As fast as the work is measured at, the answer would be over before ten reloads.
const answerOf = (quarters, name, chunksPerSecond) => ({
    match: { regex: `^${name}` }, answer: quarter.text, repeat: quarters, max_tokens: 1_000_000,
    pace: { first_token_ms: 0, tokens_per_second: 0, interval_ms: 1000 / chunksPerSecond, chunk_tokens: [150, 150] },
});
const scenario = { rules: [answerOf(2, 'half', 200), answerOf(4, 'whole', 200), answerOf(4, 'slow', 45)] };
const wholeText = quarter.text.repeat(4);
const wholeRead = quarter.read.repeat(4);

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

const shownText = async (page) => readable(await page.evaluate(() => document.querySelector('.answer .prose').textContent));

// The page is asked rarely, for the asking costs its main thread something too.
const shown = (page, length) => page.waitForFunction(
    (least) => (document.querySelector('.answer .prose')?.textContent.replace(/\s+/g, '').length ?? 0) >= least, length, { timeout: limit, polling: 250 });

// When the answer has ended and all of it is shown.
async function ended(page, read) {
    await page.evaluate(() => new Promise((resolve) => {
        const send = document.getElementById('send');
        const look = () => send.dataset.action === 'send' && resolve();
        new MutationObserver(look).observe(send, { attributes: true });
        look();
    }));
    await shown(page, read.length);
}

async function ask(page, message) {
    await write(page, message);
    await answering(page);
}

// What of the answer came to the page, drawn or not: the answer in each snapshot and how long that took from the
// connection on, and received(length), which waits.
function watchAnswer(page) {
    const snapshots = [];
    const waiting = new Set();
    let length = 0;
    const took = (newLength) => {
        length = newLength;
        for (const one of waiting) {
            if (length >= one.least && waiting.delete(one))
                one.resolve();
        }
    };
    page.on('websocket', (socket) => {
        const began = performance.now();
        socket.on('framereceived', ({ payload }) => {
            const frame = JSON.parse(payload);
            if (frame.type === 'snapshot') {
                const content = frame.messages.at(-1)?.content ?? '';
                snapshots.push({ ms: performance.now() - began, content });
                took(content.length);
            } else if (frame.type === 'chunk') {
                took(length + frame.content.length);
            }
        });
    });
    const received = (least) => new Promise((resolve) => {
        waiting.add({ least, resolve });
        took(length);
    });
    return { snapshots, received };
}

// Numbers from 0 to 1, the same in each run.
function* numbers(seed) {
    for (;;) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        yield seed / 2 ** 32;
    }
}

const rounded = (ms) => `${Math.round(ms)} ms`;

test('1 MB, reloaded ten times on the way, is the same text on the page and in the snapshot', { timeout: 2 * limit }, async (t) => {
    assert.ok(Buffer.byteLength(wholeText) >= 1024 * 1024);
    const page = await newPage(browser);
    const { snapshots, received } = watchAnswer(page);
    await open(page, server.url);
    const work = await watchWork(page);
    await ask(page, 'slow');
    const dice = numbers(3);
    for (let reload = 0; reload < reloads; ++reload) {
        await received((reload + dice.next().value) / (reloads + 2) * wholeText.length);
        await page.reload();
        await answering(page);
        await shown(page, 1);
        const { content } = snapshots.at(-1);
        assert.ok(content.length > 0 && content.length < wholeText.length, `reload ${reload + 1} is in mid-answer`);
        assert.ok(wholeText.startsWith(content), `the snapshot of reload ${reload + 1} is the answer so far`);
    }
    assert.equal(snapshots.length, reloads + 1, 'one for each time the page was loaded');
    await ended(page, wholeRead);
    assert.ok(await shownText(page) === wholeRead, 'the text that is shown');
    const { task, heap } = await work();
    await page.reload();
    await shown(page, wholeRead.length);
    assert.ok(await shownText(page) === wholeRead, 'the text that is shown after a last reload');
    assert.ok(snapshots.at(-1).content === wholeText, 'what the server has, to the byte');
    t.diagnostic(`main thread with ${reloads} reloads: ${rounded(task)}; heap ${Math.round(heap / 1e6)} MB; `
        + `snapshot of 1 MB ${rounded(snapshots.at(-1).ms)} after the connection began`);
    await close(page);
});

test('twice the answer costs at most 2.3 times the main thread’s time', { timeout: 2 * limit }, async (t) => {
    const costs = [];
    for (const [message, quarters] of [['half', 2], ['whole', 4]]) {
        const page = await newPage(browser);
        await open(page, server.url);
        const work = await watchWork(page);
        const { task } = await work();
        await ask(page, message);
        await ended(page, quarter.read.repeat(quarters));
        const { task: end, heap } = await work();
        costs.push(end - task);
        t.diagnostic(`${quarters / 4} MB: main thread ${rounded(end - task)}, heap ${Math.round(heap / 1e6)} MB`);
        await close(page);
    }
    assert.ok(costs[1] <= 2.3 * costs[0], `${costs.map(rounded).join(' and ')}: ${(costs[1] / costs[0]).toFixed(2)} times`);
});

// The bar of 50 ms is not met yet (docs/adr/041): it is said as open, and what was reached is held.
test('no task of the page is long while 200 chunks a second come, nor when it is reloaded', { timeout: 2 * limit }, async (t) => {
    const page = await newPage(browser);
    await open(page, server.url);
    const check = async (tasks, when) => {
        const longest = tasks.slice(0, 3).map(({ ms, wall }) => `${rounded(ms)} (${rounded(wall)} with others)`).join(', ');
        t.diagnostic(`${when}: ${tasks.length} tasks, the longest ${longest}`);
        assert.ok(tasks.length > 100, 'tasks were seen');
        assert.ok(tasks[0].ms <= 150, `${when}: ${longest}`);
        await t.test(`${when}: at most 50 ms`, { todo: 'the longest is over the bar' }, () => assert.ok(tasks[0].ms <= 50, longest));
    };
    await check(await tasksOf(browser, async () => {
        await ask(page, 'whole');
        await ended(page, wholeRead);
    }), 'streaming');
    await page.goto('about:blank'); // to take the old page down is the browser's business
    await check(await tasksOf(browser, async () => {
        await open(page, server.url);
        await shown(page, wholeRead.length);
    }), 'reloaded');
    await close(page);
});
