import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationList, withOwn } from '../../frontend/js/conversationlist.js';

const at = (minutes) => new Date(Date.UTC(2026, 10, 23) - minutes * 60_000).toISOString();
const row = (id, minutes = 0, more = {}) => ({ id, title: id.toUpperCase(), pinned: false, updated_at: at(minutes), answering: false, ...more });

// A server whose answers the test gives one by one, and a clock that it moves.
class World {
    requests = [];
    time = 0;
    timers = [];
    hidden = false;

    api = Object.fromEntries(['list', 'change', 'remove', 'restore', 'importFile'].map((name) => [name, (...args) => (
        new Promise((resolve, reject) => this.requests.push({ name, args, resolve, reject })))]));

    world = {
        setTimeout: (action, delay) => this.timers.push({ action, at: this.time + delay }),
        clearTimeout: (timer) => { if (timer) this.timers[timer - 1].action = null; },
        now: () => this.time,
        isHidden: () => this.hidden,
    };

    async pass(ms) {
        this.time += ms;
        for (const timer of this.timers) {
            if (timer.action && timer.at <= this.time) {
                const { action } = timer;
                timer.action = null;
                action();
            }
        }
        await new Promise(setImmediate);
    }

    get last() {
        return this.requests.at(-1);
    }

    async answer(value, request = this.last) {
        request.resolve(value);
        await new Promise(setImmediate);
    }

    async refuse(request = this.last) {
        request.reject(Object.assign(new Error('The disk is full.'), { status: 503 }));
        await new Promise(setImmediate);
    }
}

const page = (rows, next = null) => ({ conversations: rows, next });
const ids = (list) => list.shown.rows.map(({ id }) => id).join(' ');

async function loaded(rows, next) {
    const world = new World();
    let edits = 0;
    const list = new ConversationList(world.api, { onChange: () => {}, onEdit: () => { ++edits; }, world: world.world });
    list.refresh();
    await world.answer(page(rows, next));
    await world.pass(2000);
    return { world, list, edits: () => edits };
}

test('one refresh at a time, at most one a second, and one more for what came meanwhile', async () => {
    const { world, list } = await loaded([row('a')]);
    list.refresh();
    list.refresh();
    list.refresh();
    assert.equal(world.requests.length, 2);
    await world.answer(page([row('b')]));
    assert.equal(ids(list), 'b');
    await world.pass(900);
    assert.equal(world.requests.length, 2);
    await world.pass(200);
    assert.equal(world.requests.length, 3);
    await world.answer(page([row('b')]));
    await world.pass(60_000);
    assert.equal(world.requests.length, 3);
});

test('a hidden page asks for nothing', async () => {
    const { world, list } = await loaded([row('a', 0, { answering: true })]);
    world.hidden = true;
    list.refresh();
    await world.pass(600_000);
    assert.equal(world.requests.length, 1);
});

test('a refresh asks for as many rows as there are, and keeps those beyond the largest page', async () => {
    const many = Array.from({ length: 150 }, (_, index) => row(`r${index}`, index));
    const { world, list } = await loaded(many, 'at150');
    list.refresh();
    assert.equal(world.last.args[0].limit, 150);
    await world.answer(page(many, 'at150'));
    list.more();
    assert.equal(world.last.args[0].cursor, 'at150');
    await world.answer(page(Array.from({ length: 50 }, (_, index) => row(`s${index}`, 150 + index)), 'at200'));
    list.more();
    await world.answer(page(Array.from({ length: 50 }, (_, index) => row(`t${index}`, 200 + index)), 'at250'));
    assert.equal(list.shown.rows.length, 250);
    await world.pass(2000);
    list.refresh();
    assert.equal(world.last.args[0].limit, 200);
    const head = [row('new', -1), ...list.shown.rows.filter(({ id }) => id !== 'r7')].slice(0, 200);
    await world.answer(page(head, 'other'));
    assert.equal(list.shown.rows[0].id, 'new');
    assert.equal(list.shown.rows.length, 250);
    assert.ok(!ids(list).split(' ').includes('r7'));
    list.more();
    assert.equal(world.last.args[0].cursor, 'at250', 'the next page is the one after all rows');
});

test('what was read before a change from here is not shown after it', async () => {
    const { world, list, edits } = await loaded([row('a'), row('b', 1)]);
    list.refresh();
    const [, stale] = world.requests;
    const removed = list.remove('a');
    assert.equal(ids(list), 'b', 'gone at once');
    await world.answer(undefined);
    await removed;
    assert.equal(edits(), 1);
    await world.answer(page([row('a'), row('b', 1)]), stale);
    assert.equal(ids(list), 'b');
    await world.pass(2000);
    assert.equal(world.last.name, 'list');
});

test('a refused change is taken back', async () => {
    const { world, list } = await loaded([row('a'), row('b', 1)]);
    const changed = assert.rejects(list.change('b', { title: 'Other', pinned: true }), /The disk is full/);
    assert.equal(list.row('b').title, 'Other');
    assert.equal(list.titleToCome('b'), 'Other');
    assert.equal(ids(list), 'b a');
    await world.refuse();
    await changed;
    assert.equal(list.row('b').title, 'B');
    assert.equal(list.titleToCome('b'), undefined);
    assert.equal(ids(list), 'a b');

    const removed = assert.rejects(list.remove('a'), /The disk is full/);
    await world.refuse();
    await removed;
    assert.equal(ids(list), 'a b');
});

test('what comes back by Undo stands where its time puts it', async () => {
    const { world, list } = await loaded([row('a'), row('c', 9)]);
    const restored = list.restore('b');
    await world.answer(row('b', 5));
    await restored;
    assert.equal(ids(list), 'a b c');
});

test('only the newest search is shown, and none after it was ended', async () => {
    const { world, list } = await loaded([row('a')]);
    list.find('x');
    await world.pass(200);
    const first = world.last;
    list.find('xy');
    assert.ok(first.args[0].signal.aborted);
    await world.pass(200);
    const second = world.last;
    await world.answer(page([row('found')]), second);
    await world.answer(page([row('old')]), first);
    assert.equal(ids(list), 'found');
    assert.equal(list.shown.words, 'xy');
    list.find('xyz');
    await world.pass(200);
    list.find('');
    await world.answer(page([row('late')]));
    assert.equal(ids(list), 'a');
    assert.equal(list.shown.words, '');
});

test('an answer of another conversation is looked at ever more seldom, that of the open one not at all', async () => {
    const { world, list } = await loaded([]);
    list.refresh();
    await world.answer(page([row('a', 0, { answering: true })]));
    const waits = [];
    let since = world.time;
    while (waits.length < 8) {
        await world.pass(500);
        if (world.requests.length > 2 + waits.length) {
            waits.push(world.time - since);
            since = world.time;
            await world.answer(page([row('a', 0, { answering: true })]));
        }
    }
    assert.equal(waits[0], 4000);
    assert.deepEqual([...waits].sort((x, y) => x - y), waits);
    assert.equal(waits.at(-1), 30_000);
    const asked = world.requests.length;
    list.current = 'a';
    await world.pass(600_000);
    assert.equal(world.requests.length, asked);
});

test('rows that only the page knows stand where they belong, unless they are further down', () => {
    const rows = [row('p', 500, { pinned: true }), row('a', 10), row('b', 20)];
    const named = (list) => list.map(({ id }) => id).join(' ');
    assert.equal(named(withOwn(rows, [row('new', 0)], true)), 'p new a b');
    assert.equal(named(withOwn(rows, [row('old', 99)], true)), 'p a b');
    assert.equal(named(withOwn(rows, [row('old', 99)], false)), 'p a b old');
    assert.equal(withOwn(rows, [row('a', 0)], false), rows);
    assert.equal(named(withOwn([], [row('new')], false)), 'new');
});
