// The row below a message: what can be done with it, and which of its siblings is shown.

import { element, iconButton, setText } from './dom.js';

export class BranchSwitch {
    #ids = [];
    #index = 0;
    #count = element('span');
    #previous;
    #next;

    // `onSelect(id, words)`: that sibling is to be shown.
    constructor(onSelect) {
        const by = (step) => () => {
            const to = this.#index + step;
            onSelect(this.#ids[to], `Version ${to + 1} of ${this.#ids.length}.`);
        };
        this.#previous = iconButton('chevron-left', 'Previous version', by(-1));
        this.#next = iconButton('chevron-right', 'Next version', by(1));
        this.element = element('div', { class: 'branches', role: 'group' }, this.#previous, this.#count, this.#next);
    }

    show(ids, id, connected) {
        this.#ids = ids;
        this.#index = ids.indexOf(id);
        this.element.hidden = ids.length < 2;
        const place = this.#index + 1;
        setText(this.#count, `${place} / ${ids.length}`);
        this.element.setAttribute('aria-label', `Version ${place} of ${ids.length}`);
        this.#previous.disabled = !connected || place <= 1;
        this.#next.disabled = !connected || place >= ids.length;
    }

    // For somebody who goes through the versions by keyboard.
    focus() {
        (this.#next.disabled ? this.#previous : this.#next).focus();
    }
}

// Takes the place of a bubble: Enter and Save send, Escape and Cancel leave it as it was.
export class MessageEditor {
    #text;
    #save;
    #check;

    // `check(text)`: whether it may be sent.
    constructor(content, { check, onSave, onCancel }) {
        this.#check = check;
        this.#text = element('textarea', { 'aria-label': 'Edit your message', dir: 'auto', rows: '1' });
        this.#text.value = content;
        this.#save = element('button', { type: 'submit', class: 'text-button' }, 'Save');
        const cancel = element('button', { type: 'button', class: 'text-button plain' }, 'Cancel');
        this.element = element('form', { class: 'editor' }, this.#text,
            element('div', { class: 'editor-row' }, cancel, this.#save));
        const save = () => {
            if (!this.#save.disabled)
                onSave(this.#text.value);
        };
        cancel.addEventListener('click', onCancel);
        this.element.addEventListener('submit', (event) => {
            event.preventDefault();
            save();
        });
        this.#text.addEventListener('input', () => this.refresh());
        this.element.addEventListener('keydown', (event) => {
            if (event.isComposing || event.keyCode === 229)
                return;
            if (event.key === 'Escape') {
                event.preventDefault();
                onCancel();
            } else if (event.key === 'Enter' && !event.shiftKey && event.target === this.#text) {
                event.preventDefault();
                save();
            }
        });
    }

    // What may be sent depends on the connection, too.
    refresh() {
        this.#save.disabled = !this.#check(this.#text.value);
        this.#text.style.height = 'auto';
        this.#text.style.height = `${this.#text.scrollHeight}px`;
    }

    focus() {
        this.refresh();
        this.#text.focus();
        this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
    }
}
