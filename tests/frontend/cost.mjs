// What a piece of work costs, and whether it grows with its size alone.

import assert from 'node:assert/strict';

// CPU time in milliseconds, the least of several rounds: what else the machine does is not ours.
export function cost(work) {
    let best = Infinity;
    for (let round = 0; round < 5; ++round) {
        const before = process.cpuUsage();
        work();
        const { user, system } = process.cpuUsage(before);
        best = Math.min(best, (user + system) / 1000);
    }
    return best;
}

// Four times the size may cost ten times as much (a busy machine has colder caches), but not sixteen.
export function assertLinear(workOfSize) {
    const [short, long] = [50_000, 200_000].map((size) => cost(workOfSize(size)));
    assert.ok(long < 10 * Math.max(short, 5), `50 KB took ${short.toFixed(1)} ms, 200 KB ${long.toFixed(1)} ms`);
    return long;
}
