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
            await assertAccessible(page, `the trace, ${scheme}, ${width} px`);
            await picture(page, `trace-${scheme}-${width}`);
            await page.locator('#main').evaluate((node) => node.scrollTo(0, node.scrollHeight));
            await page.locator('details summary').click();
            await drawn(page);
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
    const sum = parts.reduce((all, row) => all + toMs(row[3]), 0);
    const whole = toMs(rows.at(-1)[3]);
    assert.ok(parts.length >= 7, `browser, network, server and Gemini are there: ${JSON.stringify(rows)}`);
    assert.ok(Math.abs(sum - whole) < 0.02 * whole, `${sum} of ${whole}`);
    assert.ok(parts.every((row) => toMs(row[3]) >= 0));
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
