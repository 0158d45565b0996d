// The tool calls of an answer: a card each, that opens to input and output. One that waits for approval asks.

import { element, setText, textButton } from './dom.js';
import { icon } from './icons.js';
import { Decision, MessageState, ToolState } from './protocol.js';
import { argumentLine, askWords, callParts, callState, failureLine, toolName } from './toolcalls.js';

const stateIcons = { done: 'check', failed: 'circle-alert', waiting: 'clock' };

const answers = [[Decision.allow, 'Allow'], [Decision.allowAlways, 'Always allow'], [Decision.deny, 'Deny']];

export class ToolCards {
    #cards = new Map(); // by the call's id
    #onDecide;
    #shown = { tools: undefined };

    // `onDecide(call, decision)`
    constructor(onDecide) {
        this.#onDecide = onDecide;
        this.element = element('div', { class: 'tools' });
    }

    // `decided`: the ids of those that a decision is on its way for; `mayDecide`: one would get there.
    show({ tools = [], state }, { decided, mayDecide }) {
        const isRunning = state === MessageState.running;
        const now = { tools, isRunning, decided, mayDecide };
        if (Object.entries(now).every(([name, value]) => this.#shown[name] === value))
            return;
        this.#shown = now;
        const wanted = new Set(tools.map(({ call }) => call));
        for (const [call, card] of this.#cards) {
            if (!wanted.has(call)) {
                card.element.remove();
                this.#cards.delete(call);
            }
        }
        for (const use of tools)
            this.#cardOf(use).show(use, { isRunning, mayDecide: mayDecide && !decided.includes(use.call) });
    }

    #cardOf({ call }) {
        let card = this.#cards.get(call);
        if (!card) {
            card = new ToolCard((decision) => this.#onDecide(call, decision));
            this.#cards.set(call, card);
            this.element.append(card.element);
        }
        return card;
    }
}

class ToolCard {
    #use = null;
    #name = element('bdi', { class: 'tool-name' });
    #line = element('span', { class: 'tool-line', dir: 'ltr' });
    #words = element('span');
    #state = element('span', { class: 'tool-state' }, this.#words);
    #time = element('span', { class: 'tool-time' });
    #summary = element('summary', {}, icon('wrench'), this.#name, ' ', this.#line, ' ',
        element('span', { class: 'tool-end' }, this.#state, ' ', this.#time, icon('chevron-right')));
    #body = element('div', { class: 'tool-body' });
    #details = element('details', {}, this.#summary, this.#body);
    #error = element('p', { class: 'tool-error', dir: 'auto' });
    #ask = null;
    #sign = '';
    #onDecide;
    #isOld = true; // what it opens to is of an earlier state

    constructor(onDecide) {
        this.#onDecide = onDecide;
        this.element = element('div', { class: 'tool', role: 'group' }, this.#details);
        this.#summary.addEventListener('click', () => this.#fill()); // before it opens, so that nothing grows afterwards
    }

    show(use, { isRunning, mayDecide }) {
        const { kind, words, time } = callState(use, isRunning);
        if (use !== this.#use)
            this.#showUse(use);
        this.element.dataset.call = kind; // no name that a message has: the style of all in it would be looked through when it ends
        setText(this.#words, words);
        setText(this.#time, time);
        this.#time.hidden = time === '';
        this.#showSign(kind);
        this.#showAsk(kind === 'waiting', mayDecide);
    }

    #showUse(use) {
        this.#use = use;
        const name = toolName(use);
        setText(this.#name, name);
        this.element.setAttribute('aria-label', `Tool ${name}`);
        const line = argumentLine(use);
        setText(this.#line, line);
        this.#line.hidden = line === '';
        if (use.state === ToolState.waiting && line.endsWith('…'))
            this.#details.open = true; // nobody is asked about what cannot be read
        const error = failureLine(use);
        setText(this.#error, error);
        if (error)
            this.#details.after(this.#error);
        else
            this.#error.remove();
        this.#isOld = true;
        if (this.#details.open)
            this.#fill();
    }

    #showSign(kind) {
        const name = kind === 'running' ? 'pulse' : stateIcons[kind] ?? '';
        if (name === this.#sign)
            return;
        this.#sign = name;
        const pulse = name === 'pulse' ? element('span', { class: 'pulse', 'aria-hidden': 'true' }) : null;
        this.#state.replaceChildren(...[pulse ?? (name && icon(name)), this.#words].filter(Boolean));
    }

    // Whoever stands on a button that goes or cannot be pressed any more stays at the card.
    #showAsk(asks, mayDecide) {
        const isThere = this.#ask?.contains(document.activeElement);
        if (!asks) {
            this.#ask?.remove();
            this.#ask = null;
        } else if (!this.#ask) {
            this.#ask = this.#makeAsk();
            this.element.append(this.#ask);
        }
        if (this.#ask)
            this.#label(this.#ask);
        for (const button of this.#ask?.querySelectorAll('button') ?? [])
            button.disabled = !mayDecide;
        if (isThere && !(asks && mayDecide))
            this.#summary.focus({ preventScroll: true });
    }

    #makeAsk() {
        const buttons = answers.map(([decision, label]) => {
            const button = textButton(null, label, () => this.#onDecide(decision));
            button.dataset.decision = decision;
            return button;
        });
        return element('div', { class: 'tool-ask' }, element('p', { dir: 'auto' }), element('div', { class: 'tool-buttons' }, ...buttons));
    }

    #label(ask) {
        setText(ask.querySelector('p'), askWords(this.#use));
        for (const button of ask.querySelectorAll('button'))
            button.setAttribute('aria-label', `${button.textContent} the tool ${toolName(this.#use)}`);
    }

    #fill() {
        if (!this.#isOld)
            return;
        this.#isOld = false;
        const name = toolName(this.#use);
        const shown = [...this.#body.children];
        const parts = callParts(this.#use);
        parts.forEach((part, index) => {
            const node = shown[index] ?? emptyPart();
            const [head, text, note] = node.children;
            setText(head, part.name);
            text.setAttribute('aria-label', `${part.name} of ${name}`);
            text.dir = part.direction;
            setText(text, part.text);
            text.hidden = part.text === '';
            setText(note, part.note);
            note.hidden = part.note === '';
            this.#body.append(node);
        });
        for (const node of shown.slice(parts.length))
            node.remove();
    }
}

function emptyPart() {
    return element('div', { class: 'tool-part' }, element('p', { class: 'tool-head' }),
        element('pre', { tabindex: '0', role: 'group' }), element('p', { class: 'tool-note' }));
}
