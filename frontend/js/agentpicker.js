// The choice of an agent: a button that opens a list box. Two of them stand in the page, in the header of a wide one
// and in the composer of a narrow one; each shows the same state.

import { element, setText } from './dom.js';
import { icon } from './icons.js';

let made = 0;

export class AgentPicker {
    #slot;
    #button;
    #name;
    #list;
    #options = [];
    #active = 0;
    #onChoose;
    #agents = null;

    constructor(slot, onChoose) {
        const id = `agents-${++made}`;
        this.#slot = slot;
        this.#onChoose = onChoose;
        this.#name = element('span');
        this.#button = element('button', { type: 'button', class: 'agent-button', 'aria-haspopup': 'listbox',
            'aria-expanded': 'false', 'aria-controls': id }, this.#name, icon('chevron-down'));
        this.#list = element('ul', { class: 'agent-list', id, role: 'listbox', 'aria-label': 'Agent', tabindex: '-1', hidden: true });
        slot.append(this.#button, this.#list);
        this.#button.addEventListener('click', () => (this.#list.hidden ? this.#open() : this.#close()));
        this.#button.addEventListener('keydown', (event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                event.preventDefault();
                this.#open();
            }
        });
        this.#list.addEventListener('keydown', (event) => this.#key(event));
        this.#list.addEventListener('focusout', (event) => {
            if (!slot.contains(event.relatedTarget))
                this.#hide();
        });
    }

    show(agents, chosen) {
        this.#slot.hidden = agents.length === 0;
        setText(this.#name, chosen);
        this.#button.setAttribute('aria-label', `Agent: ${chosen}`);
        if (!alike(agents, this.#agents)) { // each connection brings the list again; an open one stays as it is
            this.#agents = agents;
            this.#options = agents.map((agent, index) => this.#option(agent, index));
            this.#list.replaceChildren(...this.#options);
        }
        agents.forEach((agent, index) => this.#options[index].setAttribute('aria-selected', String(agent.name === chosen)));
    }

    #option(agent, index) {
        const option = element('li', { class: 'agent-option', role: 'option', id: `${this.#list.id}-${index}` },
            icon('check'), element('span', { class: 'name' }, agent.name),
            agent.description ? element('span', { class: 'about' }, agent.description) : null);
        option.addEventListener('click', () => this.#choose(index));
        option.addEventListener('pointermove', () => this.#activate(index));
        return option;
    }

    #open() {
        this.#list.hidden = false;
        this.#button.setAttribute('aria-expanded', 'true');
        this.#activate(Math.max(0, this.#options.findIndex((option) => option.getAttribute('aria-selected') === 'true')));
        this.#list.focus();
    }

    #hide() {
        this.#list.hidden = true;
        this.#button.setAttribute('aria-expanded', 'false');
    }

    #close() {
        this.#hide();
        this.#button.focus();
    }

    #choose(index) {
        this.#close();
        this.#onChoose(this.#agents[index].name);
    }

    #activate(index) {
        this.#options.forEach((option, at) => { option.dataset.active = String(at === index); });
        this.#active = index;
        this.#list.setAttribute('aria-activedescendant', this.#options[index].id);
        this.#options[index].scrollIntoView({ block: 'nearest' });
    }

    #key(event) {
        const last = this.#options.length - 1;
        const moves = { ArrowDown: Math.min(last, this.#active + 1), ArrowUp: Math.max(0, this.#active - 1), Home: 0, End: last };
        if (event.key in moves) {
            this.#activate(moves[event.key]);
        } else if (event.key === 'Enter' || event.key === ' ') {
            this.#choose(this.#active);
        } else if (event.key === 'Escape') {
            this.#close();
        } else if (event.key.length === 1) {
            const found = this.#agents.findIndex(({ name }) => name.toLowerCase().startsWith(event.key.toLowerCase()));
            if (found >= 0)
                this.#activate(found);
        } else {
            return;
        }
        event.preventDefault();
    }
}

function alike(agents, others) {
    return others !== null && agents.length === others.length && agents.every(({ name, description }, index) => (
        name === others[index].name && description === others[index].description));
}
