import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SentenceFeed } from '../../frontend/js/sentences.js';
import { assertLinear } from './cost.mjs';

function said(text, size) {
    const feed = new SentenceFeed();
    const found = [];
    for (let at = 0; at < text.length; at += size)
        found.push(...feed.push(text.slice(at, at + size)));
    return [...found, ...feed.finish()];
}

const answer = `# A heading of some length

Running water is **calm** and clear. It never stops, e.g. for anyone on its way, says Dr. Brook. "Does it?" Yes. No.

1. The first of the things, with a [link](https://example.org/x) in it.
2. The second one ... and an ![image](https://example.org/y.png) of it!

| Task | Time |
|---|---:|
| Factoring numbers. Large ones | 1,000 |

Before the code comes a sentence. \`\`\` is how it begins:

\`\`\`python
print("It is not read. Not at all.")
\`\`\`

水は流れる。とても静かに流れている、どこまでも。おわり

That is all there is to say`;

test('an answer is said in sentences, without signs', () => {
    assert.deepEqual(said(answer, answer.length), ['A heading of some length', 'Running water is calm and clear.',
        'It never stops, e.g. for anyone on its way, says Dr. Brook.', '"Does it?" Yes. No. 1. The first of the things, with a link in it.',
        '2. The second one ... and an Image: image of it!', 'Task, Time. Factoring numbers. Large ones, 1,000.', 'Before the code comes a sentence.', 'is how it begins: Code in python.', '水は流れる。 とても静かに流れている、どこまでも。',
        'おわり That is all there is to say']);
});

for (const size of [1, 2, 3, 5, 16, 100])
    test(`it is said in the same sentences when it comes in parts of ${size}`, () => assert.deepEqual(said(answer, size), said(answer, answer.length)));

test('the end of a long sentence is found, wherever it is cut', () => {
    const sentence = `${'A word and another '.repeat(50)}at last!!!")`;
    for (const size of [1, 7, 31, 32, 33, 64, 65])
        assert.deepEqual(said(`${sentence} Then a second one begins here.`, size), [sentence, 'Then a second one begins here.']);
});

// One line without an end: what comes is looked at once.
for (const unit of ['word ', 'word', '1. ', '!', '!)', '."', 'e.g. ', ' ', '|', '| a ', '`', '[', '![', '[](', '*', 'a* ', '。']) {
    test(`four times as much of ${JSON.stringify(unit)} takes four times as long, not sixteen`, () => {
        assertLinear((size) => {
            const text = `${unit.repeat(size / unit.length)}x`;
            return () => said(text, 4);
        });
    });
}
