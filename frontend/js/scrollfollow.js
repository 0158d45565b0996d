// Keeps the newest line in sight, but only while the reader is there. Who scrolls up is left alone.

const near = 24; // px from the end that still count as "at the bottom"

export class ScrollFollower {
    #scroller;
    #onChange;
    #mayFollow; // an empty page has a greeting that is read from its top
    #following = true;
    #lastTop = 0;

    constructor(scroller, { onChange, mayFollow }) {
        this.#scroller = scroller;
        this.#onChange = onChange;
        this.#mayFollow = mayFollow;
        scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
        new ResizeObserver(() => this.#resized()).observe(scroller); // the composer grows, the window is turned
    }

    get following() {
        return this.#following;
    }

    // What is shown grew: stay at the end, if the reader is there.
    keep() {
        if (this.#following && this.#mayFollow())
            this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }

    toBottom() {
        this.#become(true);
        this.keep();
    }

    // The reader is taken to a place, and stays there while more comes.
    show(node) {
        const { top, height } = node.getBoundingClientRect();
        const room = this.#scroller.getBoundingClientRect();
        const above = Math.max(48, (room.height - height) / 3); // px; a long message begins near the top
        this.#scroller.scrollTop += top - room.top - above;
        this.#lastTop = this.#scroller.scrollTop;
        this.#become(this.#distance <= near);
    }

    // What the reader opens or closes stays where it is on the screen; the end may go out of sight by that, or come in.
    steady(node, change) {
        const { top } = node.getBoundingClientRect();
        change();
        this.#scroller.scrollTop += node.getBoundingClientRect().top - top;
        this.#lastTop = this.#scroller.scrollTop;
        this.#become(this.#distance <= near);
    }

    // What stands below the scrolled column is as wide as the column, which the scroll bar makes narrower.
    #resized() {
        const width = this.#scroller.offsetWidth - this.#scroller.clientWidth;
        document.documentElement.style.setProperty('--scrollbar', `${width}px`);
        this.keep();
    }

    // Only moving up ends it: the page itself never does that, and a text that grows moves nobody.
    #scrolled() {
        const { scrollTop } = this.#scroller;
        const distance = this.#distance;
        if (distance <= near && scrollTop >= this.#lastTop)
            this.#become(true);
        else if (scrollTop < this.#lastTop - 1 && distance > 1)
            this.#become(false);
        this.#lastTop = scrollTop;
    }

    get #distance() {
        const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
        return scrollHeight - clientHeight - scrollTop;
    }

    #become(following) {
        if (following === this.#following)
            return;
        this.#following = following;
        this.#onChange(following);
    }
}
