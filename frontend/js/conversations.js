// The conversations that this browser knows, newest first. Only their ids and titles are kept here; what was said is
// the server's to keep.

import { ofBrowser, ofTab } from './storage.js';
import { isId, newId } from './protocol.js';
import { Kind } from './reducer.js';

const most = 200;
const kinds = Object.values(Kind);

export class Conversations {
    get all() {
        const kept = ofBrowser.get('conversations', []);
        return Array.isArray(kept) ? kept.filter((one) => isId(one?.id) && typeof one.title === 'string') : [];
    }

    get current() {
        const kept = ofTab.get('session');
        if (isId(kept))
            return kept;
        return this.begin();
    }

    // A new conversation; it stands in the list once it has a title.
    begin() {
        const id = newId();
        this.open(id);
        return id;
    }

    open(id) {
        ofTab.set('session', id);
    }

    title(id) {
        return this.all.find((one) => one.id === id)?.title ?? '';
    }

    // The first message names a conversation, unless a person has.
    nameFromMessage(id, title) {
        if (!this.title(id))
            this.rename(id, title);
    }

    rename(id, title) {
        const others = this.all.filter((one) => one.id !== id);
        const old = this.all.find((one) => one.id === id);
        ofBrowser.set('conversations', [{ at: Date.now(), ...old, id, title: title.slice(0, 200) }, ...others]
            .sort((a, b) => b.at - a.at).slice(0, most));
    }

    // Whether the server has had messages of it, so that an empty one is known to have been lost.
    held(id) {
        return this.all.find((one) => one.id === id)?.held === true;
    }

    hold(id, held) {
        ofBrowser.set('conversations', this.all.map((one) => (one.id === id ? { ...one, held } : one)));
    }

    remove(id) {
        ofBrowser.set('conversations', this.all.filter((one) => one.id !== id));
        ofTab.set(`draft.${id}`, null);
        ofTab.set(`outbox.${id}`, null);
    }

    draft(id) {
        const kept = ofTab.get(`draft.${id}`, '');
        return typeof kept === 'string' ? kept : '';
    }

    keepDraft(id, text) {
        ofTab.set(`draft.${id}`, text);
    }

    // Messages that the server has not taken: they outlive a reload.
    outbox(id) {
        const kept = ofTab.get(`outbox.${id}`, []);
        const isItem = (item) => isId(item?.id) && typeof item.content === 'string' && (item.kind === undefined
            || (kinds.includes(item.kind) && (item.kind === Kind.message || typeof item.message_id === 'string')));
        return Array.isArray(kept) ? kept.filter(isItem).map((item) => ({ kind: Kind.message, ...item, sent: false })) : [];
    }

    keepOutbox(id, outbox) {
        ofTab.set(`outbox.${id}`, outbox.length > 0 ? outbox : null);
    }
}
