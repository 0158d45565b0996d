// Which parts of a text are marked as found: plain pieces, made into elements by whoever shows them.

// [{text, found}] of a text and its ranges ([start, end) in UTF-16 units), in any order; those that make no sense are left
// out.
export function pieces(text, ranges = []) {
    const result = [];
    const add = (from, to, found) => {
        if (to > from)
            result.push({ text: text.slice(from, to), found });
    };
    let at = 0;
    const fits = (range) => Array.isArray(range) && range.every(Number.isInteger) && range[0] >= 0 && range[1] <= text.length;
    for (const [start, end] of ranges.filter(fits).sort(([a], [b]) => a - b)) {
        if (end <= at)
            continue; // another range has it
        add(at, start, false);
        add(Math.max(at, start), end, true);
        at = end;
    }
    add(at, text.length, false);
    return result;
}

// Where a text has the words that were looked for. The server says it of messages only, and of the first place; it knows
// more ways to write a word.
export function wordRanges(text, words) {
    const wanted = words.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean); // letters and digits only: nothing to escape
    if (wanted.length === 0)
        return [];
    const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${wanted.join('|')})`, 'giu');
    return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}
