// Which parts of a text are marked as found: plain pieces, made into elements by whoever shows them.

// [{text, found}] of a text and its ranges ([start, end) in UTF-16 units); ranges that make no sense are left out.
export function pieces(text, ranges = []) {
    const result = [];
    const add = (from, to, found) => {
        if (to > from)
            result.push({ text: text.slice(from, to), found });
    };
    let at = 0;
    for (const range of Array.isArray(ranges) ? ranges : []) {
        const [start, end] = Array.isArray(range) ? range : [];
        if (!Number.isInteger(start) || !Number.isInteger(end) || start < at || end <= start || end > text.length)
            continue;
        add(at, start, false);
        add(start, end, true);
        at = end;
    }
    add(at, text.length, false);
    return result;
}

// Where a title has the words that were looked for. The server says it of messages only.
export function wordRanges(text, words) {
    const wanted = words.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean); // letters and digits only: nothing to escape
    if (wanted.length === 0)
        return [];
    const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${wanted.join('|')})`, 'giu');
    return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}
