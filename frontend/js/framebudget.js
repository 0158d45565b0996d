// What of a frame may go to texts that are not drawn yet: one account for all messages. Of a long conversation all would begin at once
// otherwise, and the first frame would take a second.

const most = 5; // ms after which no further step is begun …
const mostUnseen = 15; // … of a text that is not shown before all of it is there, and is laid out and painted by nobody

let frameStart = 0;
let isStarted = false; // with the first step of the frame

export function beginFrame() {
    frameStart = performance.now();
    isStarted = false;
}

// Whether another step may be begun; the frame's first one always may, so that it goes on wherever a frame is late.
export function mayDraw(isUnseen = false) {
    if (isSpent(isUnseen))
        return false;
    isStarted = true;
    return true;
}

export function isSpent(isUnseen = false) {
    return isStarted && performance.now() - frameStart >= (isUnseen ? mostUnseen : most);
}
