// What a screen reader hears. Two regions of their own: the answer, in whole sentences, and what happens around it.
// The conversation itself is no live region, so no fragment is ever read.

import { SentenceFeed } from './sentences.js';

const keptSentences = 12; // enough for a reader that is behind, and the page does not grow
const pause = 100; // ms: to look into a text that grew costs a copy of it, so that is not done for each chunk

export class Announcer {
    #answer;
    #status;
    #followed = null;
    #feed = null;
    #text = ''; // of the answer, as far as it has come
    #heard = 0; // characters of it
    #timer = null;

    constructor(answerRegion, statusRegion) {
        this.#answer = answerRegion;
        this.#status = statusRegion;
    }

    // The answer under way so far. An answer that this page meets in the middle (a reload) is said from there on.
    // One that runs after it ended, or is shorter than it was, is another: a server that forgot counts from one again.
    follow(session, message, fromStart) {
        const name = nameOf(session, message);
        if (name !== this.#followed || !this.#feed || message.content.length < this.#text.length) {
            this.#catchUp();
            this.#followed = name;
            this.#feed = new SentenceFeed();
            this.#heard = fromStart ? 0 : message.content.length;
        }
        this.#text = message.content;
        this.#timer ??= setTimeout(() => this.#catchUp(), pause);
    }

    // Says the rest of the answer; nothing when it was not followed or has ended already.
    end(session, message) {
        if (!this.following(session, message))
            return;
        this.follow(session, message, false);
        this.#catchUp();
        this.#say(this.#feed.finish());
        this.#feed = null;
    }

    following(session, message) {
        return this.#feed !== null && nameOf(session, message) === this.#followed;
    }

    // What is shown is another conversation, or the same one from its beginning.
    reset() {
        this.#followed = this.#feed = null;
        this.#text = '';
        this.#heard = 0;
    }

    status(text) {
        this.#status.textContent = '';
        // A region that gets the same text again stays silent unless it was empty in between.
        setTimeout(() => { this.#status.textContent = text; }, 50);
    }

    #catchUp() {
        clearTimeout(this.#timer);
        this.#timer = null;
        if (!this.#feed || this.#text.length <= this.#heard)
            return;
        const delta = this.#text.slice(this.#heard);
        this.#heard = this.#text.length;
        this.#say(this.#feed.push(delta));
    }

    #say(sentences) {
        for (const sentence of sentences) {
            const line = document.createElement('p');
            line.textContent = sentence;
            this.#answer.append(line);
        }
        while (this.#answer.childElementCount > keptSentences)
            this.#answer.firstElementChild.remove();
    }
}

// Turns and messages are counted in each conversation anew.
function nameOf(session, { message_id, turn }) {
    return `${session} ${message_id} ${turn}`;
}
