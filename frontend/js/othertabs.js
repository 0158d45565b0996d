// The other tabs of this browser: they are told when the list has changed, and tell.

export class OtherTabs {
    #channel = null;

    constructor(onTold) {
        try {
            this.#channel = new BroadcastChannel('runnel.conversations');
            this.#channel.onmessage = onTold;
        } catch {
            // a browser that keeps its tabs apart: they look when they are shown again
        }
    }

    tell() {
        this.#channel?.postMessage(null);
    }
}
