// What of a change is said to a screen reader: the answer as it comes, how it ended, the connection, refusals.

import { Phase } from './connection.js';
import { MessageState } from './protocol.js';
import { newestShown } from './reducer.js';
import { askedAloud } from './toolcalls.js';
import { forgottenWords } from './words.js';

export class Sayings {
    #announcer;
    #lastPhase = Phase.connecting;

    constructor(announcer) {
        this.#announcer = announcer;
    }

    changed(before, state, { phase }) {
        this.#connection(phase);
        const sameConversation = before.session === state.session;
        if (!sameConversation || state.messages.length === 0)
            this.#announcer.reset();
        for (const message of new Set([...state.messages.slice(-2), newestShown(state)])) {
            if (message?.role !== 'model')
                continue;
            const known = before.messages.find((one) => one.message_id === message.message_id);
            if (message === known || !sameConversation)
                continue;
            if (message.state === MessageState.running)
                this.#announcer.follow(state.session, message, known !== undefined);
            else if (this.#announcer.following(state.session, message))
                this.#end(state.session, message);
            const asks = askedAloud(known, message);
            if (asks)
                this.#announcer.status(asks);
        }
        const refused = state.outbox.find((item) => item.error && !before.outbox.find((one) => one.id === item.id)?.error);
        if (refused)
            this.#announcer.status(refused.error.error);
        if (state.forgotten && !before.forgotten)
            this.#announcer.status(forgottenWords(state.messages.length > 0));
    }

    #end(session, message) {
        this.#announcer.end(session, message);
        if (message.state === MessageState.failed)
            this.#announcer.status(message.error?.error ?? 'The answer failed.');
        else if (message.state === MessageState.stopped)
            this.#announcer.status('Stopped.');
        else if (message.state === MessageState.interrupted)
            this.#announcer.status('The answer was interrupted.');
    }

    #connection(phase) {
        if (phase === this.#lastPhase)
            return;
        if (phase === Phase.connected && this.#lastPhase !== Phase.connecting)
            this.#announcer.status('Connected again.');
        else if (phase === Phase.offline)
            this.#announcer.status('You are offline.');
        else if (phase === Phase.waiting && this.#lastPhase === Phase.connected)
            this.#announcer.status('The connection was lost. Reconnecting.');
        this.#lastPhase = phase;
    }
}
