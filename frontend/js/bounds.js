// What one text may cost. A model can write, or be made to write, Markdown that takes marked the square of its length:
// a line of a hundred thousand underscores, quotes in quotes in quotes. Such text is shown, but in parts as it stands.

const longestWhole = 4_000_000; // signs times characters, for a text that is read in one piece
const pieceLength = 1000; // characters of one that is not
const blockAllowance = 20_000; // of signs³/characters, which is about what marked takes at worst, for every block …
const characterAllowance = 20; // … and for each of its characters: ordinary text takes a part of it
const deepest = 20; // quotes and lists within each other
const mostLines = 2000; // of a list or a quote
const mostCells = 6000;

const signs = /[!-/:-@[-`{-~]|http|www/g; // where marked looks whether something begins

// A heading, a quote, a rule: they end each list and each table.
const endsAnything = /^(?:#{1,6} |>|(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})\n?$)/;

export function boundedLexer(Lexer) {
    return class extends Lexer {
        #levels = []; // of blockTokens: where it stands, and where the runs that were judged end
        #inline = 0;
        #blockOf = new Map(); // the place in this.tokens of what an inline text is a part of
        #block = null;
        #allowance = 0;

        blockTokens(src, tokens = [], ...rest) {
            if (this.#levels.length === deepest) {
                tokens.push({ type: 'paragraph', raw: src, text: src, tokens: [plain(src)] });
                return tokens;
            }
            this.#levels.push({ at: null, list: Infinity, quote: Infinity, table: Infinity });
            try {
                return super.blockTokens(src, tokens, ...rest);
            } finally {
                this.#levels.pop();
            }
        }

        standAt(src) {
            this.#levels.at(-1).at = src;
        }

        // A run that is not too much is gone through once, not again from each short list or table that is in it.
        tooMuch(kind, src, runOf) {
            const level = this.#levels.at(-1);
            const stands = src === level.at; // else a quote has its list read again
            if (stands && src.length > level[kind])
                return false;
            const run = runOf(src);
            if (run?.isTooMuch)
                return { type: 'code', raw: run.raw, text: run.raw.trimEnd() };
            if (stands && run)
                level[kind] = src.length - run.raw.length;
            return false;
        }

        inline(src, tokens = []) {
            this.#blockOf.set(tokens, this.tokens.length);
            return super.inline(src, tokens);
        }

        inlineTokens(src, tokens = []) {
            if (this.#inline > 0)
                return super.inlineTokens(src, tokens); // a part of what was judged already
            this.#provideFor(this.#blockOf.get(tokens));
            ++this.#inline;
            try {
                for (const piece of pieces(src, this.#allowance)) {
                    const price = priceOf(piece);
                    if (price > this.#allowance) {
                        tokens.push(plain(piece));
                        continue;
                    }
                    this.#allowance -= price;
                    super.inlineTokens(piece, tokens);
                }
                return tokens;
            } finally {
                --this.#inline;
            }
        }

        // Each block has its own, so it looks the same whether it is read alone or with others.
        #provideFor(block) {
            if (block === this.#block)
                return;
            this.#block = block;
            this.#allowance = blockAllowance + characterAllowance * this.tokens[block].raw.trimEnd().length;
        }
    };
}

// What marked asks at each place in a text, in this order. A list or a table that would fill the page with boxes for
// minutes is plain text, and so is a quote of thousands of lines; false is marked's word for "go on".
export const boundedTokenizer = {
    space(src) {
        this.lexer.standAt(src);
        return false;
    },
    blockquote(src) {
        return this.lexer.tooMuch('quote', src, quoteRun);
    },
    list(src) {
        return this.lexer.tooMuch('list', src, listRun);
    },
    table(src) {
        return this.lexer.tooMuch('table', src, tableRun);
    },
};

// A quote goes on in lines that are just text, and marked reads a list at its end once more for each of them.
function quoteRun(src) {
    const isQuoted = (line) => /^ {0,3}>/.test(line);
    if (!isQuoted(src.slice(0, 8)))
        return null;
    let lines = 0;
    let hasText = false; // to go on with
    const raw = linesWhile(src, (line) => {
        if (!isQuoted(line) && (!hasText || isBlank(line) || endsAnything.test(line)))
            return false;
        hasText = !/^[\s>]*$/.test(line);
        ++lines;
        return true;
    });
    return { raw, isTooMuch: lines > mostLines };
}

function listRun(src) {
    const kind = kindOf(src.slice(0, lineEnd(src, 0)));
    if (!kind)
        return null;
    let lines = 0;
    let blank = false;
    const raw = linesWhile(src, (line) => {
        if (endsAnything.test(line) || (kindOf(line) ? kindOf(line) !== kind : /^(?:```|~~~)/.test(line) || (blank && /^\S/.test(line))))
            return false;
        blank = isBlank(line);
        ++lines;
        return true;
    });
    return { raw, isTooMuch: lines > mostLines };
}

function tableRun(src) {
    const headEnd = lineEnd(src, 0);
    if (!src.slice(0, headEnd).includes('|') || !/^[ |:-]+\n?$/.test(src.slice(headEnd, lineEnd(src, headEnd))))
        return null;
    let cells = 0;
    let line = 0;
    const raw = linesWhile(src, (text) => {
        if (isBlank(text) || (++line > 2 && (endsAnything.test(text) || /^(?:[*+-]|1[.)])[ \t]/.test(text))))
            return false;
        cells += text.split('|').length - 1;
        return true;
    });
    return { raw, isTooMuch: cells > mostCells };
}

function linesWhile(src, belongs) {
    let at = 0;
    for (let end = lineEnd(src, 0); at < src.length && belongs(src.slice(at, end)); end = lineEnd(src, at))
        at = end;
    return src.slice(0, at);
}

// The sign of an item that is not indented; another one begins another list.
function kindOf(line) {
    return /^ {0,3}(?:([-*+])|\d{1,9}([.)]))(?:\s|$)/.exec(line)?.slice(1).find(Boolean);
}

function isBlank(line) {
    return /^\s*$/.test(line);
}

function lineEnd(src, from) {
    const end = src.indexOf('\n', from);
    return end < 0 ? src.length : end + 1;
}

// The text as one piece, or cut at blanks where no word ends.
function pieces(src, allowance) {
    if (countSigns(src) * src.length <= longestWhole && priceOf(src) <= allowance)
        return src === '' ? [] : [src];
    const found = [];
    for (let from = 0; from < src.length;) {
        const window = src.slice(from, from + pieceLength);
        const cut = from + pieceLength < src.length ? Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' ')) : -1;
        const length = cut > pieceLength / 2 ? cut + 1 : window.length;
        found.push(src.slice(from, from + length));
        from += length;
    }
    return found;
}

function priceOf(text) {
    return text === '' ? 0 : countSigns(text) ** 3 / text.length;
}

function countSigns(text) {
    return text.match(signs)?.length ?? 0;
}

function plain(text) {
    return { type: 'text', raw: text, text, escaped: false };
}
