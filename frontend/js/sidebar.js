// The side bar: a column of a wide page, a drawer of a narrow one.

import { element, iconButton } from './dom.js';

export class Sidebar {
    #parts;
    #actions;
    #shown = null; // what the list was made of
    #narrow = matchMedia('(max-width: 63.99em)');

    // `actions`: open(id), remove(id), begin().
    constructor(parts, actions) {
        this.#parts = parts;
        this.#actions = actions;
        parts.menu.addEventListener('click', () => this.#toggle(!this.isOpen));
        parts.scrim.addEventListener('click', () => this.#toggle(false));
        parts.newChat.addEventListener('click', () => {
            this.#toggle(false);
            actions.begin();
        });
        parts.search.addEventListener('input', () => this.#filter());
        document.addEventListener('keydown', (event) => {
            if (event.key === 'Escape' && this.isOpen) {
                this.#toggle(false);
            }
        });
        this.#narrow.addEventListener('change', () => this.#toggle(false));
    }

    get isOpen() {
        return document.body.classList.contains('drawer-open');
    }

    show(conversations, current) {
        const shown = JSON.stringify([conversations.map(({ id, title }) => [id, title]), current]);
        if (shown === this.#shown)
            return;
        this.#shown = shown;
        const focused = this.#focused();
        const items = conversations.map(({ id, title }) => this.#item(id, title, id === current));
        this.#parts.list.replaceChildren(...items);
        this.#filter();
        if (focused)
            this.#focus(focused);
    }

    // Which button of which item has the focus, and where the item stands; null when none has.
    #focused() {
        const item = document.activeElement?.closest('.conversation');
        if (!item || !this.#parts.list.contains(item))
            return null;
        return { id: item.dataset.id, at: [...this.#parts.list.children].indexOf(item),
            button: [...item.children].indexOf(document.activeElement) };
    }

    // The same button of the same item, or of the one that stands there now.
    #focus({ id, at, button }) {
        const items = [...this.#parts.list.querySelectorAll('.conversation:not([hidden])')];
        const item = items.find((one) => one.dataset.id === id) ?? items[at] ?? items.at(-1);
        (item?.children[button] ?? this.#parts.newChat).focus();
    }

    #item(id, title, isCurrent) {
        const open = element('button', { type: 'button', class: 'conversation-open', title, dir: 'auto',
            'aria-current': isCurrent ? 'true' : null }, title);
        open.addEventListener('click', () => {
            this.#toggle(false);
            this.#actions.open(id);
        });
        return element('li', { class: 'conversation', 'data-id': id, 'data-current': String(isCurrent) }, open,
            iconButton('trash-2', `Remove “${title}” from the list`, () => this.#actions.remove(id)));
    }

    #filter() {
        const wanted = this.#parts.search.value.trim().toLocaleLowerCase();
        this.#parts.list.querySelector('.conversations-empty')?.remove();
        let found = 0;
        for (const item of this.#parts.list.children) {
            item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
            found += item.hidden ? 0 : 1;
        }
        if (found === 0) {
            const words = wanted ? 'No title matches.' : 'Conversations appear here.';
            this.#parts.list.append(element('li', { class: 'conversations-empty' }, words));
        }
    }

    // An open drawer takes the page: what is behind it is inert until it closes.
    #toggle(open) {
        const { menu, main, search, sidebar } = this.#parts;
        const wasOpen = this.isOpen;
        document.body.classList.toggle('drawer-open', open && this.#narrow.matches);
        main.inert = this.isOpen;
        menu.setAttribute('aria-expanded', String(this.isOpen));
        if (this.isOpen)
            this.#parts.newChat.focus();
        else if (wasOpen && (sidebar.contains(document.activeElement) || document.activeElement === document.body))
            menu.focus();
        if (!this.isOpen && search.value && this.#narrow.matches) {
            search.value = '';
            this.#filter();
        }
    }
}
