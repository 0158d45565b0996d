// Cuts an answer that grows into what a screen reader shall say: whole sentences, each once, without Markdown's signs.
// Code is named, not read.

const shortest = 24; // characters; shorter sentences wait for the next, so that "Yes. No." is said in one go

// How far back the end of a sentence is recognized: "1.", "e.g.", closing quotes.
const lookedBack = 32;

// Each run of signs is tried once, from its first sign: a long one that ends nothing would else be tried from each.
const ends = /(?<![.!?…])(?=([.!?…]+))\1(?=(["'”’)\]*_]*))\2(?=\s)|[。！？]+/g;
const noEnd = /(?:^|\s)(?:\d+|[A-Za-z]|e\.g|i\.e|etc|vs|Dr|Mr|Mrs)\.$/; // of a list, an initial

export class SentenceFeed {
    // Of the line that has not ended: its first signs, whether sentences of it were said, and what was not said, in
    // parts. Only the last part is looked at when more comes, so a line costs what it is long and not its square.
    #start = '';
    #begun = false;
    #parts = [];
    #tail = '';
    #held = ''; // sentences too short to be said alone
    #fence = null;

    // The sentences that `delta` completes, ready to be said.
    push(delta) {
        const said = [];
        const lines = delta.split('\n');
        const last = lines.pop();
        for (const line of lines) {
            this.#tail += line;
            this.#endLine(said);
        }
        this.#add(last, said);
        return said;
    }

    // The answer has ended: what is left, even without a full stop.
    finish() {
        const said = [];
        this.#endLine(said);
        if (this.#held)
            said.push(this.#held);
        this.#held = '';
        return said;
    }

    #add(text, said) {
        if (this.#start.length < 3)
            this.#start = (this.#start + text).trimStart().slice(0, 3);
        this.#tail += text;
        if (this.#fence === null && !/^(?:```|~~~|\|)/.test(this.#start))
            this.#tail = this.#cutSentences(this.#tail, said);
        if (this.#tail.length > 2 * lookedBack) {
            this.#parts.push(this.#tail.slice(0, -lookedBack));
            this.#tail = this.#tail.slice(-lookedBack);
        }
    }

    #endLine(said) {
        const line = this.#takeParts() + this.#tail;
        if (this.#begun)
            this.#say(plain(this.#cutSentences(line, said)), said);
        else
            this.#line(line, said);
        this.#start = this.#tail = '';
        this.#begun = false;
    }

    #line(line, said) {
        const fence = /^\s*(```|~~~)\s*([A-Za-z0-9+#._-]*)/.exec(line);
        if (fence && (this.#fence === null || fence[1] === this.#fence)) {
            if (this.#fence === null)
                this.#say(fence[2] ? `Code in ${fence[2]}.` : 'Code.', said);
            this.#fence = this.#fence === null ? fence[1] : null;
            return;
        }
        if (this.#fence !== null || /^[\s:|-]*$/.test(line))
            return; // code, the rule below a table's head, an empty line
        const row = line.trim();
        if (row.startsWith('|')) {
            const cells = row.slice(1, row.length > 1 && row.endsWith('|') ? -1 : undefined).split('|');
            this.#say(cells.map((cell) => plain(cell)).join(', ') + '.', said);
            return;
        }
        this.#say(plain(this.#cutSentences(line, said)), said);
    }

    // Says the sentences that end within the text; what follows the last end is returned.
    #cutSentences(text, said) {
        let from = 0;
        for (const end of text.matchAll(ends)) {
            const to = end.index + end[0].length;
            if (noEnd.test(text.slice(Math.max(from, to - lookedBack), to)))
                continue;
            this.#say(plain(this.#takeParts() + text.slice(from, to)), said);
            this.#begun = true;
            from = to;
        }
        return text.slice(from);
    }

    #takeParts() {
        const text = this.#parts.join('');
        this.#parts = [];
        return text;
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
        .replace(/!\[([^[\]]*)\]\([^()]*\)/g, 'Image: $1')
        .replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
        .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?)/, '')
        .replace(/(\*\*|__|~~|`+)/g, '')
        .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/g, '$1')
        .replace(/\s+/g, ' ')
        .trim();
}
