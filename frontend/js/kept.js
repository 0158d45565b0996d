// What this tab keeps of its conversations: which one is open, drafts, and messages that the server has not taken.
// They outlive a reload. What was said is the server's to keep, and the list of conversations is, too.

import { isId, newId } from './protocol.js';
import { Kind } from './reducer.js';
import { ofBrowser, ofTab } from './storage.js';
import { titleFrom } from './words.js';

const kinds = Object.values(Kind);

export class Kept {
    constructor() {
        ofBrowser.set('conversations', null); // an older page had its list there
    }

    // The conversation that this tab had open, or null.
    get current() {
        const kept = ofTab.get('session');
        return isId(kept) ? kept : null;
    }

    open(id) {
        ofTab.set('session', id);
    }

    // A new conversation; the server has it once it has a message.
    begin() {
        const id = newId();
        this.open(id);
        return id;
    }

    // What the tab has of a conversation, and has no more; keepAll() gives it back.
    takeAll(id) {
        const all = { draft: this.draft(id), outbox: this.outbox(id) };
        this.keepAll(id, { draft: '', outbox: [] });
        return all;
    }

    keepAll(id, { draft, outbox }) {
        this.keepDraft(id, draft);
        this.keepOutbox(id, outbox);
    }

    draft(id) {
        const kept = ofTab.get(`draft.${id}`, '');
        return typeof kept === 'string' ? kept : '';
    }

    keepDraft(id, text) {
        ofTab.set(`draft.${id}`, text);
    }

    outbox(id) {
        const kept = ofTab.get(`outbox.${id}`, []);
        const isItem = (item) => isId(item?.id) && typeof item.content === 'string' && (item.kind === undefined
            || (kinds.includes(item.kind) && (item.kind === Kind.message || typeof item.message_id === 'string')));
        return Array.isArray(kept) ? kept.filter(isItem).map((item) => ({ kind: Kind.message, ...item, sent: false })) : [];
    }

    keepOutbox(id, outbox) {
        ofTab.set(`outbox.${id}`, outbox.length > 0 ? outbox : null);
    }

    // Conversations with messages that wait here: the server may know nothing of them yet. {id, title} each.
    get waiting() {
        return ofTab.keys('outbox.').filter(isId).flatMap((id) => {
            const first = this.outbox(id).find(({ kind }) => kind === Kind.message);
            return first ? [{ id, title: titleFrom(first.content) }] : [];
        });
    }
}
