// The page, the server and the emulator, with nothing played: what the author does first.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { answered, answering, assertAccessible, close, launch, newPage, open, picture, write } from './browser.mjs';
import { startProxy } from './proxy.mjs';
import { startServer } from './server.mjs';

const faults = JSON.parse(await readFile(new URL('../../emulator/scenarios/faults.json', import.meta.url), 'utf8'));
const story = Array.from({ length: 60 }, (_, line) => `Line ${line + 1} of a long story that goes on for quite a while.`).join('\n\n');
faults.rules.unshift(
    { name: 'story', match: { regex: '^tell a story' }, pace: { interval_ms: 60, chunk_tokens: [6, 6] }, answer: story },
    { name: 'thoughts', match: { regex: '^think first' }, thoughts: 'The person wants me to think.', answer: 'It is done.' },
    { name: 'echo', match: { regex: '^say yes' }, answer: 'Yes, gladly.' },
);

let browser;
let demo;
let scripted;
before(async () => {
    demo = await startServer();
    scripted = await startServer({ scenario: faults });
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await demo?.stop();
    await scripted?.stop();
});

async function visit(server, options) {
    const page = await newPage(browser, options);
    await open(page, server.url);
    return page;
}

async function ask(page, text) {
    await write(page, text);
    await page.locator('.bubble', { hasText: text }).last().waitFor();
}

test('without a key: the demo says that it is one, and answers while the reader reads', async () => {
    const page = await visit(demo);
    await page.waitForSelector('#demo:has-text("Built-in demo model")');
    await page.waitForSelector('#state:has-text("Connected")');
    await ask(page, 'Explain quantum computing in simple terms');
    await answering(page);
    await page.waitForFunction(() => document.querySelector('.prose')?.textContent.length > 20);
    const early = (await page.locator('.prose').first().textContent()).length;
    await answered(page);
    assert.ok((await page.locator('.prose').first().textContent()).length > early, 'it came bit by bit');
    await picture(page, 'whole-demo-light-1440');
    await assertAccessible(page, 'the demo');
    await close(page);
});

test('Stop stops, and the next message is answered', async () => {
    const page = await visit(scripted);
    await ask(page, 'tell a story');
    await page.waitForSelector('text=Line 2 of');
    await page.locator('#send').click();
    await page.waitForSelector('text=Stopped.');
    const length = (await page.locator('.prose').first().textContent()).length;
    await ask(page, 'say yes');
    await page.waitForSelector('text=Yes, gladly.');
    assert.equal((await page.locator('.prose').first().textContent()).length, length, 'the stopped answer stays stopped');
    await close(page);
});

test('a reload in the middle of an answer shows it and goes on', async () => {
    const page = await visit(scripted);
    await ask(page, 'tell a story');
    await page.waitForSelector('text=Line 3 of');
    await page.reload();
    await page.waitForSelector('text=Line 1 of');
    await answering(page);
    await page.waitForSelector('text=Line 8 of');
    await page.locator('#send').click();
    await page.waitForSelector('text=Stopped.');
    await close(page);
});

// The page behind a proxy, in the middle of a story. Its clock can be put forward.
async function storyBehindProxy(t) {
    const proxy = await startProxy(scripted.url);
    t.after(() => proxy.stop());
    const page = await newPage(browser, { height: 500 });
    await page.clock.install();
    await open(page, proxy.url);
    await page.evaluate(() => {
        window.phases = [];
        new MutationObserver(() => window.phases.push(document.getElementById('state').dataset.phase))
            .observe(document.getElementById('state'), { attributeFilter: ['data-phase'] });
    });
    await ask(page, 'tell a story');
    await page.waitForSelector('text=Line 20 of');
    return { page, proxy };
}

test('a connection whose frames get lost on the way is replaced, and the reader keeps place and draft', async (t) => {
    const { page, proxy } = await storyBehindProxy(t);
    await page.locator('#composer-text').fill('half a thought');
    await page.mouse.move(700, 200);
    await page.mouse.wheel(0, -150);
    await page.waitForSelector('#jump:visible');
    proxy.swallow();
    const reader = () => page.evaluate(() => {
        window.firstLine ??= document.querySelector('.prose p');
        return { top: document.getElementById('scroll').scrollTop, draft: document.getElementById('composer-text').value,
            same: document.querySelector('.prose p') === window.firstLine };
    });
    const before = await reader();
    await page.clock.fastForward(26_000);
    await page.waitForSelector('text=Line 60 of');
    await answered(page);
    assert.deepEqual(await reader(), before);
    assert.deepEqual(await page.evaluate(() => window.phases.filter((phase) => phase !== 'connected')), [], 'it was connected all the time');
    await close(page);
});

test('Stop that got lost on the way stops after all', async (t) => {
    const { page, proxy } = await storyBehindProxy(t);
    proxy.swallow();
    await page.locator('#send').click();
    await page.clock.fastForward(11_000); // to Stop something comes at once, so the wait is shorter
    await page.waitForSelector('text=Stopped.');
    await close(page);
});

test('two windows of one session see the same', async () => {
    const page = await visit(scripted);
    const session = await page.evaluate(() => sessionStorage.getItem('runnel.session'));
    const other = await newPage(browser);
    await other.addInitScript((kept) => sessionStorage.setItem('runnel.session', kept), session);
    await open(other, scripted.url);
    await ask(page, 'say yes');
    await other.waitForSelector('.bubble:has-text("say yes")');
    await other.waitForSelector('text=Yes, gladly.');
    await close(other);
    await close(page);
});

test('messages sent while an answer comes wait, and are answered in order', async () => {
    const page = await visit(scripted);
    await ask(page, 'slow please');
    await answering(page);
    await write(page, 'say yes');
    await page.waitForSelector('.queued:has-text("Waiting for the answer before")');
    await page.waitForSelector('text=Yes, gladly.');
    assert.deepEqual(await page.locator('.bubble').allTextContents(), ['slow please', 'say yes']);
    assert.equal(await page.locator('.queued').count(), 0);
    await close(page);
});

test('a busy model is said to be busy, with a countdown, and then it answers', async () => {
    const page = await visit(scripted);
    await ask(page, 'flaky 429');
    await page.waitForSelector('.note.waiting');
    await page.waitForSelector('text=It worked in the end.');
    assert.equal(await page.locator('.note.waiting').count(), 0);
    await close(page);
});

for (const [name, text, wanted] of [
    ['a refused key', 'fault key', /GOOGLE_API_KEY/],
    ['a used-up quota', 'fault quota', /quota/i],
    ['a blocked prompt', 'fault blocked', /filter|blocked/i],
    ['an error in the middle', 'fault mid-stream', /./],
]) {
    test(`${name} is an error in plain words beside the message, and the chat goes on`, async () => {
        const page = await visit(scripted);
        await ask(page, text);
        const card = page.locator('.answer .failure');
        await card.waitFor();
        assert.match(await card.locator('.what').textContent(), wanted);
        assert.doesNotMatch(await card.locator('.what').textContent(), /\b[45]\d\d\b|[{}]/, 'no status, no JSON');
        await ask(page, 'say yes');
        await page.waitForSelector('text=Yes, gladly.');
        await close(page);
    });
}

test('an answer that was cut keeps its text and offers to continue', async () => {
    const page = await visit(scripted);
    await ask(page, 'fault unfinished');
    await page.waitForSelector('.answer button:has-text("Continue")');
    assert.ok((await page.locator('.prose').first().textContent()).length > 0);
    await close(page);
});

test('a question is edited, an answer is asked for again, and every version can be shown', async () => {
    const page = await visit(scripted);
    await ask(page, 'say yes');
    await page.waitForSelector('text=Yes, gladly.');
    await page.locator('.answer').hover();
    await page.getByRole('button', { name: 'Regenerate answer' }).click();
    const ofAnswer = page.locator('.answer .branches');
    await page.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await answered(page);
    await ask(page, 'think first');
    await page.waitForSelector('text=It is done.');
    await answered(page);

    await page.locator('.user').first().hover();
    await page.getByRole('button', { name: 'Edit message' }).first().click();
    await page.getByRole('textbox', { name: 'Edit your message' }).fill('say yes, please');
    await assertAccessible(page, 'a message that is edited');
    await picture(page, 'editing');
    await page.getByRole('button', { name: 'Save' }).click();
    const ofQuestion = page.locator('.user .branches');
    await page.locator('.user .branches', { hasText: '2 / 2' }).waitFor();
    await page.waitForSelector('text=Yes, gladly.');
    await answered(page);
    assert.deepEqual(await page.locator('.bubble').allTextContents(), ['say yes, please'], 'what came after the old one is hidden');
    assert.equal(await page.locator('.answer').count(), 1);

    const other = await page.context().newPage();
    const session = await page.evaluate(() => sessionStorage.getItem('runnel.session'));
    await other.addInitScript((value) => sessionStorage.setItem('runnel.session', value), session);
    await open(other, scripted.url);
    await page.bringToFront();

    await page.locator('.user').hover();
    await ofQuestion.getByRole('button', { name: 'Previous version' }).click();
    await page.locator('.bubble', { hasText: 'think first' }).waitFor();
    assert.deepEqual(await page.locator('.bubble').allTextContents(), ['say yes', 'think first']);
    assert.equal(await ofAnswer.first().locator('span').first().textContent(), '2 / 2');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Next version', 'the keyboard goes on from there');
    await assertAccessible(page, 'a conversation with versions');
    await picture(page, 'versions');
    await other.locator('.bubble', { hasText: 'think first' }).waitFor();

    await page.keyboard.press('Enter');
    await page.locator('.bubble', { hasText: 'say yes, please' }).waitFor();
    await page.reload();
    await page.locator('.user .branches', { hasText: '2 / 2' }).waitFor();
    assert.deepEqual(await page.locator('.bubble').allTextContents(), ['say yes, please'], 'the server keeps what is shown');
    await close(page);
});

test('thoughts are folded', async () => {
    const page = await visit(scripted);
    await ask(page, 'think first');
    await page.waitForSelector('text=It is done.');
    const summary = page.locator('.thoughts summary');
    assert.match(await summary.textContent(), /^Thought for \d+ s$/);
    assert.equal(await page.locator('.thoughts-text').isVisible(), false);
    await summary.click();
    await page.waitForSelector('text=The person wants me to think.');
    await close(page);
});

test('a server that dies and comes back: typed messages wait and are answered once', { skip: Boolean(process.env.RUNNEL_TEST_URL) }, async (t) => {
    const server = await startServer({ scenario: faults });
    t.after(() => server.stop());
    const page = await visit(server);
    await ask(page, 'say yes');
    await page.waitForSelector('text=Yes, gladly.');
    await server.restart(async () => {
        await page.waitForSelector('#state:has-text("Reconnecting")');
        await write(page, 'say yes again');
        await page.waitForSelector('.queued:has-text("Waiting for the connection")');
    });
    await page.waitForSelector('.answer:has-text("Yes, gladly.")');
    await page.waitForSelector('.queued', { state: 'detached' });
    assert.equal(await page.locator('.bubble', { hasText: 'say yes again' }).count(), 1);
    await close(page);
});

test('the page asks nobody but its own server for anything', async () => {
    const page = await newPage(browser);
    const foreign = [];
    page.on('request', (request) => {
        if (!request.url().startsWith(demo.url) && !request.url().startsWith('data:'))
            foreign.push(request.url());
    });
    await open(page, demo.url);
    await ask(page, 'Show me code');
    await answered(page);
    assert.deepEqual(foreign, []);
    await close(page);
});
