// Where a message is written. Enter sends, Shift+Enter breaks the line; an Enter that ends a composition (Chinese,
// Japanese, Korean …) does neither.

import { setIcon } from './icons.js';
import { byteLength } from './protocol.js';
import { setText } from './dom.js';

const usualHint = 'Enter sends, Shift+Enter starts a new line';
const growsByItself = CSS.supports('field-sizing', 'content');

export class Composer {
    #text;
    #send;
    #hint;
    #actions;
    #limit = 0;
    #turn = null; // of the answer that Stop would stop
    #stopping = false;

    // `actions`: send(text), stop(turn), draft(text).
    constructor({ form, text, send, hint }, actions) {
        this.#text = text;
        this.#send = send;
        this.#hint = hint;
        this.#actions = actions;
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.#pressed();
        });
        text.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
                event.preventDefault();
                this.#submit();
            }
        });
        text.addEventListener('input', () => {
            this.#changed();
            actions.draft(text.value);
        });
        this.#changed();
    }

    get value() {
        return this.#text.value;
    }

    set value(value) {
        this.#text.value = value;
        this.#changed();
    }

    focus() {
        this.#text.focus({ preventScroll: true });
    }

    // `turn` of the answer under way, or null; `limit` in bytes of UTF-8.
    show({ turn, limit }) {
        if (turn !== this.#turn)
            this.#stopping = false;
        this.#turn = turn;
        this.#limit = limit;
        this.#showButton();
    }

    #pressed() {
        if (this.#turn === null) {
            this.#submit();
            return;
        }
        this.#stopping = true;
        this.#showButton();
        this.#actions.stop(this.#turn);
    }

    #submit() {
        const value = this.#text.value;
        if (!this.#sendable())
            return;
        this.value = '';
        this.#actions.draft('');
        this.#actions.send(value);
    }

    #sendable() {
        const value = this.#text.value;
        return value.trim() !== '' && byteLength(value) <= this.#limit;
    }

    #changed() {
        if (!growsByItself) {
            this.#text.style.height = 'auto';
            this.#text.style.height = `${this.#text.scrollHeight}px`;
        } else {
            this.#text.style.fieldSizing = 'content';
        }
        this.#showButton();
    }

    #showButton() {
        const stops = this.#turn !== null;
        this.#send.dataset.action = stops ? 'stop' : 'send';
        setIcon(this.#send, stops ? 'square' : 'arrow-up');
        const label = stops ? 'Stop' : 'Send';
        this.#send.setAttribute('aria-label', label);
        this.#send.title = label;
        this.#send.disabled = stops ? this.#stopping : !this.#sendable();
        this.#showHint();
    }

    #showHint() {
        const size = this.#limit > 0 ? byteLength(this.#text.value) : 0;
        const over = this.#limit > 0 && size > this.#limit;
        this.#hint.classList.toggle('over', over);
        setText(this.#hint, over ? `Too long by ${(size - this.#limit).toLocaleString()} bytes. Shorten it to send.` : usualHint);
        this.#text.setAttribute('aria-invalid', String(over));
    }
}
