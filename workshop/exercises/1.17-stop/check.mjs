// builds: runnel-server runnel-emulator runnel_e2e

import { answered, check, comes, expect, need, openPlainPage, plainPage, startServer, startWatchedEmulator, writeMessage } from '../../lib/check.mjs';

const look = 'workshop/page/chat.js';
const soon = 3000; // ms
const scenario = { rules: [
    { match: { contains: 'long' }, generate: { chunks: 400, rate: 20 } },
    { match: { contains: 'think' }, answer: 'It took a while.', pace: { first_token_ms: 15_000 } },
    { match: { contains: 'refused' }, fault: { kind: 'blocked_prompt', reason: 'PROHIBITED_CONTENT' } },
    { match: { contains: 'short' }, answer: 'Here I am again.', pace: { first_token_ms: 0, tokens_per_second: 0 } },
] };

await check(async () => {
    const emulator = await startWatchedEmulator({ scenario });
    const server = await startServer({ env: { ...emulator.env, FRONTEND_DIR: plainPage } });
    const page = await openPlainPage({ server });
    const stop = page.getByRole('button', { name: 'Stop', includeHidden: true });
    const isThere = async () => await stop.count() === 1;
    // Another button may become it while an answer comes.
    const usable = async () => await isThere() && await stop.isVisible() && await stop.isEnabled();
    const chunks = () => page.frames.filter(({ type }) => type === 'chunk');
    const answer = page.locator('.answer').last();
    const faults = () => page.frames.filter(({ type }) => type === 'error').map(({ error }) => error);
    expect(!await usable(), {
        right: 'Stop cannot be pressed while there is nothing to stop.',
        missing: 'Stop can be pressed though there is nothing to stop.',
        look,
    });

    await writeMessage(page, 'Something long');
    need(await comes(() => chunks().length >= 5), { right: 'Messages and answers still come.', missing: 'No answer comes any more.', look });
    need(await comes(isThere, soon), {
        right: 'There is a button, Stop.',
        missing: 'There is no button with the name Stop, not even while an answer comes.',
        look: 'workshop/page/index.html, the form',
    });
    need(await comes(usable, soon), {
        right: 'It can be pressed while an answer comes.',
        missing: 'It cannot be pressed though an answer comes.',
        look,
    });
    await stop.click();
    const ended = await comes(() => emulator.asked[0].ended !== null, soon);
    need(ended, {
        right: 'The model writes no more.',
        missing: `The model goes on writing, and is paid for it. ${faults()[0] ? `The server says: ${faults()[0]}` : ''}`.trim(),
        look: `docs/protocol.md, the frame stop, and at ${look}: what is sent when the button is pressed`,
    });
    expect(await answered(page, 1) && page.frames.findLast(({ type }) => type === 'complete').finish_reason === 'stopped', {
        right: 'The answer ended because it was stopped.',
        missing: 'The answer did not end because it was stopped.',
        look,
    });
    const written = chunks().map(({ content }) => content).join('');
    expect(await comes(async () => await answer.textContent() === written, soon), {
        right: 'What was there already stays.',
        missing: `What was there already does not stay as it was: ${(await answer.textContent()).length} characters are shown of ${written.length}.`,
        look,
    });
    expect(await comes(async () => !await usable(), soon), {
        right: 'Then it cannot be pressed any more.',
        missing: 'It can still be pressed when the answer has ended.',
        look: `${look}: what is done when complete comes`,
    });

    await writeMessage(page, 'Something short');
    expect(await answered(page, 2) && await comes(async () => await answer.textContent() === 'Here I am again.', soon), {
        right: 'The next question is answered, in a message of its own.',
        missing: `The next question is not answered as ever: the newest answer is "${(await answer.textContent()).slice(-60)}".`,
        look,
    });
    const mine = await page.locator('.user').count();
    expect(mine === 2, {
        right: 'Your messages are shown once each.',
        missing: `Your two messages are shown as ${mine}: the frame user tells what the page shows already.`,
        look,
    });

    const before = emulator.asked.length;
    await writeMessage(page, 'Now think');
    await comes(() => emulator.asked.length > before);
    need(await comes(usable, soon), {
        right: 'It can be pressed while the model thinks.',
        missing: 'It cannot be pressed before the first word, while the model thinks.',
        look: `${look}: which frame comes before the first chunk?`,
    });
    await stop.click();
    expect(await comes(() => emulator.asked.at(-1).ended === 'cut', soon) && await answered(page, 3), {
        right: 'And then it writes nothing.',
        missing: 'An answer that has no word yet is not stopped.',
        look,
    });
    await writeMessage(page, 'Something short');
    expect(await answered(page, 4) && await comes(async () => await answer.textContent() === 'Here I am again.', soon), {
        right: 'After that, too, the next question is answered.',
        missing: 'After that the next question is not answered.',
        look,
    });

    await writeMessage(page, 'This is refused');
    expect(await comes(() => faults().length > 0) && await comes(async () => !await usable(), soon), {
        right: 'After an error it cannot be pressed either.',
        missing: 'It can still be pressed when the answer has ended with an error.',
        look: `${look}: what is done when error comes`,
    });
    expect(page.faults.length === 0, { right: 'The browser has no errors.', missing: `The browser says: ${page.faults[0]}`, look });
});
