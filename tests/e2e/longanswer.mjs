// A long answer as models write them, with what a reader sees of it. Each section has its number in every part, so a
// piece that is doubled, missing or out of place makes another text.

const topics = ['streams', 'sockets', 'journals', 'branches', 'queues', 'clocks', 'caches'];

const codes = [
    ['python', (n) => `def step_${n}(values):\n    # Keeps the order, drops what was seen\n    seen = set()\n    for value in values:\n        if value not in seen:\n            seen.add(value)\n            yield value * ${n}`],
    ['js', (n) => `export async function* read${n}(socket) {\n    for await (const { data } of socket) {\n        const frame = JSON.parse(data); // one object a frame\n        if (frame.seq > ${n})\n            yield frame.content ?? "";\n    }\n}`],
    ['cpp', (n) => `template <typename T>\n[[nodiscard]] std::optional<T> next${n}(std::span<const T> values)\n{\n    if (values.size() <= ${n})\n        return std::nullopt;\n    return values[${n}]; // bounds were checked above\n}`],
];

// [Markdown, what is read of it]. What is read has no white space, since that is the layout's.
function section(n) {
    const topic = topics[n % topics.length];
    const [language, codeOf] = codes[n % codes.length];
    const code = codeOf(n);
    const blocks = [
        [`## ${n}. About ${topic}`, `${n}. About ${topic}`],
        [`In part ${n} we look at **${topic}** and at what makes them *slow*. A reader who comes back – after a reload, say – `
            + `wants to go on [where it was](https://example.org/${topic}/${n}#place), with \`after=${n}\` and nothing twice. `
            + 'It helps to name three things: who writes, who reads, and who may be late without harm to the others.',
        `In part ${n} we look at ${topic} and at what makes them slow. A reader who comes back – after a reload, say – `
            + `wants to go on where it was, with after=${n} and nothing twice. `
            + 'It helps to name three things: who writes, who reads, and who may be late without harm to the others.'],
        [`1. **First** of ${n}: write it down.\n2. *Then* send it.\n   - to whoever follows now\n   - and to who asks \`?after=${n}\`\n3. Forget it when nobody needs it.`,
            `First of ${n}: write it down. Then send it. to whoever follows now and to who asks ?after=${n} Forget it when nobody needs it.`],
        [`\`\`\`${language}\n${code}\n\`\`\``, `${language} Copy ${code}`],
        [`| Way ${n} | Costs | ms |\n|---|---|---:|\n| append | one write of \`seq ${n}\` | ${n}.5 |\n| replace | **the whole** once more | ${n + 40} |\n| ask | [a question](https://example.org/ask) | 7 |`,
            `Way ${n} Costs ms append one write of seq ${n} ${n}.5 replace the whole once more ${n + 40} ask a question 7`],
        [`> What was seen in ${n} stays seen, ☂ and 雨 too.`, `What was seen in ${n} stays seen, ☂ and 雨 too.`],
    ];
    return [blocks.map(([markdown]) => `${markdown}\n\n`).join(''), readable(blocks.map(([, read]) => read).join(''))];
}

export const readable = (text) => text.replace(/\s+/g, '');

// At least that many bytes of UTF-8, in whole sections: {text, read, sections}. Each section ends in its only quote.
export function longAnswer(bytes) {
    const texts = [];
    const reads = [];
    for (let n = 1, size = 0; size < bytes; ++n) {
        const [text, read] = section(n);
        texts.push(text);
        reads.push(read);
        size += Buffer.byteLength(text);
    }
    return { text: texts.join(''), read: reads.join(''), sections: texts.length };
}
