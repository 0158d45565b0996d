// The blocks of a long answer, in parts: the browser lays out and paints what is near the window and passes over the
// rest as wholes. Without them each chunk costs a look at every block before it. A short answer has no parts.

const mostBlocks = 64; // of a part, and of what stands before the first one: some 8000 px
const mostUnseen = 24; // of a part that nobody has seen: when the text is shown its last part is laid out at once

export class Parts {
    #element;
    #last; // where the next block goes
    #unsettled = [];
    isUnseen = false; // nothing is laid out yet, and when it is, it shall not be all at once: no block stands before the first part

    constructor(element) {
        this.#element = this.#last = element;
    }

    get blocks() {
        return [...this.#element.children].flatMap((node) => (node.className.startsWith('part') ? [...node.children] : [node]));
    }

    // A block never moves from one part to another: the selection and the focus would be lost.
    append(block) {
        const isBefore = this.#last === this.#element; // the first part
        if (this.#last.childElementCount >= (this.isUnseen ? mostUnseen : mostBlocks) || (isBefore && this.isUnseen))
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

    // The same for parts that nobody has seen: they are laid out when somebody comes near, and are as high as text of that length mostly is.
    guess() {
        for (const part of this.#unsettled.splice(0)) {
            part.style.containIntrinsicBlockSize = `auto ${[...part.children].reduce((sum, block) => sum + heightOf(block), 0)}px`;
            part.classList.add('settled');
        }
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

// About so many px, with the space below it.
function heightOf(block) {
    const text = block.textContent;
    const lines = block.querySelector('pre') || block.nodeName === 'PRE' ? text.split('\n').length * 0.8 : text.length / 75;
    return 16 + 26 * Math.max(1, Math.ceil(lines), block.querySelectorAll('li, tr').length * 1.4);
}
