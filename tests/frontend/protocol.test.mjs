import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import {
    chatUrl, decode, encodeContinue, encodeDecide, encodeEdit, encodeMessage, encodeRegenerate, encodeSelect, encodeStop, isId, newId,
} from '../../frontend/js/protocol.js';
import { goldenCases } from './golden.mjs';

for (const { name, text } of goldenCases('server-v1.json')) {
    test(`golden: ${name} is decoded without a loss`, () => {
        const frame = decode(text);
        assert.ok(frame, 'it is a frame');
        assert.equal(JSON.stringify(frame), text);
    });
}

for (const { name, text } of goldenCases('server-v1-unknown.json')) {
    test(`golden: ${name}`, () => {
        const frame = decode(text);
        assert.equal(frame.seq, JSON.parse(text).seq);
        assert.ok(!('colour' in frame) && !('depth' in frame));
    });
}

const encoders = {
    message: ({ message, ...rest }) => encodeMessage({ content: message, ...rest }),
    stop: ({ turn }) => encodeStop(turn),
    regenerate: encodeRegenerate,
    edit: ({ message, ...rest }) => encodeEdit({ content: message, ...rest }),
    continue: encodeContinue,
    select: ({ message_id }) => encodeSelect(message_id),
    decide: encodeDecide,
};

for (const { name, text, canonical } of goldenCases('client.json').filter((one) => one.canonical)) {
    test(`golden: the page writes ${name} as the server expects it`, () => {
        assert.ok(canonical);
        const frame = JSON.parse(text);
        assert.equal(encoders[frame.type](frame), text);
    });
}

const refused = {
    'no JSON': 'hello',
    'nothing': '',
    'an array': '["chunk"]',
    'null': 'null',
    'a frame without a type': '{"seq":1}',
    'a type that is a number': '{"type":1}',
    'a chunk without its content': '{"type":"chunk","seq":1,"turn":"t1","agent":"default"}',
    'a chunk whose content is a number': '{"type":"chunk","seq":1,"turn":"t1","content":1,"agent":"default"}',
    'a negative seq': '{"type":"chunk","seq":-1,"turn":"t1","content":"x","agent":"default"}',
    'a seq that is a text': '{"type":"chunk","seq":"1","turn":"t1","content":"x","agent":"default"}',
    'a snapshot with a message that is none': '{"type":"snapshot","seq":1,"messages":[{"message_id":"m1"}],"active":null}',
    'a tool call whose arguments are a list': '{"type":"tool_call","seq":1,"turn":"t","call":"c","tool":"x","arguments":[],"agent":"a","state":"running"}',
    'a tool call without arguments': '{"type":"tool_call","seq":1,"turn":"t","call":"c","tool":"x","agent":"a","state":"running"}',
    'a result of nothing': '{"type":"tool_result","seq":1,"turn":"t","call":"c","ms":1}',
    'a result that took less than no time': '{"type":"tool_result","seq":1,"turn":"t","call":"c","content":"","ms":-1}',
    'a source without spans': '{"type":"sources","seq":1,"turn":"t","sources":[{"title":"","url":""}]}',
    'a span that ends nowhere': '{"type":"sources","seq":1,"turn":"t","sources":[{"title":"","url":"","spans":[{"start":0}]}]}',
    'a negative cost': '{"type":"complete","seq":1,"turn":"t","message_id":"m","agent":"a","finish_reason":"stop","usage":{"cost_usd":-1},"at":"x"}',
    'a cost without end': '{"type":"complete","seq":1,"turn":"t","message_id":"m","agent":"a","finish_reason":"stop","usage":{"cost_usd":1e999},"at":"x"}',
    'usage that is a list': '{"type":"complete","seq":1,"turn":"t","message_id":"m","agent":"a","finish_reason":"stop","usage":[],"at":"x"}',
};
for (const [name, text] of Object.entries(refused))
    test(`${name} is no frame`, () => assert.equal(decode(text), null));

test('the arguments of a tool stay as they came', () => {
    const given = { __proto__: null, type: 'x', deep: [{ a: null }, 1.5, 'ü'], toString: 1 };
    const { arguments: got } = decode(JSON.stringify({ type: 'tool_call', seq: 1, turn: 't', call: 'c', tool: 'x', arguments: given, agent: 'a', state: 's' }));
    assert.deepEqual({ ...got }, { ...given });
});

test('a type that is a property of every object is only an unknown type', () => {
    assert.deepEqual(decode('{"type":"constructor","seq":3}'), { type: 'unknown', seq: 3 });
    assert.deepEqual(decode('{"type":"__proto__"}'), { type: 'unknown', seq: 0 });
});

test('ids have 128 random bits in characters that a session id may have', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId(webcrypto)));
    assert.equal(ids.size, 1000);
    for (const id of ids) {
        assert.equal(id.length, 22);
        assert.ok(isId(id), id);
    }
    const zeros = newId({ getRandomValues: (bytes) => bytes.fill(0) });
    const ones = newId({ getRandomValues: (bytes) => bytes.fill(255) });
    assert.equal(zeros, 'A'.repeat(22));
    assert.equal(ones, `${'_'.repeat(21)}w`);
});

test('the socket goes to the host that served the page, encrypted when the page was', () => {
    assert.equal(chatUrl({ protocol: 'http:', host: 'pi.local:8000' }, 'a_b-1'), 'ws://pi.local:8000/ws/chat/a_b-1');
    assert.equal(chatUrl({ protocol: 'https:', host: 'chat.example' }, 'x'), 'wss://chat.example/ws/chat/x');
});
