// The small parts of the conversation list: days, marks, addresses, requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Address, linkTo } from '../../frontend/js/address.js';
import { ApiError, ConversationsApi } from '../../frontend/js/conversationsapi.js';
import { dayGroups } from '../../frontend/js/daygroups.js';
import { pieces, wordRanges } from '../../frontend/js/marks.js';

// ---- days

const now = new Date(2026, 2, 30, 0, 30); // half an hour into the day after the clocks were put forward in much of Europe
const days = {
    'a minute ago': [new Date(2026, 2, 30, 0, 29), 'Today'],
    'a clock that is ahead': [new Date(2026, 2, 30, 2, 0), 'Today'],
    'an hour ago, but the day before': [new Date(2026, 2, 29, 23, 30), 'Yesterday'],
    'the first minute of yesterday': [new Date(2026, 2, 29, 0, 0), 'Yesterday'],
    'the last minute of the day before': [new Date(2026, 2, 28, 23, 59), 'Previous 7 days'],
    'a week ago': [new Date(2026, 2, 23, 12, 0), 'Previous 7 days'],
    'eight days ago': [new Date(2026, 2, 22, 23, 59), 'Previous 30 days'],
    'a month of this year': [new Date(2026, 0, 5), 'January'],
    'a year': [new Date(2024, 5, 5), '2024'],
};
for (const [name, [time, group]] of Object.entries(days)) {
    test(`${name} is “${group}”`, () => {
        assert.deepEqual(dayGroups([{ id: 'a', updated_at: time.toISOString() }], now).map((one) => one.name), [group]);
    });
}

test('pinned rows are a group of their own, whatever their day; the order stays', () => {
    const rows = [{ id: 'p', pinned: true, updated_at: new Date(2020, 1, 1).toISOString() },
        { id: 'a', updated_at: now.toISOString() }, { id: 'b', updated_at: now.toISOString() }, { id: 'c', updated_at: 'nonsense' }];
    assert.deepEqual(dayGroups(rows, now).map(({ name, rows: of }) => [name, of.map(({ id }) => id).join('')]),
        [['Pinned', 'p'], ['Today', 'ab'], ['Older', 'c']]);
});

// ---- marks

const marked = (text, ranges) => pieces(text, ranges).map(({ text: part, found }) => (found ? `[${part}]` : part)).join('');

const marks = {
    'no range': ['a text', [], 'a text'],
    'one in the middle': ['a text here', [[2, 6]], 'a [text] here'],
    'at both ends, given in any order': ['abc', [[2, 3], [0, 1]], '[a]b[c]'],
    'overlapping': ['abcdef', [[0, 3], [2, 5]], '[abc][de]f'],
    'one inside another': ['abcdef', [[0, 5], [1, 2]], '[abcde]f'],
    'out of the text, empty, backwards and no range at all': ['abc', [[2, 9], [-1, 2], [1, 1], [2, 1], 'x', null, [0.5, 2], [1, 2]], 'a[b]c'],
};
for (const [name, [text, ranges, wanted]] of Object.entries(marks))
    test(`ranges: ${name}`, () => assert.equal(marked(text, ranges), wanted));

const found = {
    'words where they begin, in any case': ['Parsing a sparse tree', 'PARS tree', '[Pars]ing a sparse [tree]'],
    'other alphabets': ['Über das Wasser', 'über wass', '[Über] das [Wass]er'],
    'signs are no words': ['a.c abc', 'a.c', '[a].[c] [a]bc'],
    'nothing but signs': ['a (b)', '( * [', 'a (b)'],
};
for (const [name, [text, words, wanted]] of Object.entries(found))
    test(`words: ${name}`, () => assert.equal(marked(text, wordRanges(text, words)), wanted));

// ---- addresses

class Place {
    entries = [];
    events = new EventTarget();
    history = { state: null, pushState: (...args) => this.#go('push', ...args), replaceState: (...args) => this.#go('replace', ...args) };

    constructor(search, state = null) {
        this.location = { search, pathname: '/chat/' };
        this.history.state = state;
    }

    #go(how, state, _, url) {
        this.entries.push(`${how} ${url}`);
        this.history.state = state;
        this.location.search = url.startsWith('?') ? url : '';
    }
}

test('the address names a conversation, or the history does, or neither', () => {
    const place = (search, state) => new Address(() => {}, new Place(search, state)).place;
    assert.deepEqual(place('?c=abc'), { id: 'abc', named: true, message: null });
    assert.deepEqual(place('?c=abc&m=m%201'), { id: 'abc', named: true, message: { id: 'm 1' } });
    assert.deepEqual(place('', { conversation: 'new' }), { id: 'new', named: false, message: null });
    assert.deepEqual(place('?c=../etc&m=x'), { id: null, named: false, message: null });
    assert.deepEqual(place('', { conversation: 7 }), { id: null, named: false, message: null });
});

test('the address changes only when it has to', () => {
    const world = new Place('?c=abc&m=m1');
    const address = new Address(() => {}, world);
    address.show('abc', { named: true });
    address.show('abc', { named: true });
    address.show('new', { named: false, push: true });
    address.show('new', { named: false });
    address.show('new', { named: true });
    assert.deepEqual(world.entries, ['replace ?c=abc', 'push /chat/', 'replace ?c=new']);
    assert.equal(linkTo('a', 'm&1'), '?c=a&m=m%261');
});

test('Back leads somewhere, a jump inside the page nowhere', () => {
    const world = new Place('?c=abc');
    const went = [];
    new Address(({ id }) => went.push(id), world);
    world.events.dispatchEvent(new Event('popstate'));
    world.location.search = '';
    world.events.dispatchEvent(new Event('popstate'));
    assert.deepEqual(went, ['abc']);
});

// ---- requests

const api = (status, body, type = 'application/json') => {
    const requests = [];
    const of = new ConversationsApi(async (url, options) => {
        requests.push({ url, ...options });
        return new Response(status === 204 ? null : body, { status, headers: { 'Content-Type': type } });
    });
    return { of, requests };
};
const conversation = JSON.stringify({ id: 'a', title: 'A' });

test('a page of the list leaves out what it cannot read', async () => {
    const { of, requests } = api(200, JSON.stringify({ conversations: [{ id: 'a', title: 'A' }, { id: 7 }, null], next: 'n' }));
    assert.deepEqual(await of.list({ limit: 50, cursor: 'c/1', words: 'a&b' }), { conversations: [{ id: 'a', title: 'A' }], next: 'n' });
    assert.equal(requests[0].url, '/api/conversations?limit=50&cursor=c%2F1&q=a%26b');
    await assert.rejects(api(200, '{}').of.list({ limit: 1 }), /cannot read/);
    await assert.rejects(api(200, '<html>').of.list({ limit: 1 }), /cannot read/);
});

test('changes say what is to be changed, and no more', async () => {
    const { of, requests } = api(200, conversation);
    await of.change('a', { title: null });
    await of.restore('a');
    await of.importFile('{"x":1}');
    assert.deepEqual(requests.map(({ method, url, body }) => [method, url, body]), [
        ['PATCH', '/api/conversations/a', '{"title":null}'],
        ['POST', '/api/conversations/a/restore', undefined],
        ['POST', '/api/conversations', '{"x":1}']]);
    await api(204).of.remove('a');
});

test('an error is in the words of the server, or in ours where it has none', async () => {
    const refused = (status, body) => api(status, body).of.remove('a').catch((error) => error);
    const error = await refused(404, JSON.stringify({ title: 'Not Found', detail: 'There is no such conversation.', code: 'not_found' }));
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.code, error.message], [404, 'not_found', 'There is no such conversation.']);
    assert.equal((await refused(502, '<html>')).message, 'The server answered with the status 502.');
    const gone = new ConversationsApi(async () => { throw new TypeError('fetch failed'); });
    assert.equal((await gone.remove('a').catch((lost) => lost)).message, 'The server does not answer.');
});

test('who ends a search gets no error of the server', async () => {
    const controller = new AbortController();
    const slow = new ConversationsApi((url, { signal }) => new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
    const search = slow.list({ limit: 1, words: 'x', signal: controller.signal });
    controller.abort();
    await assert.rejects(search, { name: 'AbortError' });
});
