// Cuts an answer that grows into what a screen reader shall say: whole sentences, each once, without Markdown's signs.
// Code is named, not read.

const shortest = 24; // characters; shorter sentences wait for the next, so that "Yes. No." is said in one go

export class SentenceFeed {
    #rest = ''; // of a line that has not ended
    #held = ''; // sentences too short to be said alone
    #fence = null;

    // The sentences that `delta` completes, ready to be said.
    push(delta) {
        this.#rest += delta;
        const said = [];
        for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
            this.#line(this.#rest.slice(0, end), said);
            this.#rest = this.#rest.slice(end + 1);
        }
        if (this.#fence === null && !/^\s*(?:```|~~~|\|)/.test(this.#rest))
            this.#rest = this.#cutSentences(this.#rest, said);
        return said;
    }

    // The answer has ended: what is left, even without a full stop.
    finish() {
        const said = [];
        this.#line(this.#rest, said);
        this.#rest = '';
        if (this.#held)
            said.push(this.#held);
        this.#held = '';
        return said;
    }

    #line(line, said) {
        const fence = /^\s*(```|~~~)\s*([A-Za-z0-9+#._-]*)/.exec(line);
        if (fence && (this.#fence === null || fence[1] === this.#fence)) {
            if (this.#fence === null)
                this.#say(fence[2] ? `Code in ${fence[2]}.` : 'Code.', said);
            this.#fence = this.#fence === null ? fence[1] : null;
            return;
        }
        if (this.#fence !== null || /^\s*\|?[\s:|-]+\|?\s*$/.test(line))
            return; // code, the rule below a table's head, an empty line
        const cells = /^\s*\|(.*?)\|?\s*$/.exec(line);
        if (cells) {
            this.#say(cells[1].split('|').map((cell) => plain(cell)).join(', ') + '.', said);
            return;
        }
        this.#say(plain(this.#cutSentences(line, said)), said);
    }

    // Says the sentences that end within the text; what follows the last end is returned.
    #cutSentences(text, said) {
        const ends = /[.!?…]+["'”’)\]*_]*(?=\s)|[。！？]+/g;
        let from = 0;
        for (let end = ends.exec(text); end; end = ends.exec(text)) {
            const sentence = text.slice(from, end.index + end[0].length);
            if (/(?:^|\s)(?:\d+|[A-Za-z]|e\.g|i\.e|etc|vs|Dr|Mr|Mrs)\.$/.test(sentence))
                continue; // "1." of a list, "e.g.", an initial
            this.#say(plain(sentence), said);
            from = end.index + end[0].length;
        }
        return text.slice(from);
    }

    #say(sentence, said) {
        if (sentence === '')
            return;
        const whole = this.#held ? `${this.#held} ${sentence}` : sentence;
        if (whole.length < shortest) {
            this.#held = whole;
            return;
        }
        this.#held = '';
        said.push(whole);
    }
}

function plain(markdown) {
    return markdown
        .replace(/!\[([^\]]*)\]\([^)]*\)/g, 'Image: $1')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?)/, '')
        .replace(/(\*\*|__|~~|`+)/g, '')
        .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/g, '$1')
        .replace(/\s+/g, ' ')
        .trim();
}
