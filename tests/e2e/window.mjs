// The desktop client's window beside the page: see tests/desktop/windowremote.cpp.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from './lines.mjs';

const program = join(process.env.RUNNEL_BIN_DIR, '..', 'tests', 'runnel-test-window');

// A build may be without the desktop client.
export const hasWindow = existsSync(program);

// {tell(command, what), state(), close(), kill()}: they fail the test when the window does not do what it was told.
export async function openWindow(url, session) {
    const remote = startProgram(program, [url, session], { QT_QPA_PLATFORM: 'offscreen', QT_QUICK_BACKEND: 'software' });
    const tell = async (command, what) => assert.equal(await remote.ask(`${command} ${what}`), 'ok', `${command} ${what}`);
    const state = async () => {
        const answer = await remote.ask('state');
        assert.match(answer, /^ok /);
        return JSON.parse(answer.slice(3));
    };
    return { tell, state, close: remote.close, kill: remote.kill };
}
