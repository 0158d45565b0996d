import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Announcer } from '../../frontend/js/announcer.js';

// What the announcer uses of a live region.
class Region {
    lines = [];
    get childElementCount() { return this.lines.length; }
    get firstElementChild() { return { remove: () => this.lines.shift() }; }
    append(line) { this.lines.push(line); }
    get said() { return this.lines.map(({ textContent }) => textContent); }
}

let region;
let announcer;
beforeEach(() => {
    globalThis.document = { createElement: () => ({ textContent: '' }) };
    region = new Region();
    announcer = new Announcer(region, new Region());
});

const short = 'This is the whole answer of the first conversation.';
const long = 'The second one has an answer of its own. It is longer than that of the first, and is said as well.';
const sentences = ['The second one has an answer of its own.', 'It is longer than that of the first, and is said as well.'];

// As the page calls it for an answer that comes piece by piece.
function answer(session, content, ids = { message_id: 'm2', turn: 't1' }) {
    announcer.follow(session, { ...ids, content: '' }, false);
    for (let end = 7; end < content.length; end += 7)
        announcer.follow(session, { ...ids, content: content.slice(0, end) }, true);
    announcer.end(session, { ...ids, content });
}

test('an answer is said in whole sentences, each once', () => {
    answer('s1', long);
    assert.deepEqual(region.said, sentences);
});

test('the first answer of another conversation is said too, though it has the same ids', () => {
    answer('s1', short);
    answer('s2', long);
    assert.deepEqual(region.said, [short, ...sentences]);
});

test('the first answer after the server forgot the conversation is said too', () => {
    answer('s1', short);
    answer('s1', long);
    assert.deepEqual(region.said, [short, ...sentences]);
});

test('an answer that was cut off by a restart does not eat the beginning of the next', () => {
    announcer.follow('s1', { message_id: 'm2', turn: 't1', content: '' }, false);
    announcer.follow('s1', { message_id: 'm2', turn: 't1', content: 'Half of a sentence that never' }, true);
    announcer.reset();
    assert.equal(announcer.following('s1', { message_id: 'm2', turn: 't1' }), false);
    answer('s1', long);
    assert.deepEqual(region.said, sentences);
});

test('an answer met in the middle is said from there on', () => {
    const ids = { message_id: 'm2', turn: 't1' };
    announcer.follow('s1', { ...ids, content: sentences[0] }, false);
    announcer.end('s1', { ...ids, content: long });
    assert.deepEqual(region.said, [sentences[1]]);
});

test('an end of what was not followed says nothing', () => {
    announcer.end('s1', { message_id: 'm2', turn: 't1', content: short });
    assert.deepEqual(region.said, []);
});
