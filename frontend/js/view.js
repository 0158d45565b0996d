// State to page: the list of messages. It is told the whole state and changes what differs.

import { element, setText } from './dom.js';
import { beginFrame, isSpent } from './framebudget.js';
import { AnswerView, QueuedView, UserView } from './messageview.js';
import { hasText, running, siblings, visible } from './reducer.js';
import { defaultMessageBytes } from './protocol.js';
import { exactTime, timeWords } from './words.js';

const ofStretch = 16; // messages

const suggestions = [
    { title: 'Explain quantum computing', rest: 'in simple terms', message: 'Explain quantum computing in simple terms' },
    { title: 'Compare SQL and NoSQL', rest: 'in a table', message: 'Compare SQL and NoSQL databases in a table' },
    { title: 'Show a C++ example', rest: 'of a range-based loop', message: 'Show me a C++ example of a range-based loop' },
    { title: 'Write a haiku', rest: 'about running water', message: 'Write a haiku about running water' },
];

export class ConversationView {
    #list;
    #actions;
    #views = new Map(); // by message_id and time, or by "outbox:" and the client's id
    #told = new Map(); // by the same: {view, value, context, isDrawn}, what the view was told last
    #empty = null;
    #chosen = null; // the version that was asked for and is not shown yet
    #drawn = {}; // what was shown last, and those of #told that wait for a later frame
    #live = false; // true once a conversation is shown: answers that come then are watched from their start

    constructor(list, actions) {
        this.#list = list;
        this.#actions = { ...actions, select: (message, id, words) => {
            this.#chosen = id;
            actions.select(id, words);
        } };
    }

    // False when a part waits for a later frame. What is being edited is kept when another window shows another version:
    // the text is there again with its own.
    render(state, { connected, ready, synced }) {
        const drawn = this.#drawn;
        if (state === drawn.state && connected === drawn.connected && ready === drawn.ready && synced === drawn.synced)
            return this.#drawOn({ isFirst: false });
        const grown = connected === drawn.connected && ready === drawn.ready && synced === drawn.synced && grownOnly(drawn.state, state);
        if (grown)
            return this.#drawGrown(state, grown);
        const shown = [...this.#messageEntries(state, connected, synced), ...this.#queueEntries(state, connected)];
        this.#showEmpty(ready && shown.length === 0);
        const wanted = new Set(shown.map(({ key }) => key));
        for (const [key, view] of this.#views) {
            if (!wanted.has(key)) {
                view.element.remove();
                if (!view.isEdited)
                    this.#views.delete(key);
            }
        }
        putInto(this.#list, shown.map((entry) => this.#viewOf(entry).element));
        // From the end, where the reader is: there the frame's time goes first.
        this.#drawn = { state, connected, ready, synced, waiting: this.#news(shown).toReversed() };
        const complete = this.#drawOn({ isFirst: true });
        this.#live = ready;
        this.#focusChosen(shown);
        return complete;
    }

    // A chunk changes one message of hundreds.
    #news(shown) {
        const before = this.#told;
        this.#told = new Map(shown.map(({ key, value, context }) => {
            const told = before.get(key);
            const view = this.#views.get(key);
            const isNew = !told?.isDrawn || told.view !== view || told.value !== value || !isAlike(told.context, context);
            return [key, isNew ? { view, value, context, isDrawn: false } : told];
        }));
        return [...this.#told.values()].filter(({ isDrawn }) => !isDrawn);
    }

    // So it is with nearly each chunk: nothing of the other messages is looked at.
    #drawGrown(state, grown) {
        this.#drawn.state = state;
        for (const message of grown) {
            const told = this.#told.get(keyOf(message));
            if (!told)
                continue; // of a branch that is not shown
            told.value = message;
            if (told.isDrawn)
                this.#drawn.waiting.unshift(told);
            told.isDrawn = false;
        }
        return this.#drawOn({ isFirst: true });
    }

    // Of a long conversation that waits to be drawn nothing else is looked at in each frame.
    #drawOn({ isFirst }) {
        beginFrame();
        this.#drawn.waiting = this.#drawn.waiting.filter((told) => {
            told.isDrawn = (isFirst || !isSpent()) && told.view.update(told.value, told.context);
            return !told.isDrawn;
        });
        return this.#drawn.waiting.length === 0;
    }

    // Nothing is said yet: the greeting is read from its top.
    get isEmpty() {
        return this.#empty !== null;
    }

    // The element of a message that is shown, or null.
    elementOf(id) {
        for (const [key, view] of this.#views) {
            if (key.startsWith(`${id} `) && view.element.isConnected)
                return view.element;
        }
        return null;
    }

    tick() {
        for (const view of this.#views.values())
            view.tick?.();
    }

    refreshTimes() {
        for (const time of this.#list.querySelectorAll('time')) {
            setText(time, timeWords(time.dateTime));
            time.title = exactTime(time.dateTime);
        }
    }

    // Whether there are traces is known only now.
    refreshTraces() {
        for (const view of this.#views.values())
            view.showTrace?.();
    }

    clear() {
        for (const view of this.#views.values())
            view.element.remove();
        this.#views.clear();
        this.#told.clear();
        this.#drawn = {};
        this.#chosen = null;
        this.#live = false;
    }

    // Whoever goes through the versions by keyboard goes on from the one that has come.
    #focusChosen(shown) {
        const entry = this.#chosen !== null && shown.find(({ value }) => value.message_id === this.#chosen);
        if (!entry)
            return;
        this.#chosen = null;
        this.#views.get(entry.key).branches?.focus();
    }

    #messageEntries(state, connected, synced) {
        const places = siblings(state);
        const limit = state.limits?.message_bytes ?? defaultMessageBytes;
        const busy = running(state) !== undefined;
        const asked = new Set(state.outbox.filter((item) => !hasText(item)).map((item) => item.message_id));
        return visible(state).map((message, index, { length }) => ({
            key: keyOf(message),
            value: message,
            make: () => (message.role === 'user'
                ? new UserView(message, this.#actions)
                : new AnswerView(message, this.#actions, { live: this.#live })),
            context: {
                retry: state.retry?.turn === message.turn ? state.retry : null, connected, limit,
                siblings: places.get(message.parent_id), isLast: index === length - 1, busy,
                waiting: asked.has(message.message_id) || asked.has(message.parent_id),
                decided: state.decided, mayDecide: connected && synced,
            },
        }));
    }

    #queueEntries(state, connected) {
        const busy = running(state) !== undefined;
        return state.outbox.filter(hasText).map((item) => ({
            key: `outbox:${item.id}`,
            value: item,
            make: () => new QueuedView(item, this.#actions),
            context: { connected, busy },
        }));
    }

    #viewOf({ key, make }) {
        let view = this.#views.get(key);
        if (!view) {
            view = make();
            this.#views.set(key, view);
        }
        return view;
    }

    #showEmpty(isEmpty) {
        if (!isEmpty) {
            this.#empty?.remove();
            this.#empty = null;
            return;
        }
        if (this.#empty)
            return;
        const items = suggestions.map(({ title, rest, message }) => {
            const button = element('button', { type: 'button', class: 'suggestion' }, element('b', {}, title), ' ',
                element('span', {}, rest));
            button.addEventListener('click', () => this.#actions.suggest(message));
            return element('li', {}, button);
        });
        this.#empty = element('div', { class: 'empty' }, element('h2', {}, 'What would you like to know?'),
            element('p', {}, 'Ask anything, or begin with one of these.'),
            element('ul', { class: 'suggestions', 'aria-label': 'Suggestions' }, ...items));
        this.#list.append(this.#empty);
    }
}

// A server that was restarted counts its ids anew.
function keyOf({ message_id, at }) {
    return `${message_id} ${at}`;
}

// The messages that have another text than before, where nothing else is another; else null.
function grownOnly(before, state) {
    if (!before || before.messages.length !== state.messages.length || !isSame(before, state, ['messages', 'seq']))
        return null;
    const grown = [];
    for (const [index, message] of state.messages.entries()) {
        if (message === before.messages[index])
            continue;
        if (!isSame(before.messages[index], message, ['content', 'thoughts']))
            return null;
        grown.push(message);
    }
    return grown;
}

function isSame(one, other, but) {
    const names = Object.keys(other);
    return names.length === Object.keys(one).length && names.every((name) => one[name] === other[name] || but.includes(name));
}

// Stretches of messages: the browser looks at each as a whole in each frame, whether it is near.
function putInto(list, messages) {
    const count = Math.ceil(messages.length / ofStretch);
    const stretches = [...list.children].filter(({ className }) => className === 'stretch');
    while (stretches.length < count) {
        stretches.push(element('div', { class: 'stretch' }));
        list.append(stretches.at(-1));
    }
    for (const stretch of stretches.splice(count))
        stretch.remove();
    stretches.forEach((stretch, index) => putChildren(stretch, messages.slice(index * ofStretch, (index + 1) * ofStretch)));
}

// What stands where it is to be is not touched: it would lose the selection and the focus.
function putChildren(parent, nodes) {
    let place = parent.firstElementChild;
    for (const node of nodes) {
        if (node === place)
            place = place.nextElementSibling;
        else
            parent.insertBefore(node, place);
    }
}

function isAlike(one, other) {
    return Object.keys(other).every((name) => (Array.isArray(other[name])
        ? other[name].length === one[name]?.length && other[name].every((value, index) => value === one[name][index])
        : other[name] === one[name]));
}
