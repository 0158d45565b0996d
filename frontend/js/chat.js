// One conversation at a time: its connection, its state, what is sent. No DOM; the page is told by `onChange`.

import { Connection, Phase } from './connection.js';
import { chatUrl, decode, encodeMessage, encodeStop, newId, Type } from './protocol.js';
import { initialState, Local, reduce, running } from './reducer.js';

export class Chat {
    #connection = null;
    #conversations;
    #onChange;
    #ready = false; // a snapshot has come: what is shown is the conversation
    #synced = false; // this connection's own has: what the server has not taken may be sent again
    #stopped = null; // the answer that was told to stop, while it runs: said again if the word got lost

    state = initialState();
    connection = { phase: Phase.connecting, retryAt: null, attempts: 0 };

    // `onChange(before)` after every change, with the state before it.
    constructor(conversations, onChange) {
        this.#conversations = conversations;
        this.#onChange = onChange;
    }

    get id() {
        return this.state.session;
    }

    get ready() {
        return this.#ready;
    }

    get connected() {
        return this.connection.phase === Phase.connected;
    }

    open(id) {
        this.#connection?.close();
        this.#ready = this.#synced = false;
        this.#stopped = null;
        this.#dispatch({ type: Local.leave, session: id, outbox: this.#conversations.outbox(id),
            held: this.#conversations.held(id) });
        this.#connection = new Connection(chatUrl(location, id), {
            onFrame: (text) => this.#frame(text),
            onState: (connection) => this.#connectionChanged(connection),
            onRenewed: () => { this.#synced = false; },
        });
        this.#connection.open();
    }

    send(content, agent) {
        this.#dispatch({ type: Local.send, id: newId(), content, agent, at: new Date().toISOString() });
        this.#flush();
    }

    resend({ id, content, agent }) {
        this.#dispatch({ type: Local.withdraw, id });
        this.send(content, agent);
    }

    withdraw({ id }) {
        this.#dispatch({ type: Local.withdraw, id });
    }

    stop(turn) {
        this.#stopped = this.state.messages.findLast((message) => message.turn === turn) ?? null;
        this.#connection.send(encodeStop(turn), { answered: true });
    }

    dismiss() {
        this.#dispatch({ type: Local.dismiss });
    }

    retryNow() {
        this.#connection.retryNow();
    }

    #frame(text) {
        const frame = typeof text === 'string' ? decode(text) : null;
        if (!frame)
            return; // nothing that this version can read; the next snapshot puts it right
        const { seq } = this.state;
        if (frame.type === Type.snapshot)
            this.#begin(frame);
        else
            this.#dispatch(frame);
        if (this.state.seq !== seq)
            this.#connection.progressed();
    }

    // What went with the connection before is said again, unless the snapshot has it.
    #begin(snapshot) {
        if (!this.#synced)
            this.#dispatch({ type: Local.unsent });
        this.#ready = this.#synced = true;
        this.#dispatch(snapshot);
        this.#flush();
        if (this.#stopped !== null)
            this.stop(this.#stopped.turn);
    }

    // Only after the snapshot, which says what the server has already.
    #flush() {
        if (!this.#synced)
            return;
        const answered = !running(this.state); // behind an answer a message waits without a word
        for (const item of this.state.outbox) {
            if (!item.sent && !item.error && this.#connection.send(encodeMessage(item), { answered }))
                this.#dispatch({ type: Local.sent, id: item.id });
        }
    }

    #connectionChanged(connection) {
        this.connection = connection;
        this.#synced = false;
        this.#dispatch({ type: Local.unsent });
    }

    #dispatch(frame) {
        const before = this.state;
        this.state = reduce(before, frame);
        if (this.#stopped !== null && !isSameAnswer(this.#stopped, running(this.state)))
            this.#stopped = null;
        if (this.state.outbox !== before.outbox && frame.type !== Local.leave)
            this.#conversations.keepOutbox(this.id, this.state.outbox);
        this.#connection?.expect(running(this.state) !== undefined || this.state.outbox.some((item) => item.sent));
        this.#onChange(before);
    }
}

// A server that has forgotten a conversation names the turns of the next one alike.
function isSameAnswer(one, other) {
    return one.turn === other?.turn && one.message_id === other.message_id && one.at === other.at;
}
