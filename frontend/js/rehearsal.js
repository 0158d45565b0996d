// What a browser does for the first time takes it long: it compiles each expression of the Markdown parser then, and
// reads how people here write a date. Done in the frame that shows the first answer, that is one long task. So it is done
// before, in short ones, while the socket is opened.

import { rehearsals } from './markdown.js';
import { exactTime, timeWords, tokenWords } from './words.js';

const longAgo = '2001-02-03T04:05:06Z';

export function rehearse() {
    const steps = [() => exactTime(longAgo), () => timeWords(longAgo), () => tokenWords({ usage: { total_tokens: 1234 } }), ...rehearsals];
    for (const step of steps)
        setTimeout(step);
}
