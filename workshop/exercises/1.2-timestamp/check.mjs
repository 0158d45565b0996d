// builds: runnel-server runnel-emulator runnel_e2e

import { answered, check, expect, openPlainPage, part, writeMessage } from '../../lib/check.mjs';

const look = 'workshop/page/chat.js, the function addMessage';

await check(async () => {
    const page = await openPlainPage();
    const asked = Date.now();
    await writeMessage(page, 'Compare TCP and UDP in a table');
    expect(await answered(page, 1), { right: 'Messages and answers still come.', missing: 'No answer comes any more.', look: 'workshop/page/chat.js' });
    for (const [kind, name] of [['user', 'Your message'], ['answer', 'The answer']]) {
        const times = await page.locator(`.${kind} time`).evaluateAll((all) => all
            .map((time) => ({ shown: time.textContent.trim(), exact: Date.parse(time.dateTime), given: time.dateTime })));
        const outside = await page.locator('time').evaluateAll((all) => all.some((time) => !time.closest('.message')));
        if (!expect(times.length === 1, {
            right: `${name} has a time.`,
            missing: times.length > 0 ? `${name} has ${times.length} times.`
                : outside ? `${name} has no <time> element: there is a <time>, but outside the element .message.` : `${name} has no <time> element.`,
            look,
        }))
            continue;
        const [{ shown, exact, given }] = times;
        expect(/^\D{0,8}\d{1,2}[:.]\d{2}(?![:.\d])\D{0,8}$/.test(shown), { // whatever stands for the half of a day, on either side
            right: `It is shown as ${shown}.`,
            missing: `It is shown as "${shown}", and not as hours and minutes.`,
            look,
        });
        expect(exact >= asked - 2000 && exact <= Date.now() + 2000, { // one clock, and what is written without its fraction
            right: 'Its datetime attribute has the moment.',
            missing: `Its datetime attribute is "${given}", which is not the moment at which the message came.`,
            look,
        });
    }
    await part(async () => {
        const around = await page.locator('.answer').first().evaluate((answer) => {
            const time = answer.querySelector('time');
            if (!time)
                return null;
            const [before, after] = [new Range(), new Range()];
            before.setStart(answer, 0);
            before.setEndBefore(time);
            after.setStartAfter(time);
            after.setEnd(answer, answer.childNodes.length);
            return [before, after].map((range) => range.toString().trim());
        });
        if (!around)
            return;
        expect(around.includes(''), {
            right: 'The time stands before or after the text.',
            missing: 'The time of the answer stands in the middle of its text.',
            look: `${look}, and at the line that appends a chunk`,
        });
    });
    await part(async () => {
        await writeMessage(page, 'Hello');
        await answered(page, 2);
        const moments = await page.locator('.user time').evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
        if (moments.length < 2)
            return;
        expect(moments[1] > moments[0], {
            right: 'A later message has a later time.',
            missing: 'A message that came seconds later has the time of the first one.',
            look: `${look}: when is "now" asked for?`,
        });
    });
    expect(page.faults.length === 0, { right: 'The browser has no errors.', missing: `The browser says: ${page.faults[0]}`, look });
});
