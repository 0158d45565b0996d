import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../frontend/js/protocol.js';
import { hasText, initialState, Local, reduce, running, siblings, visible } from '../../frontend/js/reducer.js';
import { goldenCases, recordedSessions } from './golden.mjs';

const at = '2026-11-23T06:10:32.123Z';
const run = (frames, state = initialState()) => frames.reduce(reduce, state);
const user = (seq, id, parent, content, own) => ({ type: 'user', seq, message_id: id, parent_id: parent, content, at, ...(own && { id: own }) });
const turn = (seq, name, id, parent) => ({ type: 'turn', seq, turn: name, message_id: id, parent_id: parent, agent: 'default', model: 'g', at });
const chunk = (seq, name, content) => ({ type: 'chunk', seq, turn: name, content, agent: 'default' });
const thought = (seq, name, content) => ({ type: 'thought', seq, turn: name, content, agent: 'default' });
const complete = (seq, name, id, reason, usage = {}) => ({ type: 'complete', seq, turn: name, message_id: id, agent: 'default', finish_reason: reason, usage, at });
const record = (fields) => ({ role: 'model', at, agent: 'default', model: 'g', ...fields });

const call = (seq, name, id, state, given = {}) => ({ type: 'tool_call', seq, turn: name, call: id, tool: 'clock', arguments: given, agent: 'default', state });
const result = (seq, name, id, what) => ({ type: 'tool_result', seq, turn: name, call: id, ms: 12, ...what });
const floor = (seq, name, agent, state, parent) => ({ type: 'agent', seq, turn: name, agent, ...(parent && { parent }), state });
const cited = (seq, name, sources) => ({ type: 'sources', seq, turn: name, sources });
const source = (title) => ({ title, url: 'https://example.org/', spans: [] });

// A conversation with every kind of end, as frames and as the snapshot that a server would give at its end.
const frames = [
    user(1, 'm1', null, 'Hi', 'c-1'),
    turn(2, 't1', 'm2', 'm1'),
    thought(3, 't1', 'Greet '),
    thought(4, 't1', 'back.'),
    chunk(5, 't1', 'Hel'),
    chunk(6, 't1', 'lo'),
    complete(7, 't1', 'm2', 'stop', { prompt_tokens: 7, total_tokens: 12 }),
    user(8, 'm3', 'm2', 'More'),
    turn(9, 't2', 'm4', 'm3'),
    { type: 'retry', seq: 10, turn: 't2', code: 'model_overloaded', error: 'Busy.', retry_after_ms: 4000, attempt: 1 },
    { type: 'error', seq: 11, turn: 't2', code: 'quota_exhausted', error: 'The quota is used up.' },
    user(12, 'm5', 'm4', 'Again'),
    turn(13, 't3', 'm6', 'm5'),
    chunk(14, 't3', 'Half'),
    complete(15, 't3', 'm6', 'stopped'),
    user(16, 'm7', 'm6', 'And?'),
    turn(17, 't4', 'm8', 'm7'),
    { type: 'hologram', seq: 18 },
    chunk(19, 't4', 'Still '),
    chunk(20, 't4', 'going'),
];
const begun = [user(1, 'm1', null, 'Hi'), turn(2, 't1', 'm2', 'm1')];
const snapshot = {
    type: 'snapshot', seq: 20, active: 'm8',
    messages: [
        { message_id: 'm1', parent_id: null, role: 'user', content: 'Hi', at, id: 'c-1' },
        record({ message_id: 'm2', parent_id: 'm1', content: 'Hello', turn: 't1', state: 'done', thoughts: 'Greet back.', finish_reason: 'stop', usage: { prompt_tokens: 7, total_tokens: 12 } }),
        { message_id: 'm3', parent_id: 'm2', role: 'user', content: 'More', at },
        record({ message_id: 'm4', parent_id: 'm3', content: '', turn: 't2', state: 'failed', error: { code: 'quota_exhausted', error: 'The quota is used up.' } }),
        { message_id: 'm5', parent_id: 'm4', role: 'user', content: 'Again', at },
        record({ message_id: 'm6', parent_id: 'm5', content: 'Half', turn: 't3', state: 'stopped', finish_reason: 'stopped', usage: {} }),
        { message_id: 'm7', parent_id: 'm6', role: 'user', content: 'And?', at },
        record({ message_id: 'm8', parent_id: 'm7', content: 'Still going', turn: 't4', state: 'running' }),
    ],
};

test('live frames and a snapshot of the same conversation end in the same state', () => {
    assert.deepEqual(run(frames), run([snapshot]));
});

test('wherever the stream is cut, a snapshot and the frames after it end in the same state', () => {
    const whole = run(frames);
    for (let cut = 0; cut <= frames.length; ++cut) {
        const before = run(frames.slice(0, cut));
        const resumed = run([{ type: 'snapshot', seq: before.seq, messages: before.messages, active: before.active },
            ...frames.slice(cut)]);
        assert.deepEqual(resumed, whole, `cut before frame ${cut + 1}`);
    }
});

test('frames that come twice change nothing', () => {
    const doubled = frames.flatMap((frame, index) => [frame, ...frames.slice(Math.max(0, index - 3), index + 1)]);
    assert.deepEqual(run(doubled), run(frames));
});

test('a snapshot replaces what is shown', () => {
    const state = run([{ type: 'snapshot', seq: 3, messages: [], active: null }], run(frames));
    assert.deepEqual(state.messages, []);
    assert.equal(state.seq, 3);
    assert.equal(state.active, null);
    assert.equal(state.forgotten, true, 'the server had it and has it no more');
});

const empty = { type: 'snapshot', seq: 0, messages: [], active: null };
const another = { ...empty, seq: 1, active: 'm1', messages: [{ message_id: 'm1', parent_id: null, role: 'user', content: 'Hi', at: '2026-11-24T00:00:00.000Z' }] };

test('that the server lost a conversation is said until the person has taken note', () => {
    const lost = run([empty], run(frames));
    assert.equal(lost.forgotten, true);
    assert.equal(run([empty], lost).forgotten, true, 'the connection was lost again');
    assert.equal(run([user(1, 'm1', null, 'More')], lost).forgotten, true, 'a message that waited was taken');
    assert.equal(run([user(1, 'm1', null, 'More'), another], lost).forgotten, true);
    const noted = run([{ type: Local.dismiss }], lost);
    assert.equal(noted.forgotten, false);
    assert.equal(run([empty, user(1, 'm1', null, 'More'), turn(2, 't1', 'm2', 'm1')], noted).forgotten, false);
});

test('who has read that a conversation was deleted, and writes on, is not told once more', () => {
    const deleted = run([{ type: 'error', code: 'unknown_message', error: 'This conversation was deleted.' }, empty], run(frames));
    assert.equal(deleted.forgotten, true);
    const send = { type: Local.send, id: 'i1', content: 'More', agent: 'default', at: another.messages[0].at };
    assert.equal(run([send], deleted).forgotten, false);
    assert.equal(run([send], run([empty], run(frames))).forgotten, true, 'nobody has said it yet');
});

test('a conversation that another took the place of is lost, too', () => {
    assert.equal(run([another], run(frames)).forgotten, true);
    assert.equal(run([snapshot], run(frames)).forgotten, false);
});

test('an empty conversation is lost only if the server had it before', () => {
    const opened = (held) => run([{ type: Local.leave, session: 's', held }, empty]);
    assert.equal(opened(false).forgotten, false);
    assert.equal(run([empty], opened(false)).forgotten, false);
    assert.equal(opened(true).forgotten, true);
    assert.equal(run([{ type: Local.leave, session: 's', held: true }, snapshot]).forgotten, false);
    assert.equal(run([{ type: Local.leave, session: 'other' }], opened(true)).forgotten, false);
});

test('an error and the loss are taken note of one after the other', () => {
    const both = run([empty, { type: 'error', code: 'bad_frame', error: 'No.' }], run(frames));
    const one = run([{ type: Local.dismiss }], both);
    assert.deepEqual([one.notice, one.forgotten], [null, true]);
    assert.equal(run([{ type: Local.dismiss }], one).forgotten, false);
});

test('no state is changed in place', () => {
    const freeze = (value) => {
        if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
            Object.freeze(value);
            Object.values(value).forEach(freeze);
        }
        return value;
    };
    let state = freeze(initialState());
    const more = [floor(21, 't4', 'a', 'started'), floor(22, 't4', 'a', 'finished'), call(23, 't4', 'c1', 'waiting'), decided,
        call(24, 't4', 'c1', 'running'), result(25, 't4', 'c1', { content: 'x' }), cited(26, 't4', [source('A')]), cited(27, 't4', [])];
    for (const frame of [...frames, ...more, snapshot])
        state = freeze(reduce(state, freeze(structuredClone(frame))));
    assert.equal(state.messages.length, 8);
});

test('an unknown type only advances seq', () => {
    const before = run(frames.slice(0, 5));
    const after = reduce(before, { type: 'unknown', seq: 6 });
    assert.deepEqual({ ...after, seq: before.seq }, before);
    assert.equal(after.seq, 6);
});

test('a chunk of a turn that is not known is passed over', () => {
    const state = run([...frames.slice(0, 7), chunk(8, 't99', 'x')]);
    assert.equal(state.messages.at(-1).content, 'Hello');
    assert.equal(state.seq, 8);
});

test('a retry shows until the turn goes on or ends', () => {
    const until = (count) => run(frames.slice(0, count)).retry;
    assert.equal(until(9), null);
    assert.equal(until(10).attempt, 1);
    assert.equal(until(11), null);
});

test('a snapshot that brings nothing new leaves a countdown running, one that does ends it', () => {
    const retrying = run(frames.slice(0, 10));
    const again = (seq) => run([{ type: 'snapshot', seq, messages: retrying.messages, active: retrying.active }], retrying);
    assert.deepEqual(again(10).retry, retrying.retry);
    assert.equal(again(11).retry, null);
});

const retry = (seq) => ({ type: 'retry', seq, turn: 't1', code: 'model_overloaded', error: 'Busy.', retry_after_ms: 4000, attempt: 1 });

test('what an answer calls, rests on and who speaks in it are signs of life', () => {
    const frames = [floor(4, 't1', 'a', 'started'), call(4, 't1', 'c1', 'running'), result(4, 't1', 'c1', { content: '' }), cited(4, 't1', [])];
    for (const frame of frames)
        assert.equal(run([...begun, retry(3), frame]).retry, null, frame.type);
});

test('an agent that takes the floor again is there once, with who gave it', () => {
    const { agents } = run([...begun, floor(3, 't1', 'a', 'started'), floor(4, 't1', 'b', 'started', 'a'), floor(5, 't1', 'b', 'finished', 'a'),
        floor(6, 't1', 'b', 'started')]).messages[1];
    assert.deepEqual(agents, [{ agent: 'a', state: 'started' }, { agent: 'b', parent: 'a', state: 'started' }]);
});

test('an agent that leaves without having come is none', () => {
    assert.equal('agents' in run([...begun, floor(3, 't1', 'a', 'finished')]).messages[1], false);
});

test('a call that failed and is called again keeps what came of it, until something else does', () => {
    const failed = run([...begun, call(3, 't1', 'c1', 'running'), result(4, 't1', 'c1', { error: 'No.' })]);
    const again = run([call(5, 't1', 'c1', 'waiting', { a: 1 })], failed);
    assert.deepEqual(again.messages[1].tools, [{ call: 'c1', tool: 'clock', arguments: { a: 1 }, agent: 'default', state: 'waiting', error: 'No.', ms: 12 }]);
    const done = run([result(6, 't1', 'c1', { content: 'Yes.' })], again);
    assert.deepEqual(done.messages[1].tools, [{ call: 'c1', tool: 'clock', arguments: { a: 1 }, agent: 'default', state: 'done', content: 'Yes.', ms: 12 }]);
});

test('fields that became empty are not there, as in a snapshot', () => {
    const state = run([...begun, cited(3, 't1', [source('A')]), cited(4, 't1', []), call(5, 't1', 'c1', 'running'), result(6, 't1', 'c1', { content: '' })]);
    assert.equal('sources' in state.messages[1], false);
    assert.equal('content' in state.messages[1].tools[0], false);
});

test('an answer that goes on keeps its agents, tools and sources', () => {
    const stopped = run([...begun, floor(3, 't1', 'a', 'started'), call(4, 't1', 'c1', 'waiting'), cited(5, 't1', [source('A')]), complete(6, 't1', 'm2', 'stopped')]);
    const { agents, tools, sources } = stopped.messages[1];
    assert.equal(tools[0].state, 'unfinished');
    const on = run([turn(7, 't2', 'm2', 'm1'), call(8, 't2', 'c2', 'running')], stopped).messages[1];
    assert.deepEqual([on.agents, on.tools[0], on.sources], [agents, tools[0], sources]);
    assert.equal(on.tools.length, 2);
});

const decided = { type: Local.decided, call: 'c1' };

test('a decision is on its way until the call goes on, or the server refuses, or the connection goes', () => {
    const waiting = run([...begun, call(3, 't1', 'c1', 'waiting'), call(4, 't1', 'c2', 'waiting'), decided]);
    assert.deepEqual(waiting.decided, ['c1']);
    const after = (frame) => run([frame], waiting).decided;
    assert.deepEqual(after(decided), ['c1']);
    assert.deepEqual(after(chunk(5, 't1', 'x')), ['c1']);
    assert.deepEqual(after(call(5, 't1', 'c2', 'running')), ['c1']);
    const ends = { allowed: call(5, 't1', 'c1', 'running'), denied: result(5, 't1', 'c1', { error: 'No.' }), refused: { type: 'error', code: 'bad_frame', error: 'No.' },
        lost: { type: Local.unsent }, 'shown anew': { type: 'snapshot', seq: 5, messages: waiting.messages, active: 'm2' } };
    for (const [name, frame] of Object.entries(ends))
        assert.deepEqual(after(frame), [], name);
});

test('golden: of siblings only the branch of the active leaf is visible', () => {
    const golden = goldenCases('server-v1.json').find(({ name }) => name === 'snapshot with every kind of message');
    const state = reduce(initialState(), decode(golden.text));
    assert.equal(state.messages.length, 5);
    assert.deepEqual(visible(state).map((message) => message.message_id), ['m1', 'm2', 'm3', 'm5']);
    assert.equal(running(state).turn, 't3');
});

test('a parent that is its own child does not hang the page', () => {
    const state = run([user(1, 'm1', 'm1', 'Hi')]);
    assert.ok(visible(state).length <= 2);
});

test('golden: every frame goes through the reducer', () => {
    const state = run(goldenCases('server-v1.json').map(({ text }) => decode(text)));
    assert.equal(state.demo, true);
});

const typed = { type: Local.send, id: 'c-9', content: 'Typed', agent: 'default', at };

test('a message is queued until its user frame comes', () => {
    let state = run([typed]);
    assert.equal(state.outbox.length, 1);
    state = run([{ type: Local.sent, id: 'c-9' }], state);
    assert.equal(state.outbox[0].sent, true);
    state = run([user(1, 'm1', null, 'Typed', 'c-9')], state);
    assert.equal(state.outbox.length, 0);
    assert.equal(visible(state)[0].content, 'Typed');
});

test('a message that went with the connection is sent again, unless the snapshot has it', () => {
    const sent = run([typed, { type: Local.sent, id: 'c-9' }, { type: Local.unsent }]);
    assert.equal(sent.outbox[0].sent, false);
    const known = [{ message_id: 'm1', parent_id: null, role: 'user', content: 'Typed', at, id: 'c-9' }];
    assert.equal(run([{ type: 'snapshot', seq: 1, messages: known, active: 'm1' }], sent).outbox.length, 0);
    assert.equal(run([{ type: 'snapshot', seq: 0, messages: [], active: null }], sent).outbox.length, 1);
});

test('a refusal stands beside its own message', () => {
    const state = run([typed, { type: 'error', id: 'c-9', code: 'queue_full', error: 'Eight wait.' }]);
    assert.deepEqual(state.outbox[0].error, { code: 'queue_full', error: 'Eight wait.' });
    assert.equal(state.notice, null);
});

test('a message that a closing server refuses waits for the next one', () => {
    const state = run([typed, { type: Local.sent, id: 'c-9' }, { type: 'error', id: 'c-9', code: 'interrupted', error: 'Restarting.' }]);
    assert.equal(state.outbox[0].sent, false);
    assert.equal(state.outbox[0].error, null);
});

test('an error that belongs to no message is a notice, until the next message is taken', () => {
    const state = run([{ type: 'error', code: 'bad_frame', error: 'No.' }]);
    assert.equal(state.notice.error, 'No.');
    assert.equal(run([user(1, 'm1', null, 'x')], state).notice, null);
});

test('a regenerate that is refused has no row: the refusal is a notice', () => {
    const asked = run([{ type: Local.send, id: 'c-9', kind: 'regenerate', message_id: 'm1', at }], run(frames));
    const state = run([{ type: 'error', id: 'c-9', code: 'queue_full', error: 'Eight wait.' }], asked);
    assert.deepEqual(state.outbox, []);
    assert.equal(state.notice.code, 'queue_full');
});

test('an edit that is refused keeps its text', () => {
    const asked = run([{ type: Local.send, id: 'c-9', kind: 'edit', message_id: 'm1', content: 'Hi there', at }], run(frames));
    const state = run([{ type: 'error', id: 'c-9', code: 'unknown_message', error: 'No such message.' }], asked);
    assert.equal(state.outbox[0].content, 'Hi there');
    assert.equal(state.outbox[0].error.code, 'unknown_message');
});

test('an answer that goes on forgets how it ended before', () => {
    const ended = run([{ type: 'error', seq: 21, turn: 't4', code: 'model_error', error: 'No.' }], run(frames));
    const on = run([{ ...turn(22, 't5', 'm8', 'm7'), id: 'c-9', at: '2026-11-24T00:00:00.000Z' }], ended);
    assert.deepEqual(on.messages.at(-1), record({ message_id: 'm8', parent_id: 'm7', content: 'Still going', turn: 't5', state: 'running', id: 'c-9' }));
});

// The end of a recorded session in the words of its file: empty fields are left out, our own messages stand last.
function recorded(state) {
    const filled = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));
    const places = siblings(state);
    const others = ({ parent_id }) => (places.get(parent_id).length > 1 ? places.get(parent_id) : undefined);
    const taken = visible(state).map((message) => ({
        ...filled({
            message_id: message.message_id, id: message.id, turn: message.turn, agent: message.agent, state: message.state,
            thoughts: message.thoughts, agents: message.agents, tools: message.tools, sources: message.sources, finish_reason: message.finish_reason, code: message.error?.code, error: message.error?.error,
            usage: message.usage, siblings: others(message),
            retrying: message.turn !== undefined && state.retry?.turn === message.turn ? state.retry.error : undefined,
        }),
        role: message.role,
        content: message.content,
    }));
    const own = state.outbox.filter(hasText).map(({ id, kind, message_id, content, error }) => ({
        role: 'user', content, id, delivery: error ? 'refused' : 'pending', ...(kind === 'edit' && { edits: message_id }),
        ...(error && { code: error.code, error: error.error }),
    }));
    const waiting = state.outbox.filter((item) => !hasText(item)).map(({ id }) => id);
    return { seq: state.seq, live: running(state)?.turn ?? null, demo: state.demo, agents: state.agents.map(({ name }) => name),
        title: state.title, epoch: state.epoch, ...(waiting.length > 0 && { waiting }), messages: [...taken, ...own] };
}

// What the README of the recorded sessions says must hold.
for (const { name, about, outgoing = [], frames: texts, snapshots = [], state } of recordedSessions()) {
    const all = texts.map((text) => decode(text));
    const ours = outgoing.map(({ id, type, message_id, message }) => (
        { type: Local.send, id, kind: type, message_id, content: message, agent: '', at }));
    const after = (list, first = ours) => recorded(run([...first, ...list]));

    test(`recorded: ${name}: ${about}`, () => assert.deepEqual(after(all), state));

    test(`recorded: ${name}: doubled`, () => assert.deepEqual(after(all.flatMap((frame) => [frame, frame])), state));

    test(`recorded: ${name}: cut`, () => {
        for (let k = 0; k <= all.length; ++k) {
            const first = all.slice(0, k).findLastIndex(({ type }) => type === 'session' || type === 'snapshot');
            for (let j = Math.max(0, first); j <= k; ++j)
                assert.deepEqual(after([...all.slice(0, k), ...all.slice(j)]), state, `${k} frames, then from ${j} on`);
        }
    });

    test(`recorded: ${name}: a snapshot in between`, () => {
        const { messages, ...rest } = state;
        const view = ({ messages: rows, seq, live, title, epoch }) => ({ messages: rows.filter((row) => !row.delivery), seq, live, title, epoch });
        for (const { after: place, text } of snapshots) {
            const [before, later] = [all.slice(0, place), all.slice(place)];
            assert.deepEqual(after([...before, decode(text), ...later]), state, `after ${place}`);
            assert.deepEqual(view(after([all[0], decode(text), ...later], [])), view({ messages, ...rest }), `from ${place} on`);
        }
    });

    test(`recorded: ${name}: resumed`, () => {
        for (let k = 0; k <= all.length; ++k) {
            const before = all.slice(0, k);
            const newest = before.findLast(({ type }) => type === 'session' || type === 'snapshot');
            const session = before.findLast(({ type }) => type === 'session');
            if (newest?.type === 'snapshot' || newest?.resumed)
                assert.deepEqual(after([...before, { ...session, resumed: true }, ...all.slice(k)]), state, `after ${k}`);
        }
    });
}
