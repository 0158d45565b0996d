// Texts and values from the wire, cut to what can be read and shown at once.

const deepest = 32; // levels; whoever nests deeper than anybody reads gets a "…"

// Signs that turn the order of what follows them: what a person is asked to allow shall read as it is.
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const leftToRightMark = '\u200e'; // keeps two such texts beside each other apart

// At most that many UTF-16 units, without half of a sign at the end.
export function cut(text, most) {
    if (text.length <= most)
        return text;
    const end = /[\ud800-\udbff]/.test(text[most - 1]) ? most - 1 : most;
    return `${text.slice(0, end)}…`;
}

// The members of an object in one line: `path: "a", force: true`.
export function inOneLine(members, most) {
    const out = new Pieces(most);
    for (const [index, name] of Object.keys(members).entries()) {
        if (out.full)
            break;
        const isPlain = name.length <= most && /^[\p{L}\p{N}_.-]+$/u.test(name) && !rightToLeft.test(name);
        out.add(`${index === 0 ? '' : ', '}${isPlain ? name : quoted(name, most)}: `);
        write(out, members[name], '', 0, false);
    }
    return out.text;
}

// As JSON in lines. JSON.stringify() has no end that one could set, and its stack has one.
export function inLines(value, most) {
    const out = new Pieces(most);
    write(out, value, '\n', 0, true);
    return out.text;
}

class Pieces {
    #pieces = [];
    #length = 0;
    #most;

    constructor(most) {
        this.#most = most;
    }

    add(text) {
        if (!this.full) {
            this.#pieces.push(text);
            this.#length += text.length;
        }
    }

    get full() {
        return this.#length > this.#most;
    }

    get room() {
        return this.#most;
    }

    get text() {
        return cut(this.#pieces.join(''), this.#most);
    }
}

function write(out, value, indent, depth, lines) {
    if (typeof value === 'string') {
        out.add(quoted(value, out.room));
        return;
    }
    if (typeof value !== 'object' || value === null) {
        out.add(String(value));
        return;
    }
    if (depth >= deepest) {
        out.add('…');
        return;
    }
    const inner = lines ? `${indent}  ` : '';
    const isList = Array.isArray(value);
    const names = isList ? null : Object.keys(value);
    const { length } = names ?? value;
    out.add(isList ? '[' : '{');
    for (let index = 0; index < length && !out.full; ++index) {
        out.add(`${index === 0 ? '' : lines ? ',' : ', '}${inner}${isList ? '' : `${quoted(names[index], out.room)}: `}`);
        write(out, value[isList ? index : names[index]], inner, depth + 1, lines);
    }
    out.add(`${length === 0 ? '' : indent}${isList ? ']' : '}'}`);
}

function quoted(text, most) {
    const start = JSON.stringify(text.slice(0, most)).replace(turning, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return rightToLeft.test(start) ? start + leftToRightMark : start;
}
