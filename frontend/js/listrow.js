// One conversation in the side bar: a link to it, what was found in it, whether it is answered just now, and its menu.

import { element, iconButton, setText } from './dom.js';
import { icon } from './icons.js';
import { linkTo } from './address.js';
import { pieces, wordRanges } from './marks.js';
import { editTitle } from './titleedit.js';

export class ListRow {
    #row = null;
    #key = '';
    #title = element('span', { class: 'conversation-title', dir: 'auto' });
    #snippet = element('span', { class: 'snippet', dir: 'auto', hidden: true });
    #mark = element('span', { class: 'conversation-mark', hidden: true });

    // `actions`: open(row), menu(row, button), rename(row, title), remove(row), editing(bool).
    constructor(actions) {
        this.actions = actions;
        this.link = element('a', { class: 'conversation-open' }, element('span', { class: 'conversation-line' }, this.#title, this.#mark),
            this.#snippet);
        this.more = iconButton('ellipsis', '', () => actions.menu(this.#row, this));
        this.more.setAttribute('aria-haspopup', 'menu');
        this.more.setAttribute('aria-expanded', 'false');
        this.element = element('li', { class: 'conversation' }, this.link, this.more);
        this.link.addEventListener('click', (event) => this.#clicked(event));
        this.link.addEventListener('keydown', (event) => this.#pressed(event));
    }

    get id() {
        return this.#row.id;
    }

    // `row` with `own` when only this page has it; `words` that were looked for.
    show(row, { current, words }) {
        this.#row = row;
        const { id, title, match, answering = false, own = false, unsent = false } = row;
        const key = JSON.stringify([id, title, match, answering, own, unsent, current, words]);
        if (key === this.#key)
            return;
        this.#key = key;
        this.element.dataset.id = id;
        this.element.dataset.current = String(current);
        this.link.href = linkTo(id, match?.message_id);
        this.link.title = title;
        if (current)
            this.link.setAttribute('aria-current', 'page');
        else
            this.link.removeAttribute('aria-current');
        showPieces(this.#title, title, wordRanges(title, words));
        this.#snippet.hidden = !match;
        const snippet = typeof match?.text === 'string' ? match.text : '';
        showPieces(this.#snippet, snippet, [...Array.isArray(match?.ranges) ? match.ranges : [], ...wordRanges(snippet, words)]);
        this.#showMark(answering, unsent);
        this.more.hidden = own;
        this.more.setAttribute('aria-label', `More for “${title}”`);
        this.more.title = 'More';
    }

    rename() {
        this.actions.editing(true);
        this.more.hidden = true;
        editTitle({ holder: this.element, shown: this.link, value: this.#row.title,
            onRename: (title) => this.actions.rename(this.#row, title),
            onEnd: () => {
                this.more.hidden = false;
                this.actions.editing(false);
            } });
    }

    // Quiet: a dot that pulses, or a clock; the words are for screen readers.
    #showMark(answering, unsent) {
        this.#mark.hidden = !answering && !unsent;
        if (this.#mark.hidden) {
            this.#mark.replaceChildren();
            return;
        }
        const words = answering ? 'Being answered' : 'Not sent yet';
        this.#mark.title = words;
        this.#mark.replaceChildren(answering ? element('span', { class: 'pulse', 'aria-hidden': 'true' }) : icon('clock'),
            element('span', { class: 'visually-hidden' }, `, ${words.toLowerCase()}`));
    }

    // A click that asks for another tab or window is the browser's.
    #clicked(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0)
            return;
        event.preventDefault();
        this.actions.open(this.#row);
    }

    #pressed(event) {
        if (this.#row.own || event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (event.key === 'F2')
            this.rename();
        else if (event.key === 'Delete')
            this.actions.remove(this.#row);
        else
            return;
        event.preventDefault();
    }
}

// Text nodes and marks: what somebody wrote is never markup.
function showPieces(node, text, ranges) {
    const parts = pieces(text, ranges);
    if (!parts.some(({ found }) => found) && node.childElementCount === 0)
        setText(node, text);
    else
        node.replaceChildren(...parts.map((part) => (part.found ? element('mark', {}, part.text) : part.text)));
}
