// Markdown into the page while it streams. MarkdownView owns an element and is told the text so far; blocks that no
// further text can change are rendered once, only the last one is rendered again.

import * as marked from '../vendor/marked/marked.esm.js';
import { BlockSplitter } from './blocks.js';
import { createCodeBlock, isCodeBlock, codeLanguage, updateCodeBlock } from './codeblock.js';
import { beginFrame, mayDraw } from './framebudget.js';
import { Parts } from './parts.js';
import { patch } from './patch.js';
import { createRenderer } from './renderer.js';
import { sanitizeToFragment } from './sanitize.js';

const renderer = createRenderer(marked);

const mostAtOnce = 500; // characters that are added in a step; for those of the first one the browser looks for its fonts, too
const lookedThrough = 20_000; // characters for each ms between two looks into a text that grows
const longestMadeAnew = 100_000;
const unseenFrom = 20_000; // characters that are there at once, as after a reload: shown when all of it is drawn, as all of it passed the window else

export class MarkdownView {
    #element;
    #parts;
    #lex;
    #splitter;
    #openNodes = [];
    #firstHeading = 0;
    #taken = ''; // the text that is drawn at present, as it was given …
    #text = ''; // … and in lines that end in \n
    #given = null; // the text that was rendered as a whole, as it was given
    #shown = null; // what is rendered of #text
    #finished = false;
    #unseen = false;
    #notBefore = 0;

    constructor(element) {
        this.#element = element;
        this.#parts = new Parts(element);
        this.#reset();
    }

    // `text` is the whole text; it nearly always begins with the text before. With `finished` no more is expected.
    // False when something is left for a later frame: a part of a long text; or it is too early to render again, as the
    // last block took long, so it is rendered less often. A block's cost grows with its length and so does the pause,
    // which keeps the total linear for one endless block too.
    update(text, finished) {
        if (text === this.#given && finished === this.#finished)
            return true;
        if ((!finished && performance.now() < this.#notBefore) || !mayDraw(this.#unseen))
            return false;
        const started = performance.now();
        if (this.#shown === null || this.#shown.length === this.#text.length || text.length < this.#taken.length)
            this.#take(text);
        if (this.#shown === null)
            this.#see(text.length < unseenFrom);
        if (this.#unseen)
            this.#parts.guess();
        else
            this.#parts.settle();
        const isLast = finished && this.#taken.length === text.length;
        do {
            this.#shown = this.#text.slice(0, stepEnd(this.#text, this.#shown?.length ?? 0));
            this.#finished = isLast && this.#shown.length === this.#text.length;
            this.#render(this.#shown, this.#finished);
        } while (this.#shown.length < this.#text.length && mayDraw(this.#unseen));
        if (this.#shown.length < this.#text.length)
            return false;
        this.#see(true);
        const took = performance.now() - started;
        this.#given = this.#taken;
        this.#notBefore = performance.now() + Math.max(text.length / lookedThrough, took < 4 ? 0 : 8 * took);
        return this.#taken.length === text.length;
    }

    // Only when the text before is drawn, and of a long one not in each frame: to look into a text that grew copies it, and
    // those copies would be most of the browser's garbage.
    #take(text) {
        const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
        if (this.#shown !== null && (this.#finished || !plain.startsWith(this.#shown)))
            this.#reset();
        this.#text = plain;
        this.#taken = text;
    }

    #see(isSeen) {
        if (this.#unseen && isSeen)
            this.#parts.guess();
        this.#unseen = this.#parts.isUnseen = !isSeen;
        this.#element.classList.toggle('unseen', this.#unseen);
    }

    #reset() {
        this.#parts.clear();
        this.#lex = renderer.createLex();
        this.#splitter = new BlockSplitter(this.#lex);
        this.#openNodes = [];
        this.#firstHeading = 0;
        this.#given = this.#shown = null;
        this.#finished = false;
    }

    #render(text, finished) {
        const { closed, open } = this.#splitter.update(text);
        const nodes = this.#nodesOf(closed, true);
        const openFrom = nodes.length;
        nodes.push(...this.#nodesOf(open, finished));
        const shown = this.#place(nodes);
        this.#openNodes = shown.slice(openFrom);
        // A definition such as [1]: https://… may stand below the blocks that use it: then, once, all is made anew.
        if (finished && Object.keys(this.#lex.links).length > 0 && text.length <= longestMadeAnew)
            this.#renderWhole(text);
    }

    #renderWhole(text) {
        const tokens = this.#lex(text);
        this.#openNodes = this.#parts.blocks;
        this.#openNodes = this.#place(this.#nodesOf(tokens, true));
    }

    // Puts the nodes where the open ones stand, keeping those that are alike.
    #place(nodes) {
        const old = this.#openNodes;
        const shown = nodes.map((node, index) => {
            if (node.token)
                return this.#placeCode(old[index], node);
            if (index < old.length)
                return patch(old[index], node);
            this.#parts.append(node);
            return node;
        });
        for (const node of old.slice(nodes.length))
            node.remove();
        return shown;
    }

    // A code block's text is given to the block that is there already instead of being rendered anew.
    #placeCode(old, { token, language, closed }) {
        if (old && isCodeBlock(old) && codeLanguage(old) === language) {
            updateCodeBlock(old, token.text, closed);
            return old;
        }
        const fresh = createCodeBlock(language, token.text, closed);
        if (old)
            old.replaceWith(fresh);
        else
            this.#parts.append(fresh);
        return fresh;
    }

    // Elements, and for code {token, language, closed}.
    #nodesOf(tokens, closed) {
        const codes = tokens.filter(({ type }) => type === 'code').map((token) => (
            { token, language: languageOf(token.lang), closed: closed || fenceIsClosed(token) }));
        if (codes.length === tokens.length)
            return codes;
        this.#firstHeading ||= tokens.find(({ type }) => type === 'heading')?.depth ?? 0;
        const html = renderer.toHtml(tokens.map((token) => (token.type === 'code' ? placeOfCode : token)), this.#firstHeading || 1);
        const fragment = sanitizeToFragment(html); // all in one: the sanitizer makes a document for each call
        const isCode = [...fragment.children].map(({ nodeName }) => nodeName === 'PRE');
        furnish(fragment);
        return [...fragment.children].map((node, index) => (isCode[index] ? codes.shift() : node));
    }
}

const placeOfCode = { type: 'code', raw: '', text: '' };

const sample = '# One\n\nA *word* and `more` [here](https://example.org).\n\n1. **First**\n   - then\n\n| a | b |\n|---|--:|\n| c | 1 |\n\n> said\n';

// All that is needed for a first answer, in steps; nothing of it is shown. V8 interprets an expression once and compiles it when
// it is used again, for texts of Latin-1 and for others each.
export const rehearsals = [sample, `${sample}\n→\n`].flatMap((text) => {
    const lex = () => renderer.createLex()(text);
    const draw = () => {
        beginFrame();
        new MarkdownView(document.createElement('div')).update(text, true);
    };
    return [lex, lex, draw, draw];
});

// Where the step ends that is shown next: after a line, if one ends in reach.
function stepEnd(text, shown) {
    if (text.length - shown <= mostAtOnce)
        return text.length;
    const end = text.lastIndexOf('\n', shown + mostAtOnce - 1) + 1;
    return end > shown ? end : shown + mostAtOnce;
}

function languageOf(info) {
    return /^[A-Za-z0-9+#._-]{1,32}/.exec(info ?? '')?.[0].toLowerCase() ?? '';
}

function fenceIsClosed(token) {
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(token.raw)?.[1];
    return fence !== undefined && token.raw.trimEnd().split('\n').length > 1 && token.raw.trimEnd().endsWith(fence);
}

// What Markdown has no words for: frames that scroll, text directions, tasks.
function furnish(fragment) {
    for (const pre of fragment.querySelectorAll('pre')) {
        const code = pre.querySelector('code');
        const language = languageOf(/language-(\S+)/.exec(code?.className ?? '')?.[1]);
        pre.replaceWith(createCodeBlock(language, pre.textContent.replace(/\n$/, ''), true));
    }
    for (const table of fragment.querySelectorAll('table'))
        furnishTable(table);
    for (const item of fragment.querySelectorAll('li')) {
        if (/^[☐☑] /.test(item.textContent))
            item.className = 'task';
    }
    // Only the outermost: "auto" looks past descendants that have a direction of their own, so a list whose items have
    // one would not know that it reads from right to left.
    for (const node of [...fragment.children, ...fragment.querySelectorAll('th, td')]) {
        if (!node.hasAttribute('dir') && node.className !== 'table')
            node.dir = 'auto';
    }
}

const number = /^[\s(]*[-+−]?[€$£¥]?\s?\d[\d.,'\u00a0\u202f ]*\s?(?:%|€|\$|£|¥|ms|s|kB|MB|GB|k|M)?[)\s]*$/;

function isNumber(text) {
    return text.length < 40 && number.test(text);
}

function furnishTable(table) {
    const rows = [...table.querySelectorAll('tbody tr')];
    for (const cell of table.querySelectorAll('[align]')) {
        if (cell.align === 'center')
            cell.classList.add('centre');
        if (cell.align === 'right')
            cell.classList.add('end');
        cell.removeAttribute('align');
    }
    [...(table.querySelector('thead tr')?.children ?? [])].forEach((head, column) => {
        const cells = rows.map((row) => row.children[column]).filter(Boolean);
        if (cells.length > 0 && cells.every((cell) => isNumber(cell.textContent)))
            [head, ...cells].forEach((cell) => cell.classList.add('number'));
    });
    for (const head of table.querySelectorAll('th')) {
        if (head.textContent.trim() === '')
            head.replaceWith(document.createElement('td')); // a corner is no heading
    }
    const frame = document.createElement('div');
    frame.className = 'table';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', 'Table');
    table.replaceWith(frame);
    frame.append(table);
}
