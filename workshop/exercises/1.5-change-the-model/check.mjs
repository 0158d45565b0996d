// builds: runnel-server runnel-emulator runnel_e2e

import { join } from 'node:path';

import { check, expect, need, openChat, read, startServer, startWatchedEmulator, tree } from '../../lib/check.mjs';

const file = 'workshop/answers/1.5.env';
const model = 'gemini-pro-latest';

await check(async () => {
    await read(file);
    const emulator = await startWatchedEmulator({ args: ['--tokens-per-second', '0'] });
    const server = await startServer({ env: emulator.env, args: ['--env-file', join(tree, file)] });
    need(server.url, {
        right: 'The server starts with it.',
        missing: `The server does not start with it. It says: ${server.log().trim()}`,
        look: file,
    });
    const chat = await openChat(server, { protocol: 'runnel.v1' });
    const { end, frames } = await chat.ask('Hello');
    const asked = /models\/([^:]+):/.exec(emulator.asked.at(-1)?.path ?? '')?.[1];
    const named = frames.find(({ type }) => type === 'turn')?.model;
    expect(end?.type === 'complete', {
        right: 'An answer comes.',
        missing: `No answer comes: ${end?.error ?? 'nothing came in time'}`,
        look: `${file}, and at the name of the model`,
    });
    expect(asked === model, {
        right: `The model that is asked is ${model}.`,
        missing: `The model that is asked is ${asked ?? 'none'}. It is to be ${model}.`,
        look: `${file}: the setting's name stands in .env.example, and a line that begins with # sets nothing`,
    });
    expect(named === model, {
        right: 'The answer names it.',
        missing: `The answer names the model ${named}.`,
        look: file,
    });
});
