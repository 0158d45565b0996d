// One conversation at a time: its connection, its state, what is sent. No DOM; the page is told by `onChange`.

import { Connection, Phase } from './connection.js';
import {
    chatUrl, decode, encodeContinue, encodeDecide, encodeEdit, encodeMessage, encodeRegenerate, encodeSelect, encodeStop, newId, Type,
} from './protocol.js';
import { initialState, Kind, Local, reduce, running } from './reducer.js';

const encoders = {
    [Kind.message]: encodeMessage,
    [Kind.edit]: encodeEdit,
    [Kind.regenerate]: encodeRegenerate,
    [Kind.goOn]: encodeContinue,
};

export class Chat {
    #connection = null;
    #kept;
    #onChange;
    #place; // {location, world}: what a test replaces; {journeys}: who writes down what comes when
    #ready = false; // a snapshot has come: what is shown is the conversation
    #synced = false; // this connection said all that was missed: what the server has not taken may be sent again
    #newest = null; // of a connection that goes on where the one before ended: the `seq` that it gets to before it is live
    #whole = true; // no frame since the snapshot was unreadable: the page may say how far it has come
    #stopped = null; // the answer that was told to stop, while it runs: said again if the word got lost

    state = initialState();
    connection = { phase: Phase.connecting, retryAt: null, attempts: 0, unanswered: 0 };

    // `kept` keeps the outbox; `onChange(before)` comes after every change, with the state before it.
    constructor(kept, onChange, place = { location: globalThis.location }) {
        this.#kept = kept;
        this.#onChange = onChange;
        this.#place = place;
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

    // All that was missed has come: what is shown is what the server has.
    get synced() {
        return this.#synced;
    }

    // `held`: the server had messages of it.
    open(id, { held = false } = {}) {
        this.#connection?.close();
        this.#ready = false;
        this.#whole = true;
        this.#beginConnection();
        this.#stopped = null;
        this.#dispatch({ type: Local.leave, session: id, outbox: this.#kept.outbox(id), held });
        this.#connection = new Connection(() => chatUrl(this.#place.location, id, this.#known()), {
            onFrame: (text) => this.#frame(text),
            onState: (connection) => this.#connectionChanged(connection),
            onRenewed: () => this.#beginConnection(),
            ...(this.#place.world && { world: this.#place.world }),
        });
        this.#connection.open();
    }

    send(content, agent) {
        this.#put({ kind: Kind.message, content, agent });
    }

    edit(message_id, content, agent) {
        this.#put({ kind: Kind.edit, message_id, content, agent });
    }

    // Answers that user message again.
    regenerate(message_id, agent) {
        this.#putOnce({ kind: Kind.regenerate, message_id, agent });
    }

    // Goes on with that answer.
    carryOn(message_id) {
        this.#putOnce({ kind: Kind.goOn, message_id, agent: '' });
    }

    // Only for now: a branch that could not be chosen is not chosen later behind the person's back.
    select(message_id) {
        this.#connection.send(encodeSelect(message_id));
    }

    resend({ id, kind, message_id, content, agent }) {
        this.#dispatch({ type: Local.withdraw, id });
        this.#put({ kind, message_id, content, agent });
    }

    withdraw({ id }) {
        this.#dispatch({ type: Local.withdraw, id });
    }

    stop(turn) {
        this.#stopped = this.state.messages.findLast((message) => message.turn === turn) ?? null;
        this.#connection.send(encodeStop(turn), { answered: true });
    }

    // Once, only for now, and only of what is shown as the server has it: a call of another log may have the same id.
    decide(call, decision) {
        const mayDecide = this.#synced && !this.state.decided.includes(call);
        if (mayDecide && this.#connection.send(encodeDecide({ call, decision }), { answered: true }))
            this.#dispatch({ type: Local.decided, call });
    }

    dismiss() {
        this.#dispatch({ type: Local.dismiss });
    }

    retryNow() {
        this.#connection.retryNow();
    }

    #frame(text) {
        const frame = typeof text === 'string' ? decode(text) : null;
        if (!frame) {
            this.#whole = false; // nothing that this version can read; the next snapshot puts it right
            return;
        }
        this.#place.journeys?.frame(this.id, frame);
        const { seq } = this.state;
        if (frame.type === Type.snapshot)
            this.#begin(frame);
        else
            this.#dispatch(frame);
        if (frame.type === Type.session)
            this.#newest = frame.resumed ? frame.seq : null;
        if (this.#newest !== null && !this.#synced && this.state.seq >= this.#newest)
            this.#caughtUp();
        if (this.state.seq !== seq)
            this.#connection.progressed();
    }

    // What the page has seen, for a connection that is to go on from there.
    #known() {
        const { seq, epoch } = this.state;
        return this.#whole && epoch !== null ? { seq, epoch } : null;
    }

    #beginConnection() {
        this.#synced = false;
        this.#newest = null;
    }

    #begin(snapshot) {
        this.#whole = true;
        this.#dispatch(snapshot);
        this.#caughtUp();
    }

    // What went with the connection before is said again, unless what came since has it.
    #caughtUp() {
        if (!this.#synced)
            this.#dispatch({ type: Local.unsent });
        this.#ready = this.#synced = true;
        this.#onChange(this.state); // `ready` is no part of the state
        this.#flush();
        if (this.#stopped !== null)
            this.stop(this.#stopped.turn);
    }

    #put(item) {
        this.#dispatch({ type: Local.send, id: newId(), at: new Date().toISOString(), ...item });
        this.#flush();
        this.retryNow();
    }

    // A second click asks for nothing more.
    #putOnce(item) {
        if (!this.state.outbox.some(({ kind, message_id }) => kind === item.kind && message_id === item.message_id))
            this.#put(item);
    }

    // Only after all that was missed, which says what the server has already.
    #flush() {
        if (!this.#synced)
            return;
        const answered = !running(this.state); // behind an answer a message waits without a word
        for (const item of this.state.outbox) {
            if (item.sent || item.error)
                continue;
            this.#place.journeys?.sent(this.id, item.id); // before: the server may have it at once
            if (this.#connection.send(encoders[item.kind](item), { answered }))
                this.#dispatch({ type: Local.sent, id: item.id });
        }
    }

    #connectionChanged(connection) {
        this.connection = connection;
        this.#beginConnection();
        this.#dispatch({ type: Local.unsent });
    }

    #dispatch(frame) {
        const before = this.state;
        this.state = reduce(before, frame);
        if (this.#stopped !== null && !isSameAnswer(this.#stopped, running(this.state)))
            this.#stopped = null;
        if (this.state.outbox !== before.outbox && frame.type !== Local.leave)
            this.#kept.keepOutbox(this.id, this.state.outbox);
        this.#connection?.expect(running(this.state) !== undefined || this.state.outbox.some((item) => item.sent));
        this.#onChange(before);
    }
}

// A server that has forgotten a conversation names the turns of the next one alike.
function isSameAnswer(one, other) {
    return one.turn === other?.turn && one.message_id === other.message_id && one.at === other.at;
}
