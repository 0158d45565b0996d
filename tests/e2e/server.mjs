// Starts what the page talks to: the real runnel-server, on its built-in emulator or on runnel-emulator with a scenario.
// RUNNEL_TEST_URL names a server that runs already (to work on the page); then nothing is started.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binDir = process.env.RUNNEL_BIN_DIR;
const startLimit = 20_000;

// The address that a program prints when it serves.
function listening(program, args, env, cwd) {
    const child = spawn(join(binDir, program), args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data) => { errors = (errors + data).slice(-4000); });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const stop = async (signal = 'SIGTERM') => {
        child.kill(signal);
        await exited;
    };
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${program} does not listen: ${errors}`)), startLimit);
        createInterface(child.stdout).on('line', (line) => {
            const address = /^Listening on (http:\/\/\S+)/.exec(line)?.[1];
            if (address) {
                clearTimeout(timer);
                resolve({ url: address.replace(/\/$/, ''), stop });
            }
        });
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${errors}`)));
    });
}

// {url, stop(), restart(), until()}. `scenario` is an object as emulator/scenarios/*.json hold it; without one the server runs
// its built-in emulator. After restart() the server is at the same address. until(id, fits) waits for a state of that
// conversation, as the server has it.
export async function startServer({ scenario = null, env = {} } = {}) {
    if (process.env.RUNNEL_TEST_URL)
        return { url: process.env.RUNNEL_TEST_URL, stop: async () => {} };
    const folder = await mkdtemp(join(tmpdir(), 'runnel-e2e-'));
    const settings = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warning', ...withoutKeys(), ...env };
    let emulator = null;
    if (scenario) {
        const file = join(folder, 'scenario.json');
        await writeFile(file, JSON.stringify(scenario));
        emulator = await listening('runnel-emulator', ['--port', '0', '--scenario', file], {}, folder);
        Object.assign(settings, { GOOGLE_API_KEY: 'a-key-of-the-emulator', GOOGLE_GEMINI_BASE_URL: emulator.url });
    }
    let server = await listening('runnel-server', [], settings, folder);
    const url = server.url;
    return {
        url,
        stop: async () => {
            await server.stop();
            await emulator?.stop();
            await rm(folder, { recursive: true, force: true });
        },
        until: async (id, fits) => {
            for (const end = Date.now() + startLimit; ;) {
                const response = await fetch(`${url}/api/conversations/${id}/export?format=json`);
                const found = response.ok ? (await response.json()).conversation : null;
                if (found && fits(found))
                    return;
                if (Date.now() > end)
                    throw new Error(`the server does not get there: ${JSON.stringify(found).slice(-500)}`);
                await new Promise((resolve) => { setTimeout(resolve, 50); }); // nothing tells us: it is asked again
            }
        },
        // What happens between the two is up to the caller.
        restart: async (between = async () => {}) => {
            await server.stop('SIGKILL');
            await between();
            server = await listening('runnel-server', [], { ...settings, PORT: new URL(url).port }, folder);
        },
    };
}

// The tests never talk to Gemini, whatever keys the machine has.
function withoutKeys() {
    return { GOOGLE_API_KEY: '', GEMINI_API_KEY: '', GOOGLE_API_KEY_FILE: '', GEMINI_API_KEY_FILE: '', GOOGLE_GEMINI_BASE_URL: '' };
}
