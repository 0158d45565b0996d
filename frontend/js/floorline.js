// A quiet line of the agents of an answer, when there is more than one: who has the floor, and who had it.

import { element } from './dom.js';
import { floorOf } from './toolcalls.js';

export class FloorLine {
    #agents = undefined;
    #state = undefined;

    constructor() {
        this.element = element('p', { class: 'floor' });
        this.element.hidden = true;
    }

    show(message) {
        if (message.agents === this.#agents && message.state === this.#state)
            return;
        this.#agents = message.agents;
        this.#state = message.state;
        const floor = floorOf(message);
        this.element.hidden = floor === null;
        if (!floor)
            return;
        const names = floor.names.flatMap(({ name, speaks }, index) => [
            index > 0 ? element('span', { 'aria-hidden': 'true' }, ' → ') : null,
            index > 0 ? element('span', { class: 'visually-hidden' }, ', ') : null,
            element('bdi', { 'data-speaks': speaks }, name),
            speaks ? element('span', { class: 'visually-hidden' }, ' (at work)') : null,
        ]);
        const more = floor.more > 0 ? ` and ${floor.more.toLocaleString()} more` : null;
        const label = element('span', { class: 'visually-hidden' }, 'Agents: ');
        this.element.replaceChildren(...[label, ...names, more].filter((node) => node !== null));
    }
}
