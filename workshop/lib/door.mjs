// The program behind workshop/nginx, which says what it is for.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { fitted, nginxArguments, nginxBinary, nginxServes, noNginx } from './nginx.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['build/release', 'build/workshop', 'build/dev'].map((build) => join(root, build, 'share/runnel/frontend'));
const limit = 5000; // ms, for an answer; nginx starts within that
const pause = 50; // ms

// A sentence for whoever called.
class Wrong extends Error {}

function options() {
    let values;
    try {
        ({ values } = parseArgs({ options: {
            port: { type: 'string', default: '8088' }, server: { type: 'string', default: 'http://127.0.0.1:8000' }, page: { type: 'string' },
        } }));
    } catch (error) {
        throw new Wrong(`${error.message.split('. ')[0]}. There are --port, --server and --page.`);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new Wrong(`--port is to be a number from 1 to 65535, and not ${values.port}.`);
    if (!URL.canParse(values.server) || new URL(values.server).protocol !== 'http:')
        throw new Wrong(`--server is to be an address such as http://127.0.0.1:8000, and not ${values.server}.`);
    const page = values.page ? resolve(values.page) : pages.find((folder) => existsSync(folder));
    if (!page || !existsSync(join(page, 'index.html')))
        throw new Wrong(values.page ? `There is no index.html in ${values.page}.` : 'No page is built yet. Start ./run once, or name one: --page workshop/page');
    return { port, server: values.server, page };
}

// nginx would say so too, five times.
async function mustBeFree(port) {
    const listening = createServer();
    await new Promise((isFree, isNot) => {
        listening.once('error', isNot);
        listening.listen(port, '127.0.0.1', isFree);
    }).catch((error) => {
        throw new Wrong(error.code === 'EADDRINUSE' ? `Port ${port} of 127.0.0.1 is in use. Name another: --port ${port + 1}`
            : `Nothing can listen on port ${port} of 127.0.0.1: ${error.message}`);
    });
    await new Promise((isClosed) => { listening.close(isClosed); });
}

async function mustAnswer(server) {
    const health = await fetch(new URL('/api/health', server), { signal: AbortSignal.timeout(limit) }).catch(() => null);
    if (!health?.ok) {
        throw new Wrong(health ? `What answers at ${server} is no Runnel: ${health.status}. Name the server: --server`
            : `Nothing answers at ${server}. Start the server with ./run in another terminal, or name it: --server`);
    }
}

// Prints what comes into a file, until it is told to stop. nginx itself can only open its standard output where that is no socket.
function show(path) {
    const file = openSync(path, 'a+');
    const piece = Buffer.alloc(65_536);
    let place = 0;
    const more = () => {
        for (let count; (count = readSync(file, piece, 0, piece.length, place)) > 0; place += count)
            process.stdout.write(piece.toString('utf8', 0, count));
    };
    const timer = setInterval(more, pause);
    return () => {
        clearInterval(timer);
        more();
        closeSync(file);
    };
}

async function main() {
    const { port, server, page } = options();
    const binary = nginxBinary();
    if (!binary)
        throw new Wrong(noNginx);
    await mustAnswer(server);
    await mustBeFree(port);

    const folder = await mkdtemp(join(tmpdir(), 'runnel-nginx-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'nginx.conf');
    const configuration = readFileSync(join(root, 'nginx/nginx.conf'), 'utf8');
    const accessLog = join(folder, 'access.log');
    await writeFile(file, fitted(configuration, { port, upstream: server, folder, page, accessLog }));
    const nginx = spawn(binary, nginxArguments(folder, file), { stdio: ['ignore', 'inherit', 'pipe'] });
    // Its faults are those of the file that was made fit, line by line.
    nginx.stderr.on('data', (data) => process.stderr.write(String(data).replaceAll(file, 'nginx/nginx.conf')));

    let isAsked = false; // to end
    const end = () => {
        isAsked = true;
        nginx.kill('SIGTERM');
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, end);
    const ended = new Promise((isOver) => {
        nginx.once('exit', isOver);
        nginx.once('error', isOver);
    });
    let isOver = false;
    ended.then(() => { isOver = true; });
    for (const late = Date.now() + limit; !isOver && !await nginxServes(port, limit) && Date.now() < late;)
        await new Promise((next) => { setTimeout(next, pause); });
    if (isOver && !isAsked)
        throw new Wrong('nginx does not start with nginx/nginx.conf. What it says stands above.');
    if (!isOver)
        console.log(`nginx is at http://127.0.0.1:${port}, in front of ${server}. Ctrl+C ends it.`);
    const stopShowing = show(accessLog);
    await ended;
    stopShowing();
    if (!isAsked)
        throw new Wrong('nginx has ended. What it says stands above.');
}

try {
    await main();
} catch (error) {
    if (!(error instanceof Wrong))
        throw error;
    console.error(`workshop/nginx: ${error.message}`);
    process.exitCode = 1;
}
