// Goes to a message that was searched for: waits until it is there, chooses its branch, and marks it for a moment.

import { wordRanges } from './marks.js';
import { visible } from './reducer.js';

const markedFor = 2500; // ms, of which the last are a fade
const mostMarks = 200; // a word may stand in each line of a long answer

export class FoundMessage {
    #actions;
    #wanted = null; // {session, message, asked}

    // `actions`: select(id), show(message) (true once it was shown), missing().
    constructor(actions) {
        this.#actions = actions;
    }

    // `message`: {id, words?, first?}: what was looked for, and the word that stands first; null ends it.
    look(session, message) {
        this.#wanted = message ? { session, message, asked: false } : null;
    }

    // After each change of what is shown. `settled`: nothing above the message will grow any more.
    step(state, { ready, connected, settled }) {
        const wanted = this.#wanted;
        if (!wanted || !ready || wanted.session !== state.session)
            return;
        const isIt = ({ message_id }) => message_id === wanted.message.id;
        if (!state.messages.some(isIt)) {
            this.#wanted = null;
            this.#actions.missing();
        } else if (visible(state).some(isIt)) {
            if (settled && this.#actions.show(wanted.message))
                this.#wanted = null;
        } else if (connected && !wanted.asked) {
            wanted.asked = true;
            this.#actions.select(wanted.message.id);
        }
    }
}

let marked = null;

// The keyboard goes on from there, too. Returns what to scroll to: the word, or the message.
export function markFound(element, { words = '', first = '' }) {
    unmark();
    element.tabIndex = -1;
    element.classList.add('found');
    element.focus({ preventScroll: true });
    marked = { element, timer: setTimeout(unmark, markedFor) };
    const ranges = rangesIn(element.querySelector('.bubble, :scope > .prose') ?? element, words);
    globalThis.CSS.highlights?.set('found', new Highlight(...ranges));
    return ranges.find((range) => range.toString() === first) ?? ranges[0] ?? element;
}

function rangesIn(element, words) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const ranges = [];
    while (ranges.length < mostMarks && walker.nextNode()) {
        for (const [start, end] of wordRanges(walker.currentNode.data, words)) {
            const range = new Range();
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, end);
            ranges.push(range);
        }
    }
    return ranges;
}

function unmark() {
    if (!marked)
        return;
    clearTimeout(marked.timer);
    marked.element.classList.remove('found');
    globalThis.CSS.highlights?.delete('found');
    marked = null;
}
