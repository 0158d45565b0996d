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
// longest first.
export async function tasksOf(page, during) {
    const { events, end } = await trace(page, ['toplevel', 'blink.user_timing'],
        ({ name, ph }) => name === mark || (ph === 'X' && /RunTask$/.test(name)));
    let main;
    try {
        await during();
    } finally {
        main = threadOf(await end());
    }
    return events.filter((event) => event.ph === 'X' && threadOf(event) === main)
        .map(({ dur, tdur = 0 }) => ({ ms: tdur / 1000, wall: dur / 1000 })).sort((a, b) => b.ms - a.ms);
}

const mark = 'the page whose tasks count';

function threadOf({ pid, tid }) {
    return `${pid} ${tid}`;
}

// What a page holds once its garbage has gone, in MB, by Chromium's own account of its process: the objects of scripts (V8), elements,
// styles and layout (Blink's heap, and what it has from its allocator), and `all` of that.
export async function memoryOf(page) {
    const own = await page.context().newCDPSession(page);
    await own.send('HeapProfiler.collectGarbage');
    const { events, end } = await trace(page, ['disabled-by-default-memory-infra', 'blink.user_timing'],
        ({ name, ph }) => name === mark || ph === 'v', { memoryDumpConfig: { triggers: [] } });
    const client = await page.context().browser().newBrowserCDPSession();
    await client.send('Tracing.requestMemoryDump', { deterministic: true, levelOfDetail: 'detailed' });
    await client.detach();
    const { pid } = await end();
    const dumps = Object.assign({}, ...events.filter((event) => event.ph === 'v' && event.pid === pid)
        .map(({ args }) => args.dumps.allocators));
    const megabytes = (name) => parseInt(dumps[name].attrs.size.value, 16) / 1e6;
    const [v8, blink, allocated] = ['v8/main/heap', 'blink_gc/main', 'partition_alloc'].map(megabytes);
    return { v8, blink, allocated, all: v8 + blink + allocated };
}

// Chromium's record of the categories from now on: {events, end()}. end() returns the event by which the page says which process and thread
// are its own: Chromium has pages, too, and takes old ones down.
async function trace(page, categories, isOfInterest, config = {}) {
    const client = await page.context().browser().newBrowserCDPSession();
    const events = [];
    client.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isOfInterest)));
    const done = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
    await client.send('Tracing.start', { transferMode: 'ReportEvents',
        traceConfig: { recordMode: 'recordContinuously', includedCategories: categories, excludedCategories: ['*'], ...config } });
    const end = async () => {
        await page.evaluate((name) => { performance.mark(name); }, mark);
        await client.send('Tracing.end');
        await done;
        await client.detach();
        return events.find(({ name }) => name === mark);
    };
    return { events, end };
}
