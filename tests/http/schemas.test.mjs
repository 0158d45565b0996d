// Both documents are valid; golden frames and the replies of a running server fit them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { loadSchemas } from './schemas.mjs';

const dir = process.env.RUNNEL_API_DIR;
const schemas = loadSchemas(dir);

function golden(name) {
    const cases = JSON.parse(readFileSync(join(process.env.RUNNEL_TEST_DATA, 'frames', name), 'utf8'));
    assert.ok(cases.length > 0);
    return cases;
}

describe('the documents', () => {
    test('openapi.json is valid OpenAPI', async () => {
        const config = await createConfig({ extends: ['recommended'], rules: { 'security-defined': 'error' } });
        const problems = await lintFromString({ source: readFileSync(join(dir, 'openapi.json'), 'utf8'), absoluteRef: 'openapi.json', config });
        assert.deepEqual(problems.map((p) => `${p.ruleId}: ${p.message} ${p.location[0]?.pointer}`), []);
    });

    test('asyncapi.json is valid AsyncAPI', async () => {
        const { document, diagnostics } = await new Parser().parse(readFileSync(join(dir, 'asyncapi.json'), 'utf8'));
        const said = diagnostics.filter((d) => d.severity <= 1).map((d) => `${d.code}: ${d.message} ${d.path.join('/')}`);
        assert.deepEqual(said, []);
        assert.equal(document.info().title(), schemas.asyncapi.info.title);
    });

    test('every example in asyncapi.json fits its schema', () => {
        for (const operation of ['say', 'tell', 'sayV0', 'tellV0']) {
            for (const reference of schemas.asyncapi.operations[operation].messages) {
                const { examples } = schemas.asyncapi.components.messages[reference.$ref.split('/').pop()];
                assert.ok(examples.length > 0);
                for (const { payload } of examples) {
                    const check = operation.startsWith('say') ? schemas.checkClientFrame : schemas.checkServerFrame;
                    check(JSON.stringify(payload), operation.endsWith('V0') ? 'v0' : 'v1');
                }
            }
        }
    });
});

describe('the golden frames', () => {
    for (const [name, dialect] of [['server-v1.json', 'v1'], ['server-v0.json', 'v0']]) {
        for (const { name: what, text } of golden(name)) {
            // A client survives it; this server does not send it.
            if (what.endsWith('of tomorrow'))
                test(`not in the document: ${what}`, () => assert.throws(() => schemas.checkServerFrame(text, dialect)));
            else
                test(`${dialect}: ${what}`, () => schemas.checkServerFrame(text, dialect));
        }
    }
    for (const { name: what, text } of golden('client.json'))
        test(`client: ${what}`, () => schemas.checkClientFrame(text, 'v1'));
    for (const { name: what, text } of golden('client-bad.json'))
        test(`client, refused: ${what}`, () => assert.throws(() => schemas.checkClientFrame(text, 'v1')));
    // The document is strict, so that a frame that drifts away from it is caught.
    for (const { name: what, text } of golden('server-v1-unknown.json'))
        test(`not in the document: ${what}`, () => assert.throws(() => schemas.checkServerFrame(text, 'v1')));
});

describe('a running server', () => {
    let server;
    let base;

    before(async () => {
        server = spawn(process.env.RUNNEL_TEST_SERVER, [], { stdio: ['pipe', 'pipe', 'inherit'] });
        for await (const line of createInterface(server.stdout)) {
            base = /^Listening on (\S+)/.exec(line)?.[1];
            if (base)
                break;
        }
        assert.ok(base, 'the server did not start');
    });

    after(async () => {
        server.stdin.end();
        if (server.exitCode === null)
            await once(server, 'exit');
    });

    const ask = (body, headers = {}) => fetch(`${base}/api/agents/chat`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
    });

    for (const path of ['/api/health', '/api/health/live', '/api/health/ready', '/api/agents/list']) {
        test(`GET ${path}`, async () => {
            const response = await fetch(base + path);
            assert.equal(response.status, 200);
            await schemas.checkReply('GET', path, response);
        });
    }

    test('an answer as a whole', async () => {
        const response = await ask({ message: 'Hi', session_id: 's_1', context: {} });
        assert.equal(response.status, 200);
        const answer = await schemas.checkReply('POST', '/api/agents/chat', response);
        assert.equal(answer.message, 'One two three. Grüße 👋');
        assert.equal(answer.session_id, 's_1');
    });

    test('an answer as a stream', async () => {
        const response = await ask({ message: 'Hi' }, { Accept: 'text/event-stream' });
        assert.equal(response.headers.get('content-type'), 'text/event-stream');
        const frames = schemas.checkEventStream(await response.text());
        assert.deepEqual(frames.map((frame) => frame.type), ['user', 'turn', 'chunk', 'chunk', 'chunk', 'complete']);
    });

    for (const [what, status, request] of [
        ['no JSON', 400, () => ask('hello')],
        ['a message that is a number', 400, () => ask({ message: 1 })],
        ['a form', 415, () => ask('message=Hi', { 'Content-Type': 'application/x-www-form-urlencoded' })],
        ['a foreign page', 403, () => ask({ message: 'Hi' }, { Origin: 'https://evil.example' })],
        ['a message too large', 413, () => ask({ message: 'x'.repeat(70_000) })],
        ['a body too large', 413, () => ask({ message: 'x'.repeat(1_100_000) })],
    ]) {
        test(`a problem: ${what}`, async () => {
            const response = await request();
            assert.equal(response.status, status);
            await schemas.checkReply('POST', '/api/agents/chat', response);
        });
    }

    describe('traces', () => {
        test('the list, a trace in both forms, the clock', async () => {
            const { traces } = await schemas.checkReply('GET', '/api/traces', await fetch(`${base}/api/traces`));
            assert.deepEqual(traces.map(({ session, turn, ending }) => [session, turn, ending]), [['traced', 't1', 'stop']]);
            const path = '/api/traces/{session}/{turn}';
            const trace = await schemas.checkReply('GET', path, await fetch(`${base}/api/traces/traced/t1`));
            assert.equal(trace.frames.find(({ type }) => type === 'chunk').sockets, 1);
            const chrome = await schemas.checkReply('GET', path, await fetch(`${base}/api/traces/traced/t1?format=chrome`));
            assert.ok(chrome.traceEvents.every(({ ph, ts }) => ph === 'M' || ts >= 0));
            const { now_us } = await schemas.checkReply('GET', '/api/traces/clock', await fetch(`${base}/api/traces/clock`));
            assert.ok(Math.abs(now_us / 1000 - Date.now()) < 60_000);
        });

        for (const [what, status, path, headers] of [
            ['a turn that nobody knows', 404, '/api/traces/traced/t2', {}],
            ['a form that there is not', 422, '/api/traces/traced/t1?format=xml', {}],
            ['a foreign page', 403, '/api/traces/traced/t1', { Origin: 'https://evil.example' }],
        ]) {
            test(`a problem: ${what}`, async () => {
                const response = await fetch(base + path, { headers });
                assert.equal(response.status, status);
                await schemas.checkReply('GET', '/api/traces/{session}/{turn}', response);
            });
        }
    });

    describe('conversations', () => {
        const at = '2026-01-31T12:00:00.000Z';
        const file = {
            format: 'runnel-conversation',
            version: 1,
            exported_at: at,
            conversation: {
                title: 'Rivers "of" Europe',
                pinned: true,
                created_at: at,
                updated_at: at,
                active: 'm2',
                messages: [
                    { message_id: 'm1', parent_id: null, role: 'user', content: 'How long is the Danube?', at, id: 'own' },
                    {
                        message_id: 'm2', parent_id: 'm1', role: 'model', content: '2850 km 👋', at, turn: 't1', agent: 'default', model: 'a-model',
                        state: 'done', thoughts: 'Hm.', finish_reason: 'stop', usage: { prompt_tokens: 7 },
                    },
                ],
            },
        };
        const call = async (method, path, { id = '', query = '', body, headers = {} } = {}) => {
            const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
            const response = await fetch(base + path.replace('{id}', id) + query, { method, body: JSON.stringify(body), headers: { ...json, ...headers } });
            return { status: response.status, headers: response.headers, body: await schemas.checkReply(method, path, response) };
        };
        const one = '/api/conversations/{id}';
        let id;

        test('import', async () => {
            const reply = await call('POST', '/api/conversations', { body: file });
            assert.equal(reply.status, 201);
            ({ id } = reply.body);
            assert.equal(reply.headers.get('location'), `/api/conversations/${id}`);
        });
        test('list and search', async () => {
            assert.deepEqual((await call('GET', '/api/conversations')).body.conversations.map((c) => c.id), [id]);
            const { match } = (await call('GET', '/api/conversations', { query: '?q=danube&limit=1' })).body.conversations[0];
            assert.deepEqual(match.ranges.map(([from, to]) => match.text.slice(from, to)), ['Danube']);
        });
        test('change', async () => {
            assert.equal((await call('PATCH', one, { id, body: { title: null, pinned: false } })).body.title, 'How long is the Danube?');
            assert.equal((await call('GET', one, { id })).body.pinned, false);
        });
        test('export', async () => {
            const { body } = await call('GET', `${one}/export`, { id });
            assert.deepEqual(body.conversation.messages, file.conversation.messages);
            const markdown = await call('GET', `${one}/export`, { id, query: '?format=markdown' });
            assert.match(markdown.body, /^# How long is the Danube\?\n/);
        });
        test('delete and restore', async () => {
            assert.equal((await call('DELETE', one, { id })).status, 204);
            assert.equal((await call('GET', one, { id })).status, 404);
            assert.equal((await call('POST', `${one}/restore`, { id })).body.id, id);
        });
        for (const [what, status, method, path, options] of [
            ['a limit too large', 422, 'GET', '/api/conversations', { query: '?limit=201' }],
            ['a foreign page that reads', 403, 'GET', '/api/conversations', { headers: { Origin: 'https://evil.example' } }],
            ['nothing to change', 422, 'PATCH', one, { id: 'x', body: {} }],
            ['one that is not there', 404, 'PATCH', one, { id: 'x', body: { pinned: true } }],
            ['nothing to delete', 404, 'DELETE', one, { id: 'x' }],
            ['nothing to restore', 404, 'POST', `${one}/restore`, { id: 'x' }],
            ['another format', 422, 'GET', `${one}/export`, { id: 'x', query: '?format=pdf' }],
            ['a file of something else', 422, 'POST', '/api/conversations', { body: {} }],
        ]) {
            test(`a problem: ${what}`, async () => assert.equal((await call(method, path, options)).status, status));
        }
    });

    for (const [method, path, status] of [['GET', '/nowhere', 404], ['DELETE', '/api/health', 405], ['GET', '/ws/chat/s', 426]]) {
        test(`a problem: ${method} ${path}`, async () => {
            const response = await fetch(base + path, { method });
            assert.equal(response.status, status);
            assert.equal(response.headers.get('content-type'), 'application/problem+json');
            if (status !== 426)
                await schemas.checkReply(method, path, response);
        });
    }

    test('what it serves is what was checked', async () => {
        assert.deepEqual(await (await fetch(`${base}/openapi.json`)).json(), schemas.openapi);
        assert.deepEqual(await (await fetch(`${base}/asyncapi.json`)).json(), schemas.asyncapi);
    });
});
