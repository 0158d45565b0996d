// What the side bar shows: the server's rows, and what this page knows sooner or alone. That is the open conversation, and
// those with messages that wait here for the connection.

import { withOwn } from './conversationlist.js';
import { running, visible } from './reducer.js';
import { titleFrom } from './words.js';

export class PageRows {
    #chat;
    #list;
    #kept;

    constructor(chat, list, kept) {
        this.#chat = chat;
        this.#list = list;
        this.#kept = kept;
    }

    // As ConversationList.shown, with all rows.
    get shown() {
        const shown = this.#list.shown;
        const complete = shown.words || shown.state !== 'ready' ? shown.rows
            : withOwn(shown.rows, [this.open, ...this.#waiting()].filter(Boolean), shown.more);
        return { ...shown, rows: complete.map((row) => this.#asOpen(row)) };
    }

    // The title of the open conversation; '' when nothing was said in it.
    get title() {
        const { state } = this.#chat;
        const given = this.#list.titleToCome(state.session) ?? state.title;
        if (given)
            return given;
        const first = visible(state).find((message) => message.role === 'user');
        return first ? this.#list.row(state.session)?.title ?? titleFrom(first.content) : '';
    }

    // The open conversation as a row, until the server's list has it. Null: there is nothing in it.
    get open() {
        const { id, state, connected } = this.#chat;
        const newest = state.messages.at(-1) ?? state.outbox[0];
        if (!newest)
            return null;
        const own = state.messages.length === 0;
        return { id, title: this.title || titleFrom(state.outbox[0]?.content ?? ''), pinned: false, updated_at: newest.at, own,
            unsent: own && !connected };
    }

    #waiting() {
        return this.#kept.waiting.filter(({ id }) => id !== this.#chat.id)
            .map((one) => ({ ...one, pinned: false, updated_at: new Date().toISOString(), own: true, unsent: true }));
    }

    #asOpen(row) {
        const { id, state } = this.#chat;
        if (row.id !== id || state.messages.length === 0)
            return row;
        return { ...row, title: this.#list.titleToCome(id) ?? state.title ?? row.title, answering: running(state) !== undefined };
    }
}
