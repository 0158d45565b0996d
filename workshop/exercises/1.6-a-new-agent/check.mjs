// builds: runnel-server runnel-emulator runnel_e2e

import { join } from 'node:path';

import { check, expect, need, openChat, startServer, startWatchedEmulator, tree } from '../../lib/check.mjs';

const look = 'agents/pirate.yaml';
const listLimit = 5000; // ms

await check(async () => {
    const emulator = await startWatchedEmulator({ args: ['--tokens-per-second', '0'] });
    const server = await startServer({ env: { ...emulator.env, AGENTS_DIR: join(tree, 'agents') } });
    const said = server.log().trim().replaceAll(`${tree}/`, '');
    need(server.url, {
        right: 'The server can read all agents.',
        missing: `The server cannot read the agents. It says: ${said}`,
        look: /(agents\/[^\s:]+:\d+)/.exec(said)?.[1] ?? 'the folder agents',
    });
    const list = await fetch(`${server.url}/api/agents/list`, { signal: AbortSignal.timeout(listLimit) });
    const { agents } = await list.json();
    const pirate = agents.find(({ name }) => name === 'pirate');
    need(pirate, {
        right: 'There is an agent pirate.',
        missing: `There is no agent pirate. There are ${agents.map(({ name }) => name).join(', ')}.`,
        look: 'agents, and at the name in your file: the file may be called otherwise, but must end in .yaml',
    });
    expect(pirate.description !== '', {
        right: `It has a description: ${pirate.description}`,
        missing: 'It has no description, so nobody knows what it is good for.',
        look,
    });
    const chat = await openChat(server);
    const { text, end } = await chat.ask('Where is the treasure?', 'pirate');
    expect(end?.type === 'complete' && end.agent === 'pirate' && text !== '', {
        right: 'It answers.',
        missing: `It does not answer: ${end?.error ?? 'nothing came in time'}`,
        look,
    });
    const { body } = emulator.asked.at(-1) ?? {};
    const instruction = body?.systemInstruction?.parts?.map((part) => part.text).join('\n') ?? '';
    expect(/pirate/i.test(instruction), {
        right: 'The model is told to be a pirate.',
        missing: 'The model is not told to be a pirate: the word is not in the instruction that it gets.',
        look: `${look}, the instruction`,
    });
    expect(/\bsentence\b/i.test(instruction), {
        right: 'It is told to answer in one sentence.',
        missing: 'Nothing in the instruction that the model gets says that one sentence is all.',
        look: `${look}, the instruction`,
    });
    const temperature = body?.generationConfig?.temperature;
    expect(temperature === 1.2, {
        right: 'Its temperature is 1.2.',
        missing: temperature === undefined ? 'The model is asked without a temperature.' : `The model is asked with the temperature ${temperature}. It is to be 1.2.`,
        look: `${look}, generate_content_config`,
    });
});
