import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat } from '../../frontend/js/chat.js';
import { World } from './world.mjs';

const at = '2026-11-23T06:10:32.123Z';
const session = (seq, more) => ({ type: 'session', session: 's', seq, agents: [], model: 'g', limits: { message_bytes: 100, queued_messages: 8 }, demo: false, epoch: 'e1', ...more });
const messages = [
    { message_id: 'm1', parent_id: null, role: 'user', content: 'Hi', at },
    { message_id: 'm2', parent_id: 'm1', role: 'model', content: 'Hel', at, turn: 't1', agent: 'default', model: 'g', state: 'running' },
];
const snapshot = (seq, list = messages) => ({ type: 'snapshot', seq, messages: list, active: list.at(-1)?.message_id ?? null });
const chunk = (seq, content) => ({ type: 'chunk', seq, turn: 't1', content, agent: 'default' });
const complete = (seq) => ({ type: 'complete', seq, turn: 't1', message_id: 'm2', agent: 'default', finish_reason: 'stop', usage: {}, at });

// A page with its conversation shown; the test is the server.
function shown(list = messages) {
    const world = new World();
    world.random = () => 0;
    const conversations = { outbox: () => [], held: () => false, keepOutbox() {} };
    const chat = new Chat(conversations, () => {}, { location: { protocol: 'http:', host: 'localhost:1' }, world });
    const say = (...frames) => frames.forEach((frame) => world.sockets.at(-1).onmessage({ data: JSON.stringify(frame) }));
    const sent = () => world.sockets.at(-1).sent.map((text) => JSON.parse(text));
    const comeBack = () => {
        world.sockets.at(-1).onclose();
        world.pass(60_000);
        world.sockets.at(-1).onopen();
    };
    chat.open('s');
    world.sockets[0].onopen();
    say(session(3, { resumed: false }), snapshot(3, list));
    return { world, chat, say, sent, comeBack };
}
const answered = [messages[0], { ...messages[1], content: 'Hello', state: 'done', finish_reason: 'stop' }];

test('the first connection asks for everything, the next one for what came since', () => {
    const { world, say, comeBack, chat } = shown();
    assert.equal(world.sockets[0].url, 'ws://localhost:1/ws/chat/s');
    say(chunk(4, 'lo'));
    comeBack();
    assert.equal(world.sockets[1].url, 'ws://localhost:1/ws/chat/s?after=4&epoch=e1');
    say(session(5, { resumed: true }), complete(5));
    assert.equal(chat.state.messages[1].content, 'Hello');
});

test('the socket that looks after a silent one asks for what came since, too', () => {
    const { world, say } = shown();
    say(chunk(4, 'lo'));
    world.pass(20_000);
    assert.equal(world.sockets[1].url, 'ws://localhost:1/ws/chat/s?after=4&epoch=e1');
});

test('another epoch is asked for again until its snapshot has come', () => {
    const { world, say, comeBack } = shown();
    comeBack();
    say(session(9, { epoch: 'e2', resumed: false }));
    comeBack();
    assert.match(world.sockets[2].url, /after=3&epoch=e1$/);
    say(session(9, { epoch: 'e2', resumed: false }), snapshot(9));
    comeBack();
    assert.match(world.sockets[3].url, /after=9&epoch=e2$/);
});

test('after a frame that could not be read everything is asked for', () => {
    const { world, say, comeBack } = shown();
    say({ type: 'chunk', seq: 4 });
    comeBack();
    assert.equal(world.sockets[1].url, 'ws://localhost:1/ws/chat/s');
});

const asks = {
    message: [(chat) => chat.send('More', 'poet'), { type: 'message', message: 'More', agent: 'poet' }],
    edit: [(chat) => chat.edit('m1', 'Hi there', 'poet'), { type: 'edit', message_id: 'm1', message: 'Hi there', agent: 'poet' }],
    regenerate: [(chat) => chat.regenerate('m1', 'poet'), { type: 'regenerate', message_id: 'm1', agent: 'poet' }],
    continue: [(chat) => chat.carryOn('m2'), { type: 'continue', message_id: 'm2' }],
};
for (const [kind, [ask, frame]] of Object.entries(asks)) {
    test(`a ${kind} that went with the connection is sent again once all that was missed is there`, () => {
        const { chat, say, sent, comeBack } = shown(answered);
        ask(chat);
        const [{ id, ...first }] = sent();
        assert.deepEqual(first, frame);
        comeBack();
        say(session(4, { resumed: true }));
        assert.deepEqual(sent(), [], 'frame 4 may be it');
        say({ type: 'title', seq: 4, title: 'x' });
        assert.deepEqual(sent(), [{ ...frame, id }]);
    });

    test(`a ${kind} that was taken meanwhile is not sent again`, () => {
        const { chat, say, sent, comeBack } = shown(answered);
        ask(chat);
        const [{ id }] = sent();
        comeBack();
        const taken = kind === 'message' || kind === 'edit'
            ? { type: 'user', seq: 4, message_id: 'm3', parent_id: null, content: 'x', id, at }
            : { type: 'turn', seq: 4, turn: 't2', message_id: 'm3', parent_id: 'm1', agent: 'poet', model: 'g', id, at };
        say(session(4, { resumed: true }), taken);
        assert.deepEqual(sent(), []);
        assert.deepEqual(chat.state.outbox, []);
    });
}

test('a connection that has missed nothing sends at once', () => {
    const { chat, say, sent, comeBack } = shown(answered);
    comeBack();
    chat.send('More', '');
    assert.deepEqual(sent(), []);
    say(session(3, { resumed: true }));
    assert.equal(sent().length, 1);
});

test('who sends something does not wait for the end of a pause', () => {
    const { world, chat, say, sent } = shown(answered);
    world.sockets[0].onclose();
    chat.send('Are you there?', 'default');
    assert.equal(world.sockets.length, 2);
    world.sockets[1].onopen();
    say(session(3, { resumed: true }));
    assert.deepEqual(sent().map(({ message }) => message), ['Are you there?']);
});

test('a second click asks for nothing more', () => {
    const { chat, sent } = shown(answered);
    chat.regenerate('m1', '');
    chat.regenerate('m1', '');
    assert.equal(sent().length, 1);
});

test('a stop is said again to a connection that goes on', () => {
    const { chat, say, sent, comeBack } = shown();
    chat.stop('t1');
    comeBack();
    say(session(3, { resumed: true }));
    assert.deepEqual(sent(), [{ type: 'stop', turn: 't1' }]);
});

// ---- tools

const asking = [messages[0], { ...messages[1], content: '', tools: [{ call: 'c1', tool: 'clock', arguments: {}, agent: 'default', state: 'waiting' }] }];

test('a decision is said once, and not kept for a connection to come', () => {
    const { chat, say, sent, world } = shown(asking);
    chat.decide('c1', 'allow_always');
    chat.decide('c1', 'deny'); // a second click, before the button is seen to be disabled
    assert.deepEqual(sent(), [{ type: 'decide', call: 'c1', decision: 'allow_always' }]);
    assert.deepEqual(chat.state.decided, ['c1']);
    world.sockets.at(-1).onclose();
    assert.deepEqual(chat.state.decided, [], 'nobody knows whether it was heard');
    chat.decide('c1', 'deny');
    world.pass(60_000);
    world.sockets.at(-1).onopen();
    chat.decide('c1', 'deny');
    assert.deepEqual([sent(), chat.synced], [[], false], 'what is shown may be another log');
    say(session(3, { resumed: true }));
    assert.deepEqual([sent(), chat.synced], [[], true]);
    chat.decide('c1', 'deny');
    assert.equal(sent().length, 1);
});

test('a decision that nothing comes after shows that the connection is dead', () => {
    const { chat, world } = shown(asking);
    chat.decide('c1', 'allow');
    world.pass(10_000);
    assert.equal(chat.connected, false);
    assert.deepEqual(chat.state.decided, []);
});
