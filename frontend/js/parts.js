// The blocks of a long answer, in parts: the browser lays out and paints what is near the window and passes over the
// rest as wholes. Without them each chunk costs a look at every block before it. A short answer has no parts.

const mostBlocks = 64; // of a part, and of what stands before the first one: some 8000 px
const mostUnseen = 24; // of a part that nobody has seen: when the text is shown its last part is laid out at once
const mostParts = 16; // of a group: what is passed over is looked at, too, and 1 MB has hundreds of parts

export class Parts {
    #element;
    #last; // where the next block goes
    #unsettled = [];
    #group = null; // where the next part goes
    #unsettledGroups = [];
    #heights = new WeakMap(); // of groups, as far as their parts were guessed
    isUnseen = false; // nothing is laid out yet, and when it is, it shall not be all at once: no block stands before the first part

    constructor(element) {
        this.#element = this.#last = element;
    }

    get blocks() {
        return blocksIn(this.#element);
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
        const away = [...this.#unsettled.splice(0, this.#unsettled.length - 1),
            ...this.#unsettledGroups.splice(0, this.#unsettledGroups.length - 1)];
        const heights = away.map((part) => part.offsetHeight);
        away.forEach((part, index) => {
            if (heights[index] > 0) // 0: nobody sees the answer
                passOver(part, heights[index]);
        });
    }

    // The same for parts that nobody has seen: they are laid out when somebody comes near, and are as high as text of that length mostly is.
    guess() {
        for (const part of this.#unsettled.splice(0)) {
            const height = [...part.children].reduce((sum, block) => sum + heightOf(block), 0);
            passOver(part, height);
            this.#heights.set(part.parentElement, (this.#heights.get(part.parentElement) ?? 0) + height);
        }
        for (const group of this.#unsettledGroups.splice(0))
            passOver(group, this.#heights.get(group));
    }

    clear() {
        this.#element.replaceChildren();
        this.#last = this.#element;
        this.#unsettled = [];
        this.#group = null;
        this.#unsettledGroups = [];
    }

    // It is contained from the start, and only what is passed over changes later: Chromium moves the lists of a part that
    // becomes a scope of its own, one by one, past all others (60 ms for 200 blocks).
    #begin() {
        if (this.#last !== this.#element)
            this.#unsettled.push(this.#last);
        this.#last = newPart();
        this.#openGroup().append(this.#last);
    }

    #openGroup() {
        if (this.#group?.childElementCount >= mostParts) {
            this.#unsettledGroups.push(this.#group);
            this.#group = null;
        }
        if (!this.#group) {
            this.#group = newPart();
            this.#element.append(this.#group);
        }
        return this.#group;
    }
}

// Holds blocks or, as a group, parts.
function newPart() {
    const part = document.createElement('div');
    part.className = 'part';
    return part;
}

function blocksIn(node) {
    return [...node.children].flatMap((child) => (child.className.startsWith('part') ? blocksIn(child) : [child]));
}

// Until it is seen, `height` px are left free for it.
function passOver(part, height) {
    part.style.containIntrinsicBlockSize = `auto ${height}px`;
    part.classList.add('settled');
}

// About so many px, with the space below it.
function heightOf(block) {
    const text = block.textContent;
    const lines = block.querySelector('pre') || block.nodeName === 'PRE' ? text.split('\n').length * 0.8 : text.length / 75;
    return 16 + 26 * Math.max(1, Math.ceil(lines), block.querySelectorAll('li, tr').length * 1.4);
}
