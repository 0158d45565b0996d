// Which conversation the address bar names: `?c=ID`, and with `&m=ID` a message of it that is to be shown. A new chat
// has no name until it has a message; the history remembers its id all the same, so that Back and Forward find it.

import { isId } from './protocol.js';

export class Address {
    #world;

    // `onGo({id, named, message})`: the person went back or forward. `world` is what a test replaces.
    constructor(onGo, world = { location: globalThis.location, history: globalThis.history, events: globalThis }) {
        this.#world = world;
        world.events.addEventListener('popstate', () => {
            const place = this.place; // a jump inside the page has no state, and the same query
            if (place.id)
                onGo(place);
        });
    }

    // {id, named, message: {id} or null}; id null when the address says nothing of a conversation.
    get place() {
        const { location, history } = this.#world;
        const query = new URLSearchParams(location.search);
        const named = isId(query.get('c'));
        const kept = history.state?.conversation;
        const id = named ? query.get('c') : (isId(kept) ? kept : null);
        const message = named && query.get('m') ? { id: query.get('m') } : null;
        return { id, named, message };
    }

    // `named`: the server has it, so a link to it leads somewhere. `push`: a step that Back undoes.
    show(id, { named, push = false }) {
        const { id: shown, named: wasNamed, message } = this.place;
        if (!push && shown === id && wasNamed === named && message === null)
            return;
        const { location, history } = this.#world;
        const url = named ? linkTo(id) : location.pathname;
        history[push ? 'pushState' : 'replaceState']({ conversation: id }, '', url);
    }
}

export function linkTo(id, message = null) {
    return `?c=${id}${message ? `&m=${encodeURIComponent(message)}` : ''}`;
}
