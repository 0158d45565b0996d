// The desktop client's window beside the page: see tests/desktop/windowremote.cpp.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(process.env.RUNNEL_BIN_DIR, '..', 'tests', 'runnel-test-window');

// A build may be without the desktop client.
export const hasWindow = existsSync(program);

// {tell(command, what), close()}: both fail the test when the window does not do what it was told.
export async function openWindow(url, session) {
    const child = spawn(program, [url, session], { stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', QT_QUICK_BACKEND: 'software' } });
    let errors = '';
    child.stderr.on('data', (data) => { errors = (errors + data).slice(-4000); });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
    const tell = async (command, what) => {
        child.stdin.write(`${command} ${what}\n`);
        const { value, done } = await answers.next();
        assert.ok(!done, `the window ended: ${errors}`);
        assert.equal(value, 'ok', `${command} ${what}`);
    };
    const close = async () => {
        child.stdin.end();
        assert.equal(await exited, 0, errors);
    };
    return { tell, close, kill: () => child.kill('SIGKILL') };
}
