import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, Connection, Phase } from '../../frontend/js/connection.js';
import { World } from './world.mjs';

function opened(random = () => 0) {
    const world = new World();
    world.random = random;
    const frames = [];
    const phases = [];
    let asked = 0;
    const connection = new Connection(() => `ws://host/ws/chat/x?${asked++}`, {
        onFrame: (text) => frames.push(text), onState: ({ phase }) => phases.push(phase),
        onRenewed: () => frames.push('renewed'), world,
    });
    connection.open();
    return { world, frames, phases, connection };
}

// In the middle of an answer.
function answering(random) {
    const all = opened(random);
    all.world.sockets[0].onopen();
    all.world.sockets[0].onmessage({ data: 'hello' });
    all.connection.expect(true);
    return all;
}

test('it asks for the subprotocol and says what it does', () => {
    const { world, phases, frames } = opened();
    assert.deepEqual(world.sockets[0].protocols, ['runnel.v1']);
    world.sockets[0].onopen();
    world.sockets[0].onmessage({ data: 'frame' });
    assert.deepEqual(phases, [Phase.connecting, Phase.connected]);
    assert.deepEqual(frames, ['frame']);
});

test('each socket asks for the address anew, the one that looks after a silent one too', () => {
    const { world } = answering();
    world.pass(20_000);
    world.sockets[1].onmessage({ data: 'session' });
    world.sockets[1].onclose();
    world.pass(250);
    const asked = world.sockets.map(({ url }) => Number(url.split('?')[1]));
    assert.equal(asked.length, 3);
    assert.ok(asked[0] < asked[1] && asked[1] < asked[2], `${asked}`);
});

test('a lost connection comes back after the pause, and says when', () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    world.sockets[0].onclose();
    assert.equal(connection.state.phase, Phase.waiting);
    assert.equal(connection.state.retryAt, world.time + 250);
    world.pass(249);
    assert.equal(world.sockets.length, 1);
    world.pass(1);
    assert.equal(connection.state.phase, Phase.retrying);
    world.sockets[1].onopen();
    assert.equal(connection.state.phase, Phase.connected);
});

test('the pause doubles to half a minute, and half of it is chance', () => {
    const lower = [0, 1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => backoff(attempt, () => 0));
    assert.deepEqual(lower, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
    assert.equal(backoff(0, () => 1), 500);
    assert.equal(backoff(60, () => 1), 30_000);
});

test('a handshake that does not end is given up', () => {
    const { world, connection } = opened();
    world.pass(10_000);
    assert.equal(world.sockets[0].closed, true);
    assert.equal(connection.state.phase, Phase.waiting);
});

test('a server that takes and drops connections at once is asked less and less often', () => {
    const { world, connection } = opened();
    const pauses = [];
    for (let round = 0; round < 4; ++round) {
        world.sockets.at(-1).onopen();
        world.sockets.at(-1).onclose();
        pauses.push(connection.state.retryAt - world.time);
        world.pass(pauses.at(-1));
    }
    assert.deepEqual(pauses, [250, 500, 1000, 2000]);
});

test('only a server from which nothing comes is one that does not answer', () => {
    const { world, connection } = opened();
    for (const _ of [1, 2, 3]) {
        world.sockets.at(-1).onopen();
        world.sockets.at(-1).onmessage({ data: 'session' });
        world.sockets.at(-1).onclose();
        assert.equal(connection.state.unanswered, 1);
        world.pass(60_000);
    }
    world.sockets.at(-1).onclose();
    assert.equal(connection.state.unanswered, 2);
});

test('a connection that lasted begins with the short pause again', () => {
    const { world, connection } = opened();
    for (const _ of [1, 2, 3]) {
        world.sockets.at(-1).onclose();
        world.pass(connection.state.retryAt - world.time);
    }
    world.sockets.at(-1).onopen();
    world.pass(5000);
    world.sockets.at(-1).onclose();
    assert.equal(connection.state.retryAt - world.time, 250);
});

test('without a network it waits for the network, and tries now and then', async () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    await world.network(false);
    assert.equal(connection.state.phase, Phase.offline);
    assert.equal(world.sockets[0].closed, true);
    world.pass(29_999);
    assert.equal(world.sockets.length, 1);
    world.pass(1);
    assert.equal(world.sockets.length, 2);
    world.sockets[1].onclose();
    assert.equal(connection.state.phase, Phase.offline);
    await world.network(true);
    assert.equal(world.sockets.length, 3);
});

test('a server that can be reached without a network is not left', async () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    world.answers = true;
    await world.network(false);
    assert.equal(connection.state.phase, Phase.connected);
    assert.equal(world.sockets[0].closed, false);
});

test('a network that changes before the server was found takes the connection along', async () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    world.answers = true;
    world.network(false);
    await world.network(true);
    assert.equal(world.sockets[0].closed, true);
    assert.equal(connection.state.phase, Phase.retrying);
});

test('a page that opens offline says so', () => {
    const world = new World();
    world.online = false;
    const connection = new Connection(() => 'ws://host/', { onFrame() {}, onState() {}, world });
    connection.open();
    assert.equal(connection.state.phase, Phase.offline);
    assert.equal(world.sockets.length, 0);
});

for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000']) {
    test(`a server at ${host} needs no network`, () => {
        const world = new World();
        world.online = false;
        const connection = new Connection(() => `ws://${host}/`, { onFrame() {}, onState() {}, world });
        connection.open();
        world.sockets[0].onopen();
        assert.equal(connection.state.phase, Phase.connected);
        world.sockets[0].onclose();
        assert.equal(connection.state.phase, Phase.waiting);
    });
}

test('a connection on which no first frame comes is given up', () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    world.pass(10_000);
    assert.equal(connection.state.phase, Phase.waiting);
});

test('a message that nothing comes after shows that the connection is dead', () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    world.sockets[0].onmessage({ data: 'hello' });
    connection.send('stop');
    world.pass(60_000);
    assert.equal(connection.state.phase, Phase.connected);
    connection.send('a', { answered: true });
    world.pass(9_999);
    world.sockets[0].onmessage({ data: 'any frame' });
    world.pass(60_000);
    assert.equal(connection.state.phase, Phase.connected);
    connection.send('b', { answered: true });
    world.pass(10_000);
    assert.equal(connection.state.phase, Phase.waiting);
    assert.equal(world.sockets[0].closed, true);
});

test('silence where frames are due is looked into by a second socket, and the person sees nothing of it', () => {
    const { world, connection, frames, phases } = answering();
    world.pass(19_999);
    assert.equal(world.sockets.length, 1);
    world.pass(1);
    const [silent, second] = world.sockets;
    assert.equal(silent.closed, false, 'it may only be quiet');
    second.onmessage({ data: 'session' });
    assert.equal(silent.closed, true);
    second.onmessage({ data: 'snapshot' });
    assert.deepEqual(frames, ['hello', 'renewed', 'session', 'snapshot']);
    assert.deepEqual(phases, [Phase.connecting, Phase.connected]);
    connection.send('x');
    assert.deepEqual([silent.sent, second.sent], [[], ['x']]);
    second.onclose();
    assert.equal(connection.state.phase, Phase.waiting);
});

test('a model that thinks long is looked after less and less often', () => {
    const { world } = answering();
    const pauses = [];
    for (let look = 0; look < 7; ++look) {
        const since = world.time;
        while (world.sockets.length === look + 1)
            world.pass(1000);
        pauses.push((world.time - since) / 1000);
        world.sockets.at(-1).onmessage({ data: 'session' });
    }
    assert.deepEqual(pauses, [20, 40, 80, 160, 320, 320, 320]);
});

test('news begins the wait anew', () => {
    const { world, connection } = answering();
    world.pass(20_000);
    world.sockets[1].onmessage({ data: 'session' });
    world.pass(39_999);
    connection.progressed();
    world.pass(19_999);
    assert.equal(world.sockets.length, 2);
    world.pass(1);
    assert.equal(world.sockets.length, 3);
});

test('a socket that speaks while it is looked after is kept', () => {
    const { world, connection } = answering();
    world.pass(20_000);
    connection.progressed();
    assert.equal(world.sockets[1].closed, true);
    assert.equal(world.sockets[0].closed, false);
    world.pass(10_000);
    assert.equal(connection.state.phase, Phase.connected);
});

const opensAndCloses = (world) => {
    world.sockets[1].onopen();
    world.sockets[1].onclose();
};
for (const [name, fail] of [['is taken and closed', opensAndCloses], ['gets no answer', (world) => world.pass(10_000)]]) {
    test(`when the second socket ${name} the connection is lost`, () => {
        const { world, connection } = answering();
        world.pass(20_000);
        fail(world);
        assert.equal(connection.state.phase, Phase.waiting);
        assert.ok(world.sockets.every(({ closed }, index) => closed || index === 1));
        world.pass(250);
        assert.equal(world.sockets.length, 3);
    });
}

test('a second socket that is refused is asked for again, and only then the connection is lost', () => {
    const { world, connection } = answering();
    world.pass(20_000);
    world.sockets[1].onclose();
    assert.equal(connection.state.phase, Phase.connected);
    assert.equal(world.sockets[0].closed, false);
    world.pass(4_999);
    assert.equal(world.sockets.length, 2);
    world.pass(1);
    assert.equal(world.sockets.length, 3);
    world.sockets[2].onclose();
    assert.equal(connection.state.phase, Phase.waiting);
    assert.equal(world.sockets[0].closed, true);
});

test('news after a refusal is the end of it', () => {
    const { world, connection } = answering();
    world.pass(20_000);
    world.sockets[1].onclose();
    connection.progressed();
    world.pass(19_999);
    assert.equal(world.sockets.length, 2);
    world.pass(1);
    world.sockets[2].onclose();
    assert.equal(connection.state.phase, Phase.connected, 'the first refusal is forgotten');
    world.pass(5_000);
    world.sockets[3].onmessage({ data: 'session' });
    assert.equal(world.sockets[0].closed, true);
    world.sockets[3].onclose();
    assert.equal(connection.state.phase, Phase.waiting, 'the one that was taken is the connection');
});

test('pages that fell silent at once do not look at once', () => {
    const { world } = answering(() => 0.8);
    world.pass(23_999);
    assert.equal(world.sockets.length, 1);
    world.pass(1);
    assert.equal(world.sockets.length, 2);
    world.sockets[1].onclose();
    world.pass(8_999);
    assert.equal(world.sockets.length, 2);
    world.pass(1);
    assert.equal(world.sockets.length, 3);
});

test('where no frame is due silence is nothing', () => {
    const { world, connection } = answering();
    world.pass(19_999);
    connection.expect(false);
    world.pass(600_000);
    assert.equal(world.sockets.length, 1);
    connection.expect(true);
    connection.close();
    world.pass(600_000);
    assert.equal(world.sockets.length, 1);
});

test('"try now" does not wait for the pause', () => {
    const { world, connection } = opened();
    world.sockets[0].onclose();
    connection.retryNow();
    assert.equal(world.sockets.length, 2);
    world.pass(60_000 - 1);
    assert.ok(world.sockets.length >= 2);
});

test('nothing is sent while it is not connected, and the caller knows', () => {
    const { world, connection } = opened();
    assert.equal(connection.send('x'), false);
    world.sockets[0].onopen();
    assert.equal(connection.send('y'), true);
    assert.deepEqual(world.sockets[0].sent, ['y']);
});

test('once closed it stays closed', async () => {
    const { world, connection } = opened();
    world.sockets[0].onopen();
    connection.close();
    await world.network(false);
    await world.network(true);
    world.pass(600_000);
    assert.equal(connection.state.phase, Phase.closed);
    assert.equal(world.sockets.length, 1);
});
