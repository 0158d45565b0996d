// What every check.mjs begins with: says what is right and what is missing, and starts the real parts that a check asks.
//
// workshop/check starts a check with RUNNEL_TREE, the learner's tree, RUNNEL_BUILD, its build tree, and RUNNEL_E2E_MODULES,
// where the driver of the browser is. Whatever is started here has ended when check() has.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';

import { fitted, nginxArguments, nginxBinary, nginxServes, noNginx } from './nginx.mjs';
import { stoodInTheWay } from './operating.mjs';
import { packageOf } from './packages.mjs';
import { dial } from './websocket.mjs';

export const tree = process.env.RUNNEL_TREE;
export const build = process.env.RUNNEL_BUILD;

export const plainPage = join(tree, 'workshop/page');

const startLimit = 20_000; // ms
const stepLimit = 10_000; // ms; for whatever a page should do
const answerLimit = 20_000; // ms; the demo writes at a human pace
const stopLimit = 5_000; // ms; then it is killed
const pageFiles = 'workshop/page'; // what every page of a check is served from
const atTheEnd = [];
const thrown = []; // {text, place} of each error that a script of a page ended with
let missing = 0;

// The learner reads these three sentences: what is right, or what is missing and where to look.
export function expect(holds, { right, missing: sentence, look }) {
    if (holds) {
        console.log(`right    ${right}`);
        return true;
    }
    missing += 1;
    console.log(`missing  ${sentence}`);
    if (look)
        console.log(`         Look at ${look}.`);
    return false;
}

// Without this the rest of the check has no sense: it ends here, and what was said so far stands.
export class Enough extends Error {}

export function need(holds, sentences) {
    if (!expect(holds, sentences))
        throw new Enough();
}

// Says what stood in the way if that is all that `error` is about: the page could not be operated, or what was needed is missing.
function isSaid(error) {
    if (error instanceof Enough)
        return true;
    const sentences = stoodInTheWay(error, thrown, `${pageFiles}/index.html and chat.js`);
    if (sentences)
        expect(false, sentences);
    return sentences !== null;
}

// A part of a check that what follows does not need: when it comes to no end, that is said, and the check goes on.
export async function part(body) {
    try {
        await body();
    } catch (error) {
        if (!isSaid(error))
            throw error;
    }
}

// Runs a check to its end: exit code 0 when nothing is missing, 1 when something is, 2 when the check itself failed.
export async function check(body) {
    try {
        await part(body);
    } catch (error) {
        console.log(`The check itself failed: ${error.message}`);
        process.exitCode = 2;
    }
    for (const end of atTheEnd.reverse())
        await end().catch((error) => { console.log(`Something did not end: ${error.message}`); });
    process.exitCode ??= missing > 0 ? 1 : 0;
}

export const atEnd = (end) => { atTheEnd.push(end); };

// A file of the learner's tree as text; says so when there is none.
export async function read(path) {
    const file = join(tree, path);
    need(existsSync(file), { right: `There is ${path}.`, missing: `There is no file ${path}.` });
    return readFile(file, 'utf8');
}

// What the learner wrote into a file of answers, each null until it is there.
export async function readAnswers(path) {
    const written = await read(path);
    try {
        return JSON.parse(written);
    } catch (error) {
        need(false, { missing: `${path} is no JSON: ${error.message}`, look: `${path}: each name in quotes, a colon, a number, commas between` });
    }
}

export async function temporaryFolder() {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-exercise-'));
    atEnd(() => rm(folder, { recursive: true, force: true }));
    return folder;
}

// Starts a program; {child, log(), stop()}. What it says is kept, its newest 64 KiB.
export function start(program, args, { env = {}, cwd = tree } = {}) {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (data) => { said = (said + data).slice(-65_536); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ended = new Promise((resolve) => {
        child.once('exit', resolve);
        child.once('error', resolve);
    });
    const stop = async (signal = 'SIGTERM') => {
        child.kill(signal);
        const late = setTimeout(() => child.kill('SIGKILL'), stopLimit);
        await ended;
        clearTimeout(late);
    };
    atEnd(stop);
    return { child, log: () => said, stop, ended };
}

// Runs the check.cpp beside a check.mjs, which says its sentences itself.
export async function compiled(number) {
    const child = spawn(join(build, 'workshop', `check-${number}`), { stdio: 'inherit' });
    atEnd(async () => { child.kill('SIGKILL'); });
    const code = await new Promise((resolve) => {
        child.once('exit', resolve);
        child.once('error', resolve);
    });
    if (code !== 0 && code !== 1)
        throw new Error(`check-${number} did not come to its end.`);
    missing += code;
}

// A program of the build tree that prints "Listening on URL": {url, log(), stop()}, or what it said when it ended instead.
async function listening(program, args, options) {
    const started = start(join(build, 'bin', program), args, options);
    const url = await new Promise((resolve) => {
        setTimeout(resolve, startLimit, null).unref();
        createInterface(started.child.stdout).on('line', (line) => {
            const found = /^Listening on (http:\/\/\S+)/.exec(line)?.[1];
            if (found)
                resolve(found.replace(/\/$/, ''));
        });
        started.ended.then(() => resolve(null));
    });
    return { ...started, url };
}

// No key of the machine, no settings of whoever sits at it: only what the exercise gives.
const noSettings = {
    HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'memory:', GOOGLE_API_KEY: '', GEMINI_API_KEY: '', GOOGLE_API_KEY_FILE: '',
    GEMINI_API_KEY_FILE: '', GOOGLE_GEMINI_BASE_URL: '', DEFAULT_MODEL: '', TITLE_MODEL: '', MODEL_PRICES: '', AGENTS_DIR: '',
    FRONTEND_DIR: '', LOG_LEVEL: '', LOG_FORMAT: '', LOG_CONTENT: '', QT_LOGGING_RULES: '',
};

// The real server with its built-in demo, or with `env`; `url` is null when it did not start, and log() says why.
export async function startServer({ env = {}, args = [], cwd } = {}) {
    const folder = cwd ?? await temporaryFolder();
    return listening('runnel-server', args, { env: { ...noSettings, ...env }, cwd: folder });
}

// The real emulator of Gemini; `scenario` is the name of a built-in one, a file, or what such a file would hold.
export async function startEmulator({ scenario, args = [] } = {}) {
    const folder = await temporaryFolder();
    if (typeof scenario === 'object') {
        await writeFile(join(folder, 'scenario.json'), JSON.stringify(scenario));
        scenario = 'scenario.json';
    }
    const emulator = await listening('runnel-emulator', ['--port', '0', ...scenario ? ['--scenario', scenario] : [], ...args],
        { cwd: folder });
    if (!emulator.url)
        throw new Error(`runnel-emulator does not start: ${emulator.log()}`);
    return { ...emulator, env: { GOOGLE_API_KEY: 'a-key-of-the-emulator', GOOGLE_GEMINI_BASE_URL: emulator.url } };
}

// The same, with all that it was asked: each its path, its body, and how its reply ended: null while it goes on, 'whole', or 'cut'
// by whoever had asked. What `rewrite` changes of an event goes on as it left it; the events then come together.
export async function startWatchedEmulator({ rewrite, ...options } = {}) {
    const emulator = await startEmulator(options);
    const rewritten = (events) => events.replace(/^data: (.*)$/gm, (_, event) => {
        const changed = JSON.parse(event);
        rewrite(changed);
        return `data: ${JSON.stringify(changed)}`;
    });
    const asked = [];
    const watching = createServer(async (from, to) => {
        const pieces = [];
        for await (const piece of from)
            pieces.push(piece);
        const body = Buffer.concat(pieces);
        const one = { path: from.url, body: body.length > 0 ? JSON.parse(body) : null, ended: null };
        asked.push(one);
        const on = request(emulator.url + from.url, { method: from.method, headers: from.headers }, (reply) => {
            to.writeHead(reply.statusCode, reply.headers);
            if (rewrite && reply.statusCode === 200)
                textOf(reply).then((events) => to.end(rewritten(events)), () => to.destroy());
            else
                reply.pipe(to);
        });
        on.once('error', () => to.destroy());
        to.once('close', () => {
            one.ended = to.writableFinished ? 'whole' : 'cut';
            on.destroy();
        });
        on.end(body);
    });
    await new Promise((resolve) => { watching.listen(0, '127.0.0.1', resolve); });
    atEnd(async () => {
        watching.close();
        watching.closeAllConnections();
    });
    const url = `http://127.0.0.1:${watching.address().port}`;
    return { ...emulator, url, asked, env: { ...emulator.env, GOOGLE_GEMINI_BASE_URL: url } };
}

// Says why a server does not start, and where: an agent of the learner's, say. The build's folder of agents leads to that of the sources.
function sayNotStarted({ log }) {
    const said = log().trim().replaceAll(/\S*?\/(agents\/[^\s:]+)/g, '$1').replaceAll(`${tree}/`, '');
    need(false, {
        missing: `The server does not start. It says: ${said}`,
        look: /([\w./-]+\/[\w./-]+:\d+)/.exec(said)?.[1],
    });
}

// A WebSocket to a session of a server, or of an nginx before one, as lib/websocket.mjs has it.
export async function dialChat(server, session, options) {
    if (!server.url)
        sayNotStarted(server);
    const socket = await dial(`${server.url.replace(/^http/, 'ws')}/ws/chat/${session}`, { limit: stepLimit, ...options });
    atEnd(async () => socket.end?.());
    return socket;
}

// A chat with a server, without a page: ask() gives what the answer was, its end (a `complete` or an `error` frame, or null when
// it does not come in time) and all frames up to there. `protocol` is 'runnel.v1', or nothing for v0.
export async function openChat(server, { session = 'the_check', protocol } = {}) {
    const frames = [];
    const chat = await dialChat(server, session, { protocol, received: (text) => frames.push(JSON.parse(text)) });
    if (chat.status !== 101)
        throw new Error(`The server does not open a chat: ${chat.status ?? ''} ${chat.body}`);
    const ask = async (message, agent = 'default') => {
        const before = frames.length;
        const news = () => frames.slice(before);
        chat.send({ message, agent });
        const ended = () => news().find(({ type }) => type === 'complete' || type === 'error') ?? null;
        await comes(ended, answerLimit);
        const text = news().filter(({ type }) => type === 'chunk').map(({ content }) => content).join('');
        return { text, end: ended(), frames: news() };
    };
    return { frames, ask };
}

// A server that only writes down what it is asked: {url, asked}, each with its url and headers.
export async function startRecorder() {
    const asked = [];
    const recorder = createServer(({ url, headers }, response) => {
        asked.push({ url, headers });
        response.end('ok');
    });
    recorder.on('upgrade', ({ url, headers }, socket) => {
        asked.push({ url, headers });
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
    await new Promise((resolve) => { recorder.listen(0, '127.0.0.1', resolve); });
    atEnd(async () => {
        recorder.close();
        recorder.closeAllConnections();
    });
    return { url: `http://127.0.0.1:${recorder.address().port}`, asked };
}

// Until somebody else takes it, that is: no program of ours needs it for longer than a moment.
async function freePort() {
    const listening = createServer();
    await new Promise((resolve) => { listening.listen(0, '127.0.0.1', resolve); });
    const { port } = listening.address();
    await new Promise((resolve) => { listening.close(resolve); });
    return port;
}

// A real nginx with that configuration, made for a container, in front of `upstream`, a URL; only where it listens, writes, reads
// and asks differs. `url` is null when it does not start, and log() says why.
export async function startNginx({ configuration, upstream, page }) {
    const folder = await temporaryFolder();
    const port = await freePort();
    const file = join(folder, 'nginx.conf');
    await writeFile(file, fitted(configuration, { port, upstream, folder, page }));
    const binary = nginxBinary();
    if (!binary)
        throw new Error(noNginx);
    const nginx = start(binary, nginxArguments(folder, file));
    let over = false;
    nginx.ended.then(() => { over = true; });
    const serves = () => nginxServes(port, stepLimit);
    await comes(async () => over || await serves(), startLimit);
    const log = () => nginx.log().replaceAll(file, 'nginx/nginx.conf');
    return { ...nginx, log, url: over || !await serves() ? null : `http://127.0.0.1:${port}` };
}

const chromium = process.env.RUNNEL_CHROMIUM
    ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

// A page of a real browser. What its scripts say of errors is in page.faults, the frames that its WebSockets received in
// page.frames. `prepare` is done with it before it goes anywhere; page.another() opens another one beside it.
export async function openBrowser(options = {}) {
    if (!chromium)
        throw new Error('There is no Chromium. Install it: apt-get install chromium');
    const browser = await packageOf('playwright-core').chromium.launch({ executablePath: chromium,
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
    atEnd(() => browser.close());
    return openPage(browser, options);
}

// Asks the browser itself: Playwright does not say where a script is that cannot be read.
async function watchErrors(page) {
    const browser = await page.context().newCDPSession(page);
    browser.on('Runtime.exceptionThrown', ({ exceptionDetails: { url = '', lineNumber, text, exception } }) => {
        const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: '' };
        const place = pathname ? `${pageFiles}${pathname.replace(/\/$/, '/index.html')}:${lineNumber + 1}` : '';
        const error = { text: (exception?.description ?? String(exception?.value ?? text)).split('\n')[0], place };
        thrown.push(error);
        page.faults.push(`${error.text}${place ? ` (${place})` : ''}`);
    });
    await browser.send('Runtime.enable');
}

async function openPage(browser, options) {
    const { width = 1000, height = 700, prepare = async () => {} } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(stepLimit);
    page.frames = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => page.frames.push(JSON.parse(payload))));
    page.faults = [];
    await watchErrors(page);
    page.on('console', (message) => {
        if (message.type() === 'error')
            page.faults.push(message.text());
    });
    page.on('dialog', (dialog) => dialog.accept().catch(() => {})); // "Clear the chat?"
    page.another = () => openPage(browser, options);
    await prepare(page);
    return page;
}

// The server with the plain page of the learner's tree, and the demo behind it, which answers faster than it does to people: `pace`
// is in tokens a second.
export async function startPlainServer({ pace = 300, env = {}, ...options } = {}) {
    const emulator = await startEmulator({ args: ['--tokens-per-second', String(pace)] });
    return startServer({ env: { FRONTEND_DIR: plainPage, ...emulator.env, ...env }, ...options });
}

// The plain page, on the real server, when it is connected.
export async function openPlainPage({ server, ...options } = {}) {
    const serving = server ?? await startPlainServer();
    if (!serving.url)
        sayNotStarted(serving);
    const page = await openBrowser(options);
    await page.goto(serving.url);
    const connected = await within(() => page.locator('#state').filter({ hasText: 'Connected' }).waitFor());
    need(connected, {
        right: 'The page opens and is connected.',
        missing: `The page opens but is not connected. ${page.faults.length ? `The browser says: ${page.faults[0]}` : ''}`.trim(),
        look: thrown.find(({ place }) => place)?.place ?? 'workshop/page/chat.js, and at the console of the browser (F12)',
    });
    return page;
}

export const writeMessage = async (page, message) => {
    await page.locator('#text').fill(message);
    await page.locator('#text').press('Enter');
};

// Whether that many answers have come to their end, in time.
export const answered = (page, count) => comes(() => page.frames.filter(({ type }) => type === 'complete').length >= count);

// Whether that comes to its end in time.
export const within = async (wait) => {
    try {
        await wait();
        return true;
    } catch (error) {
        if (error.name === 'TimeoutError')
            return false;
        throw error;
    }
};

// Whether that becomes true in time.
export async function comes(holds, limit = stepLimit) {
    for (const end = Date.now() + limit; ;) {
        if (await holds())
            return true;
        if (Date.now() > end)
            return false;
        await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
}
