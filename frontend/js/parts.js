// The blocks of a long answer, in parts: the browser lays out and paints what is near the window and passes over the
// rest as wholes. Without them each chunk costs a look at every block before it. A short answer has no parts.

const mostBlocks = 64; // of a part, and of what stands before the first one: some 8000 px

export class Parts {
    #element;
    #last; // where the next block goes
    #unsettled = [];

    constructor(element) {
        this.#element = this.#last = element;
    }

    get blocks() {
        return [...this.#element.children].flatMap((node) => (node.className.startsWith('part') ? [...node.children] : [node]));
    }

    // A block never moves from one part to another: the selection and the focus would be lost.
    append(block) {
        if (this.#last.childElementCount >= mostBlocks)
            this.#begin();
        this.#last.append(block);
    }

    // A part that was laid out says how high it is, so that it can be passed over without a jump. The newest that is complete
    // is left out: near the window it would only be put away and fetched again, which costs a whole part's painting.
    settle() {
        const away = this.#unsettled.slice(0, -1);
        if (away.length === 0)
            return;
        const heights = away.map((part) => part.offsetHeight);
        away.forEach((part, index) => {
            part.style.containIntrinsicBlockSize = `auto ${heights[index]}px`;
            part.classList.toggle('settled', heights[index] > 0); // 0: nobody sees the answer
        });
        this.#unsettled = this.#unsettled.slice(-1);
    }

    clear() {
        this.#element.replaceChildren();
        this.#last = this.#element;
        this.#unsettled = [];
    }

    // It is contained from the start, and only what is passed over changes later: Chromium moves the lists of a part that
    // becomes a scope of its own, one by one, past all others (60 ms for 200 blocks).
    #begin() {
        if (this.#last !== this.#element)
            this.#unsettled.push(this.#last);
        this.#last = document.createElement('div');
        this.#last.className = 'part';
        this.#element.append(this.#last);
    }
}
