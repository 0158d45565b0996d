// How far the server's clock is from the browser's. Each thing that went one way bounds it: it did not arrive before it
// left. All bounds together give an interval; its middle is the estimate, half its width the uncertainty. (As NTP does
// it, after Marzullo.) Times are milliseconds since 1970; the offset is what the browser's clock lacks.

// A request and its answer, with the server's time in between: {left, server, back}.
export const bySample = ({ left, server, back }) => ({ least: server - back, most: server - left });

// What the messages of a turn say themselves, closest to what is to be compared. `up` and `down`: pairs of
// [left, arrived], each by the clock of its own end.
export function byTurn({ up, down }) {
    return {
        least: Math.max(...down.map(([left, arrived]) => left - arrived)),
        most: Math.min(...up.map(([left, arrived]) => arrived - left)),
    };
}

// {offset, uncertainty}, or null without a bound on either side. Where they contradict each other (a clock was set
// meanwhile) the first one alone is believed, or where it contradicts itself the others.
export function offsetFrom(intervals) {
    const join = (list) => ({ least: Math.max(...list.map(({ least }) => least)), most: Math.min(...list.map(({ most }) => most)) });
    const isInterval = ({ least, most }) => Number.isFinite(least) && Number.isFinite(most) && least <= most;
    const believed = [join(intervals), ...intervals.slice(0, 1), join(intervals.slice(1))].find(isInterval);
    if (!believed)
        return null;
    const { least, most } = believed;
    return { offset: (least + most) / 2, uncertainty: (most - least) / 2 };
}

// Asks the server's clock several times.
export async function sampleClock(ask, { times = 8, now = () => performance.timeOrigin + performance.now() } = {}) {
    const samples = [];
    for (let i = 0; i < times; ++i) {
        const left = now();
        const server = await ask();
        samples.push({ left, server, back: now() });
    }
    return samples;
}
