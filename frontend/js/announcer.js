// What a screen reader hears. Two regions of their own: the answer, in whole sentences, and what happens around it.
// The conversation itself is no live region, so no fragment is ever read.

import { SentenceFeed } from './sentences.js';

const keptSentences = 12; // enough for a reader that is behind, and the page does not grow

export class Announcer {
    #answer;
    #status;
    #turn = null;
    #feed = null;
    #heard = 0;

    constructor(answerRegion, statusRegion) {
        this.#answer = answerRegion;
        this.#status = statusRegion;
    }

    // The answer under way so far. An answer that this page meets in the middle (a reload) is said from there on.
    follow(message, fromStart) {
        if (turnOf(message) !== this.#turn) {
            this.#turn = turnOf(message);
            this.#feed = new SentenceFeed();
            this.#heard = fromStart ? 0 : message.content.length;
        }
        if (message.content.length <= this.#heard)
            return;
        const delta = message.content.slice(this.#heard);
        this.#heard = message.content.length;
        this.#say(this.#feed.push(delta));
    }

    // Says the rest of the answer; nothing when it was not followed or has ended already.
    end(message) {
        if (turnOf(message) !== this.#turn || !this.#feed)
            return;
        this.follow(message, false);
        this.#say(this.#feed.finish());
        this.#feed = null;
    }

    following(message) {
        return this.#feed !== null && turnOf(message) === this.#turn;
    }

    status(text) {
        this.#status.textContent = '';
        // A region that gets the same text again stays silent unless it was empty in between.
        setTimeout(() => { this.#status.textContent = text; }, 50);
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

// A server that was restarted counts its turns anew.
function turnOf({ turn, at }) {
    return `${turn} ${at}`;
}
