// builds: runnel-server runnel-emulator runnel_e2e

import { answered, check, comes, expect, need, openPlainPage, writeMessage } from '../../lib/check.mjs';

const look = 'workshop/page/chat.js';
const count = (page) => page.locator('.message').count();
const answer = (page) => page.locator('.answer').last().textContent().catch(() => '');

await check(async () => {
    const page = await openPlainPage();
    const clear = page.getByRole('button', { name: 'Clear chat' });
    need(await clear.count() === 1, {
        right: 'There is a button, Clear chat.',
        missing: 'There is no button with the name Clear chat.',
        look: 'workshop/page/index.html, the header',
    });
    await writeMessage(page, 'My name is Ada');
    need(await answered(page, 1) && /Ada/.test(await answer(page)), {
        right: 'Messages and answers still come.',
        missing: 'No answer comes any more.',
        look,
    });
    let loads = 0;
    page.on('request', (request) => { loads += request.isNavigationRequest(); });
    await clear.click();
    await comes(() => loads > 0, 500);
    const loaded = {
        right: 'The page is not loaded again for it.',
        missing: 'It loads the page again: what somebody was just writing is lost.',
        look: `${look}: what is done when the button is pressed`,
    };
    need(loads === 0, loaded);
    expect(await comes(async () => await count(page) === 0, 2000), {
        right: 'It takes all messages away.',
        missing: `${await count(page)} messages are still there after it.`,
        look: `${look}: messages.replaceChildren()`,
    });
    expect(await comes(async () => await page.locator('#state').textContent() === 'Connected' && await page.locator('#send').isEnabled()), {
        right: 'The page is connected after it.',
        missing: `After it the page is not connected: it says ${await page.locator('#state').textContent()}.`,
        look,
    });
    await writeMessage(page, 'What is my name?');
    await answered(page, 2);
    expect(!/Ada/.test(await answer(page)) && await count(page) === 2, {
        right: 'The model no longer knows what was said before.',
        missing: /Ada/.test(await answer(page)) ? 'The model still knows what was said before: the session is the same.'
            : `After it a question and its answer are ${await count(page)} messages, and not 2.`,
        look: `${look}: where the session gets its name`,
    });
    const before = page.frames.length;
    await writeMessage(page, 'Tell me a long story');
    await comes(() => page.frames.slice(before).some(({ type }) => type === 'chunk'));
    await clear.click();
    await comes(async () => await count(page) > 0, 1500);
    expect(await count(page) === 0, {
        right: 'What was on its way does not come into the empty page.',
        missing: 'An answer that was on its way comes into the empty page.',
        look: `${look}: the first socket, which must be closed`,
    });
    await comes(async () => await page.locator('#send').isEnabled());
    await writeMessage(page, 'Hello');
    expect(await comes(async () => await page.locator('.answer').last().isVisible() && await answer(page) !== '', 5000) && await count(page) === 2, {
        right: 'The next answer is shown.',
        missing: 'After a chat was cleared in the middle of an answer, the next answer is not shown.',
        look: `${look}: which message does a chunk belong to?`,
    });
    if (loads > 0) // later than was waited for
        expect(false, loaded);
    expect(page.faults.length === 0, { right: 'The browser has no errors.', missing: `The browser says: ${page.faults[0]}`, look });
});
