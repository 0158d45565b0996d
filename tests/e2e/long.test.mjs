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
const wholeSections = 4 * quarter.sections;

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

// That many sections. The page is asked rarely and for little: what the asking costs its main thread is measured with the rest, and a
// text of 1 MB costs more than a frame.
const shown = (page, sections) => page.waitForFunction((least) => {
    const ends = document.getElementsByTagName('blockquote');
    return ends.length >= least && ends[least - 1].textContent.trim().endsWith('too.');
}, sections, { timeout: limit, polling: 250 });

// When the answer has ended and all of it is shown.
async function ended(page, sections) {
    await page.evaluate(() => new Promise((resolve) => {
        const send = document.getElementById('send');
        const look = () => send.dataset.action === 'send' && resolve();
        new MutationObserver(look).observe(send, { attributes: true });
        look();
    }));
    await shown(page, sections);
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
    await ended(page, wholeSections);
    assert.ok(await shownText(page) === wholeRead, 'the text that is shown');
    const { task, heap } = await work();
    await page.reload();
    await shown(page, wholeSections);
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
        await ended(page, quarters * quarter.sections);
        const { task: end, heap } = await work();
        costs.push(end - task);
        t.diagnostic(`${quarters / 4} MB: main thread ${rounded(end - task)}, heap ${Math.round(heap / 1e6)} MB`);
        await close(page);
    }
    assert.ok(costs[1] <= 2.3 * costs[0], `${costs.map(rounded).join(' and ')}: ${(costs[1] / costs[0]).toFixed(2)} times`);
});

// CPU time, but on a machine with ten times the work that it has cores for, a task takes twice as much of that, too. So a run that is over the
// bar is played again, twice at most: a page that is too slow is so each time.
test('no task of the page takes over 50 ms while 200 chunks a second come, nor when it is loaded again', { timeout: 6 * limit }, async (t) => {
    let url;
    const check = async (when, play) => {
        for (let attempt = 1; ; ++attempt) {
            const page = await newPage(browser); // each time of its own: to take a page of 1 MB down is the browser's business
            const tasks = await play(page);
            assert.ok(await shownText(page) === wholeRead, `the text that is shown, ${when}`);
            url = page.url();
            await close(page);
            const longest = tasks.slice(0, 3).map(({ ms, wall }) => `${rounded(ms)} (${rounded(wall)} with others)`).join(', ');
            t.diagnostic(`${when}: ${tasks.length} tasks, the longest ${longest}`);
            assert.ok(tasks.length > 100, 'tasks were seen');
            if (tasks[0].ms <= 50)
                return;
            assert.ok(attempt < 3, `${when}: ${longest}`);
        }
    };
    await check('streaming', async (page) => {
        await open(page, server.url);
        return tasksOf(page, async () => {
            await ask(page, 'whole');
            await ended(page, wholeSections);
        });
    });
    await check('loaded again', (page) => tasksOf(page, async () => {
        await open(page, url);
        await shown(page, wholeSections);
    }));
});
