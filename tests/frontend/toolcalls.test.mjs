// What is shown of an answer's tool calls, agents and sources; whatever a model, a tool or a site wrote.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, inLines, inOneLine } from '../../frontend/js/bounded.js';
import {
    argumentLine, askedAloud, askWords, callParts, callState, floorOf, hasOpenCall, progressOf, sourceOf, toolName,
} from '../../frontend/js/toolcalls.js';
import { cost } from './cost.mjs';

const use = (state, more = {}) => ({ call: 'c1', tool: 'clock', arguments: {}, agent: 'default', state, ...more });
const answer = (tools, state = 'running') => ({ agent: 'default', state, tools });

// ---- states

const states = {
    waiting: ['waiting Waiting', 'unfinished Not finished'],
    running: ['running Running', 'unfinished Not finished'],
    unfinished: ['unfinished Not finished', 'unfinished Not finished'],
    queued: ['running queued', 'unfinished Not finished'], // of tomorrow
    done: ['done Done', 'done Done'],
    failed: ['failed Failed', 'failed Failed'],
};
for (const [state, wanted] of Object.entries(states)) {
    test(`a call that is ${state}, while its answer runs and afterwards`, () => {
        const told = [true, false].map((isRunning) => callState(use(state), isRunning)).map(({ kind, words }) => `${kind} ${words}`);
        assert.deepEqual(told, wanted);
    });
}

test('only an end has a time', () => {
    assert.equal(callState(use('done', { ms: 231 }), true).time, '231\u00a0ms');
    assert.equal(callState(use('failed', { ms: 0 }), false).time, '0\u00a0ms');
    assert.equal(callState(use('running', { ms: 5 }), true).time, '', 'it was called again');
});

test('a model that waits for a tool does not think', () => {
    assert.equal(hasOpenCall({}), false);
    assert.equal(hasOpenCall(answer([use('done'), use('failed'), use('unfinished')])), false);
    assert.equal(hasOpenCall(answer([use('done'), use('queued')])), true);
});

test('the same calls in the same states are nothing new', () => {
    assert.equal(progressOf(undefined), progressOf(answer([])));
    assert.equal(progressOf(answer([use('done')])), progressOf(answer([{ ...use('done') }])));
    assert.notEqual(progressOf(answer([use('running')])), progressOf(answer([use('done')])));
});

// ---- what is said

test('that a tool waits is said once, with all that wait', () => {
    const one = answer([use('waiting')]);
    const two = answer([use('waiting'), use('waiting', { call: 'c2', tool: 'delete' })]);
    assert.equal(askedAloud(undefined, one), 'default wants to use the tool clock. Allow?');
    assert.equal(askedAloud(one, one), '');
    assert.equal(askedAloud(one, structuredClone(one)), '', 'a snapshot of the same');
    assert.equal(askedAloud(one, two), 'default wants to use 2 tools: clock, delete. Allow?');
    assert.equal(askedAloud(two, one), '');
    assert.equal(askedAloud(answer([use('waiting')]), answer([use('running')])), '');
    assert.equal(askedAloud(undefined, answer([use('waiting')], 'stopped')), '');
    assert.equal(askedAloud(undefined, {}), '');
    const many = answer(Array.from({ length: 9 }, (_, index) => use('waiting', { call: `c${index}` })));
    assert.equal(askedAloud(undefined, many), 'default wants to use 9 tools: clock, clock, clock, …. Allow?');
});

test('names are short and never missing', () => {
    assert.equal(toolName({ tool: '' }), 'tool');
    assert.equal(toolName({ tool: 'x'.repeat(5000) }).length, 121);
    assert.equal(askWords({ agent: '' }), 'The model wants to use this tool.');
});

// ---- arguments

const lines = {
    'nothing': [{}, ''],
    'every kind of value': [{ a: 'x', b: 1.5, c: true, d: null, e: [], f: {}, g: [1, 'y'], h: { i: [2] } },
        'a: "x", b: 1.5, c: true, d: null, e: [], f: {}, g: [1, "y"], h: {"i": [2]}'],
    'a text that would look like another argument': [{ path: 'a", force: true, x: "' }, 'path: "a\\", force: true, x: \\""'],
    'a name that would': [{ 'a: 1, b': 2 }, '"a: 1, b": 2'],
    'more than a line': [{ text: 'one\ntwo\u0000' }, 'text: "one\\ntwo\\u0000"'],
    'signs that turn the order': [{ path: 'a\u202etxt.exe\u2069' }, 'path: "a\\u202etxt.exe\\u2069"'],
    'marks that would, too': [{ path: '\u200f1\u061c2\u200e' }, 'path: "\\u200f1\\u061c2\\u200e"'],
    'right to left beyond the first plane': [{ a: '𞤀' }, 'a: "𞤀"\u200e'],
    'right to left': [{ שם: 'נהר', a: 'b' }, '"שם"\u200e: "נהר"\u200e, a: "b"'],
};
for (const [name, [given, wanted]] of Object.entries(lines))
    test(`arguments in a line: ${name}`, () => assert.equal(argumentLine(use('running', { arguments: given })), wanted));

test('a line ends after 200 characters and not within a sign', () => {
    const line = argumentLine(use('running', { arguments: { text: 'x'.repeat(5000) } }));
    assert.equal(line.length, 201);
    assert.ok(line.endsWith('x…'));
    assert.equal(cut('ab😀', 3), 'ab…');
    assert.equal(cut('ab😀', 4), 'ab😀');
});

test('arguments in lines are JSON as everybody writes it', () => {
    const given = { text: 'a"\n', list: [1, [], { x: null }], none: {}, deep: { deeper: [true, ['x']] } };
    assert.equal(inLines(given, 1000), JSON.stringify(given, null, 2));
});

const huge = {
    'one text': { text: 'x'.repeat(2_000_000) },
    'many names': Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`name${index}`, index])),
    'a long list': { list: Array.from({ length: 300_000 }, (_, index) => index) },
    'a deep one': JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
};
for (const [name, given] of Object.entries(huge)) {
    test(`huge arguments cost what is shown of them: ${name}`, () => {
        assert.ok(inOneLine(given, 200).length <= 201);
        assert.ok(inLines(given, 100_000).length <= 100_001);
        const took = cost(() => { inOneLine(given, 200); inLines(given, 100_000); });
        assert.ok(took < 200, `${took.toFixed(0)} ms`);
    });
}

// ---- what a card opens to

const opened = (state, more) => callParts(use(state, more)).map(({ name, text, note }) => [name, text, note]);

test('a card opens to input and output', () => {
    assert.deepEqual(opened('running', { arguments: { a: 1 } }), [['Input', '{\n  "a": 1\n}', '']]);
    assert.deepEqual(opened('done', { content: '06:10' }), [['Input', '', 'No arguments.'], ['Output', '06:10', '']]);
    assert.deepEqual(opened('done')[1], ['Output', '', 'Nothing came back.']);
    assert.deepEqual(opened('failed', { error: 'No.' })[1], ['Error', 'No.', '']);
    assert.equal(opened('failed').length, 1);
});

test('of a long text the beginning is shown, and that it is the beginning', () => {
    const [[, input, inputNote], [, output, outputNote]] = opened('done', { arguments: { text: 'x'.repeat(300_000) }, content: 'y'.repeat(300_000) });
    assert.deepEqual([input.length, output.length], [100_001, 100_001]);
    assert.deepEqual(new Set([inputNote, outputNote]), new Set(['Only the first 100,000 characters are shown.']));
});

// ---- agents

test('one agent alone has the floor without a word', () => {
    assert.equal(floorOf({ state: 'running' }), null);
    assert.equal(floorOf({ state: 'running', agents: [{ agent: 'a', state: 'started' }] }), null);
});

test('agents stand in the order in which they came, and who speaks is known while the answer runs', () => {
    const agents = [{ agent: 'poet', state: 'started' }, { agent: 'critic', parent: 'poet', state: 'finished' }];
    const names = (state) => floorOf({ state, agents }).names.map(({ name, speaks }) => `${name}${speaks ? '!' : ''}`);
    assert.deepEqual(names('running'), ['poet!', 'critic']);
    assert.deepEqual(names('stopped'), ['poet', 'critic']);
    const many = floorOf({ state: 'done', agents: Array.from({ length: 20 }, (_, index) => ({ agent: `a${index}`, state: 'finished' })) });
    assert.deepEqual([many.names.length, many.more], [8, 12]);
});

// ---- sources

const sources = {
    'with a title': [['Rivers', 'https://www.example.org/a?b'], ['Rivers', 'www.example.org', 'https://www.example.org/a?b']],
    'without one': [[' ', 'http://example.org:81/a'], ['example.org:81', '', 'http://example.org:81/a']],
    'whose title is its host': [['example.org', 'https://example.org/x'], ['example.org', '', 'https://example.org/x']],
    'that poses as another host': [['bank.example', 'https://bank.example@evil.example/'], ['bank.example', 'evil.example', 'https://bank.example@evil.example/']],
    'that is a script': [['Rivers', 'javascript:alert(1)'], ['Rivers', '', '']],
    'that is a script in disguise': [['', ' java\nscript:alert(1)'], ['java\nscript:alert(1)', '', '']],
    'that is a mail': [['', 'mailto:a@example.org'], ['mailto:a@example.org', '', '']],
    'without a scheme': [['', 'example.org/a'], ['example.org/a', '', '']],
    'of a place that is none': [['', 'https://'], ['https://', '', '']],
    'of nothing': [['', ''], ['No title', '', '']],
};
for (const [name, [[title, url], wanted]] of Object.entries(sources)) {
    test(`a source ${name}`, () => {
        const shown = sourceOf({ title, url, spans: [] });
        assert.deepEqual([shown.title, shown.host, shown.url], wanted);
    });
}

test('a source with a long title or address is cut', () => {
    const { title, url } = sourceOf({ title: 'x'.repeat(10_000), url: 'https://example.org/' });
    assert.deepEqual([title.length, url], [201, 'https://example.org/']);
    assert.equal(sourceOf({ title: '', url: `data:${'x'.repeat(10_000)}` }).title.length, 201);
});
