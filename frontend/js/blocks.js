// Cuts a growing Markdown text into blocks: those that no further text can change, and the last one. So a page renders
// each block once and only the last one again, and the work stays linear in the length of the answer.

// `lex` gives the block tokens of a text (marked's lexer); `links` collects the link definitions that it met.
export class BlockSplitter {
    #lex;
    #text = '';
    #closedEnd = 0; // in #text: all before is in closed blocks

    constructor(lex) {
        this.#lex = lex;
    }

    // What of the text is in blocks that were given out as closed.
    get closedLength() {
        return this.#closedEnd;
    }

    // `text` is the whole text so far and begins with what was given before. Returns {closed, open}: the tokens of
    // the blocks that have been closed since the last call, and those of the text that may still change.
    update(text) {
        this.#text = text;
        const closed = this.#takeClosed();
        const rest = text.slice(this.#closedEnd);
        return { closed, open: rest === '' ? [] : withoutBlanks(this.#lex(rest)) };
    }

    finish() {
        const rest = this.#text.slice(this.#closedEnd);
        this.#closedEnd = this.#text.length;
        return rest === '' ? [] : withoutBlanks(this.#lex(rest));
    }

    // Markdown closes blocks line by line, so only whole lines decide: in "1. a\n\n2" the "2" may become "2. b" and
    // belong to the list. The last block of the whole lines stays open.
    #takeClosed() {
        const end = this.#text.lastIndexOf('\n') + 1;
        if (end <= this.#closedEnd)
            return [];
        const tokens = this.#lex(this.#text.slice(this.#closedEnd, end));
        let last = tokens.length - 1;
        while (last >= 0 && tokens[last].type === 'space')
            --last;
        const closed = tokens.slice(0, Math.max(last, 0));
        for (const token of closed)
            this.#closedEnd += token.raw.length;
        return withoutBlanks(closed);
    }
}

function withoutBlanks(tokens) {
    return tokens.filter((token) => token.type !== 'space');
}
