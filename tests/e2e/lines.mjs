// A program of ours that is told what to do by its standard input, a line a command, and answers each with a line.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// {next(), ask(line), close(), kill()}: next() gives what it says by itself; ask() what it says to a line; close() ends its input
// and fails the test when it does not end well.
export function startProgram(program, args, env = {}) {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let errors = '';
    child.stderr.on('data', (data) => { errors = (errors + data).slice(-4000); });
    const exited = new Promise((resolve) => { child.once('exit', resolve); });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => {
        const { value, done } = await lines.next();
        assert.ok(!done, `${program} ended: ${errors}`);
        return value;
    };
    const ask = (line) => {
        child.stdin.write(`${line}\n`);
        return next();
    };
    const close = async () => {
        child.stdin.end();
        assert.equal(await exited, 0, errors);
    };
    return { next, ask, close, kill: () => child.kill('SIGKILL') };
}
