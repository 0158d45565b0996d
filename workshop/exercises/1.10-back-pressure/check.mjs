// builds: runnel-server runnel-emulator runnel_e2e

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { check, comes, dialChat, expect, need, startEmulator, startServer, temporaryFolder } from '../../lib/check.mjs';

const look = 'server/chat/chatconnection.cpp, ChatConnection::pump()';
const readers = 8; // that read nothing
const chunks = 120_000;
const size = 8; // characters of a chunk; its frame has some 80 bytes
const kernelBytes = 6e6; // More than Linux itself keeps for a client that does not read.
const longLimit = 60_000; // ms; the long answer takes some seconds
const shortLimit = 10_000; // ms; for a short one meanwhile
const fewBytes = 24e6; // 256 KiB for each reader, and the conversation itself

const megabytes = (bytes) => (bytes / 1e6).toFixed(0);

// Puts together what comes, as a client does it.
class Client {
    text = ''; // of the answer
    ends = 0;
    hasBegun = false;
    socket = null;

    async begin(server, session) {
        this.socket = await dialChat(server, session, { protocol: 'runnel.v1', received: (text) => { this.reduce(JSON.parse(text)); } });
        return this.socket.status === 101 && await comes(() => this.hasBegun || this.socket.isCut) && this.hasBegun;
    }

    reduce(frame) {
        this.hasBegun ||= frame.type === 'snapshot';
        if (frame.type === 'chunk') {
            this.text += frame.content;
        } else if (frame.type === 'complete' || frame.type === 'error') {
            this.ends += 1;
        } else if (frame.type === 'snapshot') {
            const answer = frame.messages.findLast(({ role }) => role === 'model');
            this.text = answer?.content ?? '';
            this.ends = answer && answer.state !== 'running' ? 1 : 0;
        }
    }

    ask(message) {
        this.socket.send({ type: 'message', message, agent: 'default' });
    }
}

// Bytes of the process in memory: now (VmRSS), at most so far (VmHWM).
const memory = async (server, name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(await readFile(`/proc/${server.child.pid}/status`, 'utf8'))[1]) * 1024;

await check(async () => {
    const scenario = join(await temporaryFolder(), 'long.json');
    await writeFile(scenario, JSON.stringify({ name: 'long', pace: { first_token_ms: 0 },
        rules: [{ match: { contains: 'long' }, generate: { chunks, size, rate: 0 } }, { match: {}, answer: 'Hello.' }] }));
    const emulator = await startEmulator({ scenario });
    const server = await startServer({ env: emulator.env });
    need(server.url, { right: 'The server starts.', missing: `The server does not start: ${server.log()}` });

    const silent = Array.from({ length: readers }, () => new Client());
    const asking = new Client();
    const other = new Client();
    const began = await Promise.all([...[...silent, asking].map((client) => client.begin(server, 'shared')), other.begin(server, 'other')]);
    need(began.every(Boolean), { right: `${began.length} clients are connected.`, missing: 'Clients cannot connect any more.', look });
    for (const client of silent)
        client.socket.pause();

    const before = await memory(server, 'VmRSS');
    asking.ask('long');
    await comes(() => asking.socket.bytes > kernelBytes, longLimit / 4);
    const asked = performance.now();
    other.ask('Hello');
    need(await comes(() => other.ends > 0, shortLimit), {
        right: `While ${readers} clients read nothing of a long answer, another one gets its own, in ${((performance.now() - asked) / 1000).toFixed(1)} s.`,
        missing: `${readers} clients read nothing of a long answer, and another one has none after ${shortLimit / 1000} s: the server waits for them.`,
        look: `${look}. All connections share one thread, so nothing in it may wait`,
    });
    await comes(() => asking.ends > 0 || asking.socket.isCut, longLimit);
    need(asking.text.length === chunks * size, {
        right: `Who reads gets the whole long answer, ${megabytes(asking.socket.bytes)} MB of frames.`,
        missing: `Who reads gets ${asking.text.length} of the ${chunks * size} characters of the long answer.`,
        look,
    });
    const more = await memory(server, 'VmHWM') - before;
    expect(more < fewBytes, {
        right: `Those that read nothing cost the server ${megabytes(more)} MB at most.`,
        missing: `Those that read nothing cost the server ${megabytes(more)} MB of memory, and ${megabytes(fewBytes)} MB would be much: `
            + 'what they do not read waits for each of them.',
        look,
    });
    const [late] = silent;
    late.socket.resume();
    await comes(() => late.ends > 0 || late.socket.isCut);
    const part = `${late.text.length} of ${chunks * size} characters`;
    expect(late.text === asking.text, {
        right: 'One of them that reads on gets all of the answer.',
        missing: late.socket.isCut ? `One of them reads on and has been cut off after ${part}: it is to get its answer late, not never.`
            : late.ends ? `One of them reads on and gets an answer with a hole: ${part}.`
                : `One of them reads on and gets ${part}, and then nothing more comes.`,
        look: `${look}: who calls it when a socket has room again, and where m_next stands then`,
    });
});
