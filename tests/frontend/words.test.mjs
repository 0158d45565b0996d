import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Phase } from '../../frontend/js/connection.js';
import { SentenceFeed } from '../../frontend/js/sentences.js';
import { nextTheme } from '../../frontend/js/themechoice.js';
import { durationWords, isEmojiOnly, retryWords, stateWords, timeWords, titleFrom, tokenWords } from '../../frontend/js/words.js';

function said(text, size) {
    const feed = new SentenceFeed();
    const sentences = [];
    for (let from = 0; from < text.length; from += size)
        sentences.push(...feed.push(text.slice(from, from + size)));
    return [...sentences, ...feed.finish()];
}

const spoken = {
    'whole sentences, each once': [
        'Running water is calm. It never hurries, and it never stops. What is it?',
        ['Running water is calm. It never hurries, and it never stops.', 'What is it?'],
    ],
    'Markdown without its signs': [
        '## A heading of some length\n\nThis is **very** *important* and `code` and [a link](https://a.example).\n',
        ['A heading of some length', 'This is very important and code and a link.'],
    ],
    'code by its name only': [
        'Here is a small program for you:\n\n```python\nprint("Hello. World.")\n```\n\nThat was the whole program.\n',
        ['Here is a small program for you:', 'Code in python. That was the whole program.'],
    ],
    'a table row by row': [
        '| Name of it | Size of it |\n|---|---:|\n| One of them | 1,000 pieces |\n',
        ['Name of it, Size of it.', 'One of them, 1,000 pieces.'],
    ],
    'numbers of a list are no ends of sentences': [
        '1. The first thing to be done here.\n2. The second thing to be done here.\n',
        ['1. The first thing to be done here.', '2. The second thing to be done here.'],
    ],
    'short sentences together': ['Yes. No. Well. Perhaps it is so.', ['Yes. No. Well. Perhaps it is so.']],
    'snake_case stays as it is': ['The function is called get_file_name here.', ['The function is called get_file_name here.']],
    'what has no full stop, at the end': ['An answer without an end', ['An answer without an end']],
};
for (const [name, [text, expected]] of Object.entries(spoken)) {
    for (const size of [1, 4, 1000])
        test(`a screen reader hears ${name} (in steps of ${size})`, () => assert.deepEqual(said(text, size).join(' '), expected.join(' ')));
}

test('a screen reader hears no fragment', () => {
    const feed = new SentenceFeed();
    assert.deepEqual(feed.push('Running water is calm and never'), []);
    assert.deepEqual(feed.push(' hurries'), []);
    assert.deepEqual(feed.push('. Then'), ['Running water is calm and never hurries.']);
});

test('times are relative under an hour, then a clock, then a date', () => {
    const now = new Date(2026, 10, 23, 12, 0, 0).getTime();
    const ago = (minutes) => timeWords(new Date(now - minutes * 60_000).toISOString(), now);
    assert.equal(ago(0), 'just now');
    assert.equal(ago(-5), 'just now', 'a clock that is ahead');
    assert.equal(ago(5), '5 min ago');
    assert.equal(ago(59), '59 min ago');
    assert.match(ago(61), /^\d\d:\d\d/);
    assert.match(ago(60 * 24 * 3), /20.*,.*\d\d:\d\d/);
    assert.equal(timeWords('nonsense', now), '');
});

test('the connection is told in words, with a countdown', () => {
    assert.equal(stateWords({ phase: Phase.waiting, retryAt: 5000 }, 1500), 'Reconnecting in 4 s');
    assert.equal(stateWords({ phase: Phase.waiting, retryAt: 1000 }, 1500), 'Reconnecting in 1 s');
    assert.equal(stateWords({ phase: Phase.offline }), 'Offline');
    assert.equal(stateWords({ phase: Phase.connected }), 'Connected');
});

test('a retry counts down in the words of the server', () => {
    const retry = { error: 'The model is busy. Trying again in 4 s.' };
    assert.equal(retryWords(retry, 4000, 0), 'The model is busy. Trying again in 4\u00a0s.');
    assert.equal(retryWords(retry, 4000, 3001), 'The model is busy. Trying again in 1\u00a0s.');
    assert.equal(retryWords(retry, 4000, 9000), 'The model is busy. Trying again now.');
});

test('what a tool took is told as short as it can be', () => {
    const spaced = (ms) => durationWords(ms).replaceAll('\u00a0', ' ');
    assert.deepEqual([0, 231, 999, 1000, 5120, 9949, 9999, 59_499, 60_000, 125_000].map(spaced),
        ['0 ms', '231 ms', '999 ms', '1 s', '5.1 s', '9.9 s', '10 s', '59 s', '1 min', '2 min 5 s']);
});

test('an answer says its model, its tokens and what it cost, as far as they are known', () => {
    assert.equal(tokenWords({ model: 'g', usage: { total_tokens: 29, cost_usd: 0.0021 } }), 'g, 29 tokens, $0.0021');
    const cost = (cost_usd) => tokenWords({ usage: { cost_usd } });
    assert.deepEqual([0, 0.00001, 0.25, 0.9999, 3.14159].map(cost), ['$0.00', 'less than $0.0001', '$0.25', '$0.9999', '$3.14']);
    assert.equal(tokenWords({ usage: { prompt_tokens: 3 } }), '');
});

test('a title is the first line, cut at sixty characters', () => {
    assert.equal(titleFrom('  Hello\nworld'), 'Hello');
    assert.equal(titleFrom('x'.repeat(100)).length, 60);
});

test('emoji alone are shown large', () => {
    for (const yes of ['🎉', '👩‍👩‍👧 👍🏽', '🇩🇪'])
        assert.equal(isEmojiOnly(yes), true, yes);
    for (const no of ['', '1', '#', 'a 🎉', '12345', '🎉'.repeat(200)])
        assert.equal(isEmojiOnly(no), false, no);
});

test('the first click on the theme always changes what is seen', () => {
    assert.deepEqual(['system', 'dark', 'light'].map((theme) => nextTheme(theme, false)), ['dark', 'light', 'system']);
    assert.deepEqual(['system', 'light', 'dark'].map((theme) => nextTheme(theme, true)), ['light', 'dark', 'system']);
});

// ---- contrast ---------------------------------------------------------------------------------------------------

const css = readFileSync(new URL('../../frontend/css/tokens.css', import.meta.url), 'utf8');
const tokens = Object.fromEntries([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)]
    .map(([, name, light, dark]) => [name, { light, dark }]));

function luminance(hex) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
}

const pairs = [
    ['text', 'canvas', 4.5], ['text', 'sunken', 4.5], ['text', 'raised', 4.5], ['text', 'bubble', 4.5], ['text', 'code', 4.5],
    ['muted', 'canvas', 4.5], ['muted', 'sunken', 4.5], ['muted', 'raised', 4.5], ['muted', 'code', 4.5],
    ['accent', 'canvas', 4.5], ['on-accent', 'accent', 4.5], ['on-header', 'header', 4.5], ['outline', 'canvas', 3],
    ['outline', 'raised', 3], ['danger', 'canvas', 4.5], ['danger', 'sunken', 4.5], ['warning', 'canvas', 4.5],
    ['code-keyword', 'code', 4.5], ['code-string', 'code', 4.5], ['code-number', 'code', 4.5], ['code-title', 'code', 4.5],
    ['code-type', 'code', 4.5],
];
for (const [ink, ground, least] of pairs) {
    for (const theme of ['light', 'dark']) {
        test(`${ink} on ${ground} can be read in the ${theme} theme`, () => {
            const value = contrast(tokens[ink][theme], tokens[ground][theme]);
            assert.ok(value >= least, `${value.toFixed(2)} is less than ${least}`);
        });
    }
}
