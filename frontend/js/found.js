// Goes to a message that was searched for: waits until it is there, chooses its branch, and marks it for a moment.

import { visible } from './reducer.js';

const markedFor = 2500; // ms

export class FoundMessage {
    #actions;
    #wanted = null; // {session, id, asked}

    // `actions`: select(id), show(id) (true once it was shown), missing().
    constructor(actions) {
        this.#actions = actions;
    }

    look(session, id) {
        this.#wanted = id ? { session, id, asked: false } : null;
    }

    // After each change of what is shown. `settled`: nothing above the message will grow any more.
    step(state, { ready, connected, settled }) {
        const wanted = this.#wanted;
        if (!wanted || !ready || wanted.session !== state.session)
            return;
        if (!state.messages.some(({ message_id }) => message_id === wanted.id)) {
            this.#wanted = null;
            this.#actions.missing();
        } else if (visible(state).some(({ message_id }) => message_id === wanted.id)) {
            if (settled && this.#actions.show(wanted.id))
                this.#wanted = null;
        } else if (connected && !wanted.asked) {
            wanted.asked = true;
            this.#actions.select(wanted.id);
        }
    }
}

let marked = null;

// The keyboard goes on from there, too.
export function markFound(element) {
    unmark();
    element.tabIndex = -1;
    element.classList.add('found');
    element.focus({ preventScroll: true });
    marked = { element, timer: setTimeout(unmark, markedFor) };
}

function unmark() {
    if (!marked)
        return;
    clearTimeout(marked.timer);
    marked.element.classList.remove('found');
    marked = null;
}
