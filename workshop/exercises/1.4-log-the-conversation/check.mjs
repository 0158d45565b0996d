// builds: runnel-server runnel-emulator runnel_e2e

import { check, comes, expect, need, openChat, startEmulator, startServer } from '../../lib/check.mjs';

const place = 'server/sessions/session.cpp';
const secret = '4711-0815';
const question = `The code of my card is ${secret}. Keep it for me, café 😀.`;
const reply = `I keep ${secret} for you, and nobody else will see it 😀. `.repeat(10).trim();
const scenario = { rules: [{ match: { contains: 'card' }, answer: reply, pace: { tokens_per_second: 0, first_token_ms: 0 } }] };
const kinds = [
    { words: 'User said:', name: 'the question', text: question, look: `${place}, the function logQuestion` },
    { words: 'AI responded:', name: 'the answer', text: reply, look: `${place}, the function onEnded` },
];

// What the log of a real server says after a question and its answer: the lines of each kind.
async function linesOf(emulator, LOG_CONTENT) {
    const server = await startServer({ env: { ...emulator.env, LOG_CONTENT, LOG_LEVEL: 'info', LOG_FORMAT: 'text' } });
    const chat = await openChat(server, { session: 'workshop' });
    const { end } = await chat.ask(question);
    need(end?.type === 'complete', {
        right: `With LOG_CONTENT=${LOG_CONTENT} the server answers.`,
        missing: `With LOG_CONTENT=${LOG_CONTENT} the server does not answer: ${end?.error ?? 'nothing came in time'}.`,
        look: place,
    });
    const lines = ({ words }) => server.log().split('\n').filter((line) => line.includes(words));
    await comes(() => kinds.every((kind) => lines(kind).length > 0), 1000);
    return new Map(kinds.map((kind) => [kind, lines(kind)]));
}

await check(async () => {
    const emulator = await startEmulator({ scenario });
    const quiet = await linesOf(emulator, 'off');
    for (const [{ words, name, text, look }, lines] of quiet) {
        if (!expect(lines.length === 1, {
            right: `The log has one line for ${name}.`,
            missing: lines.length === 0 ? `The log has no line with "${words}" at the level info.`
                : `The log has ${lines.length} lines with "${words}" for one question.`,
            look,
        }))
            continue;
        const [line] = lines;
        expect(/ info /.test(line) && line.includes(`Session workshop: ${words}`), {
            right: 'It names the session.',
            missing: `It is to be "Session workshop: ${words} …" at the level info, and it is "${line}".`,
            look,
        });
        expect(!line.includes(secret), {
            right: 'What was written stays out of it.',
            missing: `The text of ${name} is in the log, though LOG_CONTENT is off: "${line.slice(0, 160)}".`,
            look: `${look}, and at m_config.logContent`,
        });
        // A QString counts an emoji as two, people count it as one.
        const saysLength = (length) => new RegExp(`\\b${length}\\b`).test(line.split(words)[1]);
        const bytes = Buffer.byteLength(text);
        expect(saysLength(text.length) || saysLength([...text].length), {
            right: `It says how long ${name} was.`,
            missing: saysLength(bytes) ? `It says ${bytes} of ${name}, which are its bytes: it had ${text.length} characters.`
                : `It does not say that ${name} had ${text.length} characters.`,
            look,
        });
    }
    if ([...quiet.values()].some((lines) => lines.length !== 1))
        return;
    for (const [{ words, name, text, look }, lines] of await linesOf(emulator, 'on')) {
        const said = lines.at(0)?.split(words)[1].trim() ?? '';
        expect(said.includes(text.slice(0, 30)), {
            right: `With LOG_CONTENT=on it shows how ${name} begins.`,
            missing: `With LOG_CONTENT=on it does not show how ${name} begins: "${said.slice(0, 160)}".`,
            look: `${look}, and at m_config.logContent`,
        });
        expect(said.length <= 80, {
            right: 'It stays short.',
            missing: `It shows ${said.length} characters; 50 are enough to know again what was said.`,
            look: `${look}: QString::left`,
        });
    }
});
