// A world without time or network: the test fires timers and plays the server.
export class World {
    sockets = [];
    timers = [];
    time = 1_000_000;
    online = true;
    answers = false; // to the probe
    events = new EventTarget();

    WebSocket = ((world) => class {
        sent = [];
        closed = false;
        constructor(url, protocols) {
            Object.assign(this, { url, protocols });
            world.sockets.push(this);
        }
        send(text) { this.sent.push(text); }
        close() { this.closed = true; }
    })(this);

    setTimeout = (action, delay) => this.timers.push({ action, at: this.time + delay }) - 1;
    clearTimeout = (timer) => { if (timer !== null && this.timers[timer]) this.timers[timer].action = null; };
    now = () => this.time;
    isOnline = () => this.online;
    reachable = async () => this.answers;

    pass(ms) {
        this.time += ms;
        for (const timer of this.timers) {
            if (timer.action && timer.at <= this.time) {
                const { action } = timer;
                timer.action = null;
                action();
            }
        }
    }

    async network(online) {
        this.online = online;
        this.events.dispatchEvent(new Event(online ? 'online' : 'offline'));
        await new Promise(setImmediate); // the probe has its answer
    }
}
