// The menu of a conversation: one for all rows, as only one is open at a time. The keys are those of the ARIA menu pattern.

import { element } from './dom.js';
import { icon } from './icons.js';

const gap = 4; // px, to the button
const margin = 8; // px, to the edge of the window

export class RowMenu {
    #menu = element('div', { class: 'menu', role: 'menu', hidden: true });
    #button = null;
    #onClose = () => {};

    constructor(holder, scroller) {
        holder.append(this.#menu);
        this.#menu.addEventListener('keydown', (event) => this.#key(event));
        this.#menu.addEventListener('focusout', (event) => {
            if (!this.#menu.contains(event.relatedTarget))
                this.#hide();
        });
        document.addEventListener('pointerdown', (event) => {
            if (this.isOpen && !this.#menu.contains(event.target) && !this.#button.contains(event.target))
                this.#hide();
        });
        scroller.addEventListener('scroll', () => this.#hide(), { passive: true });
        globalThis.addEventListener('resize', () => this.#hide());
    }

    get isOpen() {
        return this.#button !== null;
    }

    // `items`: {icon, label, keys?, danger?} with `action` or `href`. `onClose()` comes before the action.
    open(button, items, onClose) {
        this.#hide();
        this.#button = button;
        this.#onClose = onClose;
        this.#menu.replaceChildren(...items.map((item) => this.#item(item)));
        this.#menu.setAttribute('aria-label', button.getAttribute('aria-label'));
        this.#menu.hidden = false;
        button.setAttribute('aria-expanded', 'true');
        this.#place(button.getBoundingClientRect());
        this.#menu.firstElementChild.focus({ preventScroll: true });
    }

    close() {
        const button = this.#button;
        this.#hide();
        button?.focus();
    }

    #item({ icon: name, label, keys, danger, action, href }) {
        const item = element(href ? 'a' : 'button', { class: `menu-item${danger ? ' danger' : ''}`, role: 'menuitem', tabindex: '-1',
            'aria-keyshortcuts': keys, ...(href ? { href, download: '' } : { type: 'button' }) }, icon(name), element('span', {}, label),
        keys ? element('kbd', { 'aria-hidden': 'true' }, keys === 'Delete' ? 'Del' : keys) : null);
        item.addEventListener('click', () => {
            this.close();
            action?.();
        });
        item.addEventListener('pointermove', () => item.focus({ preventScroll: true }));
        return item;
    }

    // Below the button, or above it where there is more room; never outside of the window.
    #place({ top, bottom, right }) {
        const { offsetWidth: width, offsetHeight: height } = this.#menu;
        const below = bottom + gap + height + margin <= innerHeight || top < innerHeight - bottom;
        const y = below ? bottom + gap : top - gap - height;
        this.#menu.style.left = `${Math.max(margin, Math.min(right - width, innerWidth - width - margin))}px`;
        this.#menu.style.top = `${Math.max(margin, Math.min(y, innerHeight - height - margin))}px`;
    }

    #hide() {
        if (!this.#button)
            return;
        this.#button.setAttribute('aria-expanded', 'false');
        this.#button = null;
        this.#menu.hidden = true;
        this.#onClose();
    }

    #key(event) {
        const items = [...this.#menu.children];
        const at = items.indexOf(document.activeElement);
        const steps = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
        event.stopPropagation(); // Escape closes the menu, not the drawer
        if (event.key in steps) {
            items[steps[event.key]].focus();
        } else if (event.key === 'Escape') {
            this.close();
        } else if (event.key === 'Tab') {
            this.close(); // and the key moves on from the button
            return;
        } else if (event.key === ' ') {
            items[at]?.click(); // links take Enter only
        } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
            const first = (item) => item.querySelector('span').textContent.toLowerCase().startsWith(event.key.toLowerCase());
            [...items.slice(at + 1), ...items.slice(0, at + 1)].find(first)?.focus();
        } else {
            return;
        }
        event.preventDefault();
    }
}
