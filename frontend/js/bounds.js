// What one text may cost. A model can write, or be made to write, Markdown that takes marked the square of its length:
// a line of a hundred thousand underscores, quotes in quotes in quotes. Such text is shown, but in parts as it stands.

const longestWhole = 4_000_000; // signs times characters, for a text that is read in one piece
const pieceLength = 1000; // characters of a longer one
const allowance = 1_500_000; // of signs³/characters: ordinary text takes next to nothing of it, nothing but signs all
const deepest = 20; // quotes and lists within each other
const mostLines = 2000; // of a list
const mostCells = 6000;

const signs = /[!-/:-@[-`{-~]|http|www/g; // where marked looks whether something begins

export function boundedLexer(Lexer) {
    return class extends Lexer {
        #depth = 0;
        #inline = 0;
        #allowance = allowance;

        blockTokens(src, tokens = [], ...rest) {
            if (this.#depth === deepest) {
                tokens.push({ type: 'paragraph', raw: src, text: src, tokens: [plain(src)] });
                return tokens;
            }
            ++this.#depth;
            try {
                return super.blockTokens(src, tokens, ...rest);
            } finally {
                --this.#depth;
            }
        }

        inlineTokens(src, tokens = []) {
            if (this.#inline > 0)
                return super.inlineTokens(src, tokens); // a part of what was judged already
            ++this.#inline;
            try {
                for (const piece of pieces(src)) {
                    const price = countSigns(piece) ** 3 / piece.length;
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
    };
}

// A list or a table that would fill the page with boxes for minutes: the token that shows it as plain text, else
// false, which is marked's word for "go on".
export function tooManyLines(src) {
    const kind = kindOf(src.slice(0, lineEnd(src, 0)));
    if (!kind)
        return false;
    let lines = 0;
    let blank = false;
    return plainRun(src, (line) => {
        if (kindOf(line) ? kindOf(line) !== kind : /^(?:#{1,6} |```|~~~)/.test(line) || (blank && /^\S/.test(line)))
            return false;
        blank = isBlank(line);
        ++lines;
        return true;
    }, () => lines > mostLines);
}

export function tooManyCells(src) {
    const headEnd = lineEnd(src, 0);
    if (!src.slice(0, headEnd).includes('|') || !/^[ |:-]+\n?$/.test(src.slice(headEnd, lineEnd(src, headEnd))))
        return false;
    let cells = 0;
    return plainRun(src, (line) => {
        cells += line.split('|').length - 1;
        return !isBlank(line);
    }, () => cells > mostCells);
}

// Goes through the lines while `belongs(line)`.
function plainRun(src, belongs, isTooMuch) {
    let at = 0;
    for (let end = lineEnd(src, 0); at < src.length && belongs(src.slice(at, end)); end = lineEnd(src, at))
        at = end;
    const raw = src.slice(0, at);
    return isTooMuch() && { type: 'code', raw, text: raw.trimEnd() };
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
function pieces(src) {
    if (countSigns(src) * src.length <= longestWhole)
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

function countSigns(text) {
    return text.match(signs)?.length ?? 0;
}

function plain(text) {
    return { type: 'text', raw: text, text, escaped: false };
}
