// What a check says of a page that cannot be operated: in a real browser, since the words that it is made of are the driver's.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const library = new URL('../../workshop/lib/', import.meta.url);
const pages = {
    '/': ['text/html', `<!doctype html><link rel="icon" href="data:,"><h1>Plain</h1>
        <input id="hidden" hidden><input id="disabled" disabled><input id="fixed" readonly><p id="text">Text</p>
        <i class="twice"></i><i class="twice"></i>
        <button id="below">Send</button><div id="over" style="position: fixed; inset: 0">Wait</div>`],
    '/unreadable': ['text/html', '<!doctype html><link rel="icon" href="data:,"><script type="module" src="unreadable.js"></script>'],
    '/unreadable.js': ['text/javascript', 'const one = 1;\nconst two = ;\n'],
    '/throws': ['text/html', '<!doctype html><link rel="icon" href="data:,"><h1>Plain</h1><script src="throws.js"></script>'],
    '/throws.js': ['text/javascript', '\n\nwrite();\n'],
};
let server = null;
let url = '';

before(async () => {
    server = createServer(({ url: path }, response) => {
        const [type, content] = pages[path] ?? ['text/plain', ''];
        response.writeHead(pages[path] ? 200 : 404, { 'Content-Type': type }).end(content);
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    url = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
    server.close();
    server.closeAllConnections();
});

// What a check says whose body is this, with a page that does not wait long, and its exit code.
async function checked(body) {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-operating-'));
    try {
        const file = join(folder, 'check.mjs');
        await writeFile(file, `import { check, expect, need, openBrowser, part } from '${library}check.mjs';
            await check(async () => {
                const page = await openBrowser();
                page.setDefaultTimeout(700);
                const url = '${url}';
                ${body}
            });`);
        const child = spawn(process.execPath, [file], { env: { ...process.env, RUNNEL_TREE: fileURLToPath(new URL('../..', import.meta.url)) },
            stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = new Promise((resolve) => { child.once('exit', resolve); });
        return { said: await textOf(child.stdout), code: await ended };
    } finally {
        await rm(folder, { recursive: true });
    }
}

const missing = (said) => said.split('\n').filter((line) => line.startsWith('missing ')).map((line) => line.slice('missing  '.length));
const rest = ' What builds on it was not looked at.';

test('each thing that stands in the way has its sentence', async () => {
    const operations = [
        ["locator('#gone').fill('x')", 'write into #gone and could not: the page has no such element.'],
        ["locator('.gone').last().textContent()", 'read the last .gone and could not: the page has no such element.'],
        ["getByRole('button', { name: 'Clear chat' }).click()", 'click on the button "Clear chat" and could not: the page has no such element.'],
        ["locator('#hidden').fill('x')", 'write into #hidden and could not: it is there, <input hidden="" id="hidden"/>, but is hidden.'],
        ["locator('#disabled').fill('x')", 'write into #disabled and could not: it is there, <input disabled id="disabled"/>, but is disabled.'],
        ["locator('#fixed').fill('x')", 'write into #fixed and could not: it is there, <input readonly id="fixed"/>, but is read-only.'],
        ["locator('#text').fill('x')", 'write into #text and could not: it is <p id="text">Text</p>, which nobody can write into.'],
        ["locator('.twice').textContent()", 'read .twice and could not: there are 2 of them.'],
        ["locator('#below').click()", 'click on #below and could not: <div id="over">Wait</div> lies over it.'],
        ["locator('h1').filter({ hasText: 'Fancy' }).waitFor()", "wait for locator('h1').filter({ hasText: 'Fancy' }) and could not: that did not come."],
        ["locator('h1').evaluate((h1) => h1.querySelector('b').id)", "look at the page and could not: TypeError: Cannot read properties of null (reading 'id'). An element in it may have gone."],
        ["goto('http://127.0.0.1:1/')", 'open the page and could not: the browser says ERR_UNSAFE_PORT.'],
    ];
    const { said, code } = await checked(`await page.goto(url);\n${operations.map(([operation]) => `await part(() => page.${operation});`).join('\n')}`);
    assert.deepEqual(missing(said), operations.map(([, sentence]) => `The check wanted to ${sentence}${rest}`));
    assert.match(said, /\n {9}Look at workshop\/page\/index\.html and chat\.js: who makes, hides or takes away #gone\.\n/);
    assert.equal(code, 1);
});

test('what the check said before stands, and what needs no page is looked at', async () => {
    const { said, code } = await checked(`await page.goto(url);
        expect(true, { right: 'The page opens.' });
        await part(async () => {
            await page.locator('#gone').click();
            expect(true, { right: 'Never said.' });
        });
        expect(false, { right: '', missing: 'This is missing, too.' });`);
    assert.match(said, /^right {4}The page opens\.\nmissing {2}The check wanted to click on #gone .*\n {9}Look at .*\nmissing {2}This is missing, too\.\n$/);
    assert.equal(code, 1);
});

test('an error of a script is told with its file and its line', async () => {
    const { said } = await checked("await page.goto(`${url}/throws`);\nawait page.locator('#gone').click();");
    assert.deepEqual(missing(said), ['The check wanted to click on #gone and could not: the page has no such element. The page\'s script '
        + `ended with an error: ReferenceError: write is not defined (workshop/page/throws.js:3).${rest}`]);
    assert.match(said, /\n {9}Look at workshop\/page\/throws\.js:3\.\n/);
});

test('so is a script that cannot be read', async () => {
    const { said } = await checked("await page.goto(`${url}/unreadable`);\nawait page.locator('#gone').click();");
    assert.match(missing(said)[0], /SyntaxError: Unexpected token ';' \(workshop\/page\/unreadable\.js:2\)/);
    assert.match(said, /\n {9}Look at workshop\/page\/unreadable\.js:2\.\n/);
});

test('what is no fault of the page is none', async () => {
    for (const body of ["throw new Error('no such answer');", "await page.close();\nawait page.locator('#text').click();"]) {
        const { said, code } = await checked(`await page.goto(url);\n${body}`);
        assert.match(said, /^The check itself failed: /);
        assert.equal(code, 2);
    }
});
