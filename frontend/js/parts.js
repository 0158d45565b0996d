// The blocks of a long answer, in parts: the browser lays out and paints what is near the window and passes over the
// rest as wholes. Without them each chunk costs a look at every block before it. An ordinary answer has no parts.

const mostBlocks = 200; // of a part, and of what stands before the first one: Chromium looks at each part for each change

export class Parts {
    #element;
    #last;
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

    // A part that is complete and was laid out says how high it is, so that it can be passed over without a jump.
    settle() {
        if (this.#unsettled.length === 0)
            return;
        const heights = this.#unsettled.map((part) => part.offsetHeight);
        this.#unsettled.forEach((part, index) => {
            part.style.containIntrinsicBlockSize = `auto ${heights[index]}px`;
            part.classList.toggle('headed', /^H\d$/.test(part.firstElementChild.nodeName));
            part.classList.toggle('settled', heights[index] > 0); // 0: nobody sees the answer
        });
        this.#unsettled = [];
    }

    clear() {
        this.#element.replaceChildren();
        this.#last = this.#element;
        this.#unsettled = [];
    }

    #begin() {
        if (this.#last !== this.#element)
            this.#unsettled.push(this.#last);
        this.#last = document.createElement('div');
        this.#last.className = 'part';
        this.#element.append(this.#last);
    }
}
