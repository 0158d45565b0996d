// The list in the side bar: groups by day or what a search found. Rows are kept, so that nothing flickers and whoever is
// at one stays at it; while a title is edited or a menu is open the list waits.

import { dayGroups } from './daygroups.js';
import { element, setText, textButton } from './dom.js';
import { ListRow } from './listrow.js';
import { RowMenu } from './rowmenu.js';

export class ListView {
    #root;
    #actions;
    #fallback; // takes the focus when there is no row
    #rows = new Map();
    #groups = new Map();
    #menu;
    #more;
    #failure;
    #failureText = element('p');
    #note = element('p', { class: 'list-note' });
    #inSight;
    #waiting = null; // what is to be shown once the menu is closed or the title is edited
    #editing = false;
    #moving = null; // the row that the focus goes on from, once the next page is there

    // `actions`: open(row), rename(row, title), pin(row), remove(row), exportUrl(row, format), more(), retry().
    constructor(root, actions, fallback) {
        this.#root = root;
        this.#fallback = fallback;
        this.#actions = { ...actions, menu: (row, view) => this.#openMenu(row, view), editing: (now) => this.#hold(now) };
        this.#menu = new RowMenu(root.parentElement, root);
        this.#more = textButton(null, 'Show more', () => this.#wantMore());
        this.#more.classList.add('list-more');
        this.#failure = element('div', { class: 'list-failure' }, this.#failureText, textButton('rotate-ccw', 'Try again', () => {
            this.#moving = this.#order().at(-1)?.dataset.id ?? null;
            actions.retry();
        }));
        root.addEventListener('keydown', (event) => this.#key(event));
        this.#inSight = new IntersectionObserver((entries) => {
            if (entries.at(-1).isIntersecting)
                actions.more();
        }, { root, rootMargin: '240px' });
    }

    // `list` as ConversationList.shown says it; `current` is the id of the open conversation.
    show(list, current) {
        if (this.#editing || this.#menu.isOpen) {
            this.#waiting = [list, current];
            return;
        }
        this.#waiting = null;
        const place = this.#focusPlace();
        const found = list.words !== '';
        const groups = found ? [{ name: 'Found', rows: list.rows }] : dayGroups(list.rows);
        const shown = list.rows.length > 0 ? groups.map((group) => this.#group(group, list.words, current)) : [];
        this.#forget(this.#rows, new Set(list.rows.map(({ id }) => id)));
        this.#forget(this.#groups, new Set(groups.map(({ name }) => name)));
        const failed = this.#showFailure(list);
        const note = this.#noteOf(list);
        setText(this.#note, note ?? '');
        this.#note.classList.toggle('late', list.state === 'loading');
        arrange(this.#root, [list.error ? failed : null, note ? this.#note : null, ...shown, list.error ? null : failed,
            list.more && !list.moreError ? this.#more : null]);
        this.#root.setAttribute('aria-busy', String(list.busy || list.state === 'loading'));
        this.#watchEnd(list);
        this.#keepFocus(place);
        this.#moveOn(list);
    }

    focusFirst() {
        this.#root.querySelector('.conversation-open')?.focus();
    }

    toTop() {
        this.#root.scrollTop = 0;
    }

    #group({ name, rows }, words, current) {
        if (!this.#groups.has(name)) {
            const id = `group-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
            const list = element('ul', { 'aria-labelledby': id });
            this.#groups.set(name, { list, section: element('div', { class: 'group' }, element('h2', { id }, name), list) });
        }
        const { section, list } = this.#groups.get(name);
        arrange(list, rows.map((row) => {
            if (!this.#rows.has(row.id))
                this.#rows.set(row.id, new ListRow(this.#actions));
            const view = this.#rows.get(row.id);
            view.show(row, { current: row.id === current, words });
            return view.element;
        }));
        return section;
    }

    #forget(kept, wanted) {
        for (const key of kept.keys()) {
            if (!wanted.has(key))
                kept.delete(key);
        }
    }

    #noteOf({ state, words, rows, error, busy }) {
        if (error || rows.length > 0)
            return null;
        if (words)
            return busy ? null : `Nothing found for “${words}”.`;
        return state === 'loading' ? 'Loading' : 'Conversations appear here.';
    }

    // Null when nothing failed.
    #showFailure({ error, moreError, state, words }) {
        if (!error && !moreError)
            return null;
        const ofList = state === 'failed' ? 'The list could not be loaded.' : 'The list could not be updated.';
        const what = !error ? 'There is more, but it could not be loaded.' : words ? 'The search failed.' : ofList;
        setText(this.#failureText, `${what} ${(error ?? moreError).message}`);
        return this.#failure;
    }

    // ---- the next page -------------------------------------------------------------------------------------------

    #wantMore() {
        this.#moving = this.#order().at(-1)?.dataset.id ?? null;
        this.#actions.more();
    }

    // Observed anew after each page, as it may still be in sight. After a failure a person has to ask.
    #watchEnd({ more, busy, error, moreError }) {
        this.#inSight.unobserve(this.#more);
        this.#more.setAttribute('aria-disabled', String(busy));
        if (more && !busy && !error && !moreError)
            this.#inSight.observe(this.#more);
    }

    // Whoever asked for more by keyboard goes on at the first row that came.
    #moveOn({ busy }) {
        if (this.#moving === null || busy)
            return;
        const last = this.#moving;
        this.#moving = null;
        if (document.activeElement === this.#more || document.activeElement === document.body)
            this.#focusAfter(last);
    }

    #focusAfter(id) {
        const links = [...this.#root.querySelectorAll('.conversation-open')];
        const last = links.findIndex((link) => link.parentElement.dataset.id === id);
        (links[last + 1] ?? links[last] ?? this.#fallback).focus();
    }

    // ---- the focus -----------------------------------------------------------------------------------------------

    #focusPlace() {
        const node = document.activeElement;
        if (!this.#root.contains(node))
            return null;
        const row = node.closest('.conversation');
        return { node, last: this.#order().at(-1)?.dataset.id, index: row ? this.#order().indexOf(row) : -1, isMenu: node.matches('.icon-button') };
    }

    // The same element, or the row that stands there now.
    #keepFocus(place) {
        if (!place || document.activeElement === place.node)
            return;
        if (place.node.isConnected && this.#root.contains(place.node)) {
            place.node.focus({ preventScroll: true });
            return;
        }
        if (place.node === this.#more) {
            this.#focusAfter(place.last);
            return;
        }
        if (this.#failure.contains(place.node)) {
            (this.#more.isConnected ? this.#more : this.#root.querySelector('.conversation-open') ?? this.#fallback).focus();
            return;
        }
        const rows = this.#order();
        const row = rows[Math.min(place.index, rows.length - 1)];
        (row?.querySelector(place.isMenu ? '.icon-button' : '.conversation-open') ?? this.#fallback).focus();
    }

    #order() {
        return [...this.#root.querySelectorAll('.conversation')];
    }

    #key(event) {
        const links = [...this.#root.querySelectorAll('.conversation-open')];
        const at = links.indexOf(event.target);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
        if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey)
            return;
        event.preventDefault();
        (links[to] ?? (to < 0 ? this.#fallback : this.#more)).focus();
    }

    // ---- the menu ------------------------------------------------------------------------------------------------

    #openMenu(row, view) {
        if (this.#menu.isOpen) {
            this.#menu.close();
            return;
        }
        this.#menu.open(view.more, [
            { icon: 'pencil', label: 'Rename', keys: 'F2', action: () => view.rename() },
            { icon: row.pinned ? 'pin-off' : 'pin', label: row.pinned ? 'Unpin' : 'Pin', action: () => this.#actions.pin(row) },
            { icon: 'file-text', label: 'Export as Markdown', href: this.#actions.exportUrl(row, 'markdown') },
            { icon: 'file-json', label: 'Export as JSON', href: this.#actions.exportUrl(row, 'json') },
            { icon: 'trash-2', label: 'Delete', keys: 'Delete', danger: true, action: () => this.#actions.remove(row) },
        ], () => this.#release());
        view.element.dataset.menu = 'true';
    }

    #hold(editing) {
        this.#editing = editing;
        this.#release();
    }

    #release() {
        for (const row of this.#root.querySelectorAll('[data-menu]'))
            delete row.dataset.menu;
        if (!this.#waiting)
            return;
        const waiting = this.#waiting;
        queueMicrotask(() => this.#waiting === waiting && this.show(...waiting)); // the focus has settled by then
    }
}

// `nodes` as the children, by as few moves as can be: what is moved loses the focus.
function arrange(parent, nodes) {
    const wanted = nodes.filter(Boolean);
    const kept = new Set(wanted);
    for (const child of [...parent.children]) {
        if (!kept.has(child))
            child.remove();
    }
    let at = parent.firstElementChild;
    for (const node of wanted) {
        if (node === at)
            at = at.nextElementSibling;
        else
            parent.insertBefore(node, at);
    }
}
