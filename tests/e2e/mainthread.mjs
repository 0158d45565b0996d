// What a page asks of its main thread, in CPU time: what else the machine does is not the page's.

// From now on. Returns a function for the milliseconds so far, and the bytes on the heap.
export async function watchWork(page) {
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    return async () => {
        const { metrics } = await client.send('Performance.getMetrics');
        const of = (name) => metrics.find((metric) => metric.name === name).value;
        return { task: 1000 * of('TaskDuration'), heap: of('JSHeapUsedSize') };
    };
}

// Chromium's own record of the tasks of the page's main thread while `during` runs: [{ms, wall}], `wall` with what others did meanwhile, the
// longest first. The page says at the end which process is its own: Chromium has pages, too, and takes old ones down.
export async function tasksOf(page, during) {
    const client = await page.context().browser().newBrowserCDPSession();
    const events = [];
    client.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isOfInterest)));
    const done = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
    await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: {
        recordMode: 'recordContinuously', includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] } });
    try {
        await during();
        await page.evaluate((name) => { performance.mark(name); }, mark);
    } finally {
        await client.send('Tracing.end');
        await done;
        await client.detach();
    }
    const main = threadOf(events.find(({ name }) => name === mark));
    return events.filter((event) => event.ph === 'X' && threadOf(event) === main)
        .map(({ dur, tdur = 0 }) => ({ ms: tdur / 1000, wall: dur / 1000 })).sort((a, b) => b.ms - a.ms);
}

const mark = 'the page whose tasks count';

function isOfInterest({ name, ph }) {
    return name === mark || (ph === 'X' && /RunTask$/.test(name));
}

function threadOf({ pid, tid }) {
    return `${pid} ${tid}`;
}
