// Browser storage that may be forbidden, full or hold nonsense: the page then simply remembers less.

class Store {
    #area;

    constructor(area) {
        this.#area = area;
    }

    get(key, fallback = null) {
        try {
            const text = globalThis[this.#area].getItem(`runnel.${key}`);
            return text === null ? fallback : JSON.parse(text);
        } catch {
            return fallback;
        }
    }

    // What follows `prefix` in the keys that begin with it.
    keys(prefix) {
        try {
            const begin = `runnel.${prefix}`;
            return Object.keys(globalThis[this.#area]).filter((key) => key.startsWith(begin)).map((key) => key.slice(begin.length));
        } catch {
            return [];
        }
    }

    set(key, value) {
        try {
            if (value === null || value === undefined || value === '')
                globalThis[this.#area].removeItem(`runnel.${key}`);
            else
                globalThis[this.#area].setItem(`runnel.${key}`, JSON.stringify(value));
        } catch {
            // nothing to be done about it
        }
    }
}

export const ofTab = new Store('sessionStorage');
export const ofBrowser = new Store('localStorage');
