// A code block: language and Copy in a head row, the code in a frame that scrolls. While its fence is open text is
// only appended; it is highlighted when the fence closes, and before that now and then.

import { icon } from './icons.js';
import { sanitizeToFragment } from './sanitize.js';

const shortestPause = 100; // ms between two highlights of a block that grows
const longestHighlighted = 200_000; // characters; beyond that the code stays plain
const longestWhileOpen = 20_000;

const blocks = new WeakMap(); // figure -> {language, text, highlightAt, done}
let highlighter = null;

async function loadHighlighter() {
    highlighter ??= import('../vendor/highlight/highlight.min.js').then((module) => module.default);
    return highlighter;
}

// A task for each block: a long answer that comes whole has hundreds, and the highlighter may come after them.
let turns = Promise.resolve();

function turn() {
    turns = turns.then(() => new Promise((resolve) => { setTimeout(resolve); }));
    return turns;
}

export function isCodeBlock(node) {
    return blocks.has(node);
}

export function createCodeBlock(language, text, closed) {
    const figure = document.createElement('figure');
    figure.className = 'code';
    figure.dir = 'ltr';
    const head = document.createElement('div');
    head.className = 'code-head';
    const name = document.createElement('span');
    name.textContent = language || 'text';
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'text-button plain';
    copy.dataset.copy = 'code';
    copy.append(icon('copy'), labelled('Copy'));
    copy.setAttribute('aria-label', `Copy code${language ? `, ${language}` : ''}`);
    head.append(name, copy);
    const pre = document.createElement('pre');
    pre.tabIndex = 0;
    pre.setAttribute('role', 'group');
    pre.setAttribute('aria-label', language ? `Code, ${language}` : 'Code');
    pre.append(document.createElement('code'));
    figure.append(head, pre);
    blocks.set(figure, { language, text: '', highlightAt: 0, done: false });
    updateCodeBlock(figure, text, closed);
    return figure;
}

export function codeText(figure) {
    return blocks.get(figure)?.text ?? figure.querySelector('code').textContent;
}

export function codeLanguage(figure) {
    return blocks.get(figure)?.language;
}

export function updateCodeBlock(figure, text, closed) {
    const block = blocks.get(figure);
    const code = figure.querySelector('code');
    if (text !== block.text) {
        if (block.text !== '' && text.startsWith(block.text))
            code.append(text.slice(block.text.length));
        else
            code.textContent = text;
        block.text = text;
        block.done = false;
        code.normalize();
    }
    if (block.done || !block.language)
        return;
    if (!closed && (performance.now() < block.highlightAt || text.length > longestWhileOpen))
        return;
    highlight(figure, block, code, closed);
}

async function highlight(figure, block, code, closed) {
    block.highlightAt = Infinity; // one at a time
    const hljs = await loadHighlighter().catch(() => null);
    if (!hljs)
        return; // the network went before the highlighter came: the code stays plain
    await turn();
    const text = block.text;
    const started = performance.now();
    if (hljs.getLanguage(block.language) && text.length <= longestHighlighted) {
        const { value } = hljs.highlight(text, { language: block.language, ignoreIllegals: true });
        code.replaceChildren(sanitizeToFragment(value));
        block.done = closed;
    }
    // A block that takes long to highlight is highlighted less often: a tenth of the time at most goes there.
    const took = performance.now() - started;
    block.highlightAt = performance.now() + Math.max(shortestPause, 10 * took);
}

function labelled(text) {
    const span = document.createElement('span');
    span.textContent = text;
    return span;
}
