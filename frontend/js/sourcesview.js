// What an answer rests on: a numbered list below the text, of which the first few are always there.

import { element, setText } from './dom.js';
import { icon } from './icons.js';
import { sourceOf } from './toolcalls.js';

const alwaysShown = 3;
const mostShown = 100;

export class SourceList {
    #sources = undefined;
    #items = []; // {key, node}
    #first = element('ol');
    #more = element('ol', { start: alwaysShown + 1 });
    #moreWords = element('span');
    #details = element('details', {}, element('summary', {}, icon('chevron-right'), this.#moreWords), this.#more);
    #rest = element('p');

    constructor() {
        this.element = element('div', { class: 'sources', role: 'group', 'aria-label': 'Sources' },
            element('p', { 'aria-hidden': 'true' }, 'Sources'), this.#first, this.#details);
        this.element.hidden = true;
    }

    // Sources that are there already stay the same elements: somebody may be at one.
    show(sources) {
        if (sources === this.#sources)
            return;
        this.#sources = sources;
        const list = (sources ?? []).slice(0, mostShown).map(sourceOf);
        this.element.hidden = list.length === 0;
        list.forEach((source, index) => this.#put(source, index));
        for (const { node } of this.#items.splice(list.length))
            node.remove();
        const folded = (sources?.length ?? 0) - alwaysShown;
        this.#details.hidden = folded <= 0;
        setText(this.#moreWords, `${folded.toLocaleString()} more`);
        const left = (sources?.length ?? 0) - list.length;
        setText(this.#rest, `And ${left.toLocaleString()} that are not shown.`);
        if (left > 0)
            this.#details.append(this.#rest);
        else
            this.#rest.remove();
    }

    #put(source, index) {
        const key = JSON.stringify(source);
        const old = this.#items[index];
        if (old?.key === key)
            return;
        const node = itemOf(source);
        if (old)
            old.node.replaceWith(node);
        else
            (index < alwaysShown ? this.#first : this.#more).append(node);
        this.#items[index] = { key, node };
    }
}

function itemOf({ title, host, url }) {
    const name = url
        ? element('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'auto' }, title)
        : element('span', { dir: 'auto' }, title);
    return element('li', {}, name, host && ' ', host && element('span', { class: 'host', dir: 'ltr' }, host));
}
