// The side bar: a column of a wide page, a drawer of a narrow one. What is in it has modules of its own.

import { ListView } from './listview.js';

export class Sidebar {
    #parts;
    #actions;
    #list;
    #narrow = matchMedia('(max-width: 63.99em)');

    // `actions`: begin(), find(text, now) and those of ListView.
    constructor(parts, actions) {
        this.#parts = parts;
        this.#actions = actions;
        const open = (row) => {
            this.#toggle(false);
            actions.open(row);
        };
        this.#list = new ListView(parts.list, { ...actions, open }, parts.newChat);
        parts.menu.addEventListener('click', () => this.#toggle(!this.isOpen));
        parts.scrim.addEventListener('click', () => this.#toggle(false));
        parts.newChat.addEventListener('click', () => {
            this.#toggle(false);
            actions.begin();
        });
        parts.search.addEventListener('input', () => this.#find(false));
        parts.searchClear.addEventListener('click', () => {
            parts.search.focus();
            this.#clearSearch();
        });
        parts.search.addEventListener('keydown', (event) => this.#searchKey(event));
        document.addEventListener('keydown', (event) => this.#key(event));
        this.#narrow.addEventListener('change', () => this.#toggle(false));
        if (/Mac|iP(?:hone|ad)/.test(navigator.platform))
            parts.searchKey.textContent = '⌘ K';
    }

    get isOpen() {
        return document.body.classList.contains('drawer-open');
    }

    show(list, current) {
        this.#list.show(list, current);
    }

    #find(now) {
        this.#list.toTop();
        this.#parts.searchClear.hidden = this.#parts.search.value === '';
        this.#actions.find(this.#parts.search.value, now);
    }

    #clearSearch() {
        this.#parts.search.value = '';
        this.#find(true);
    }

    #searchKey(event) {
        const { search } = this.#parts;
        if (event.isComposing)
            return;
        if (event.key === 'Escape' && search.value) {
            event.stopPropagation(); // leaves the search, not the drawer
            event.preventDefault();
            this.#clearSearch();
        } else if (event.key === 'Enter') {
            this.#find(true);
        } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            this.#list.focusFirst();
        }
    }

    // Ctrl+K from anywhere, "/" where nothing is written.
    #key(event) {
        const { key, ctrlKey, metaKey, altKey, shiftKey, target, isComposing } = event;
        const writes = target.matches?.('input, textarea, select, [contenteditable]');
        const asked = (key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey)
            || (key === '/' && !ctrlKey && !metaKey && !altKey && !writes);
        if (asked && !isComposing && !event.defaultPrevented) {
            event.preventDefault();
            this.#toggle(true);
            this.#parts.search.focus();
            this.#parts.search.select();
        } else if (key === 'Escape' && this.isOpen) {
            this.#toggle(false);
        }
    }

    // An open drawer takes the page: what is behind it is inert until it closes.
    #toggle(open) {
        const { menu, main, newChat, search, sidebar } = this.#parts;
        const wasOpen = this.isOpen;
        document.body.classList.toggle('drawer-open', open && this.#narrow.matches);
        main.inert = this.isOpen;
        menu.setAttribute('aria-expanded', String(this.isOpen));
        if (this.isOpen && !wasOpen)
            newChat.focus();
        else if (wasOpen && !this.isOpen && (sidebar.contains(document.activeElement) || document.activeElement === document.body))
            menu.focus();
        if (!this.isOpen && wasOpen && search.value)
            this.#clearSearch();
    }
}
