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

// Chromium's own record of the tasks of all pages' main threads while `during` runs: [{ms, wall}], `wall` with what others did meanwhile, the longest first.
export async function tasksOf(browser, during) {
    const client = await browser.newBrowserCDPSession();
    const events = [];
    client.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isOfInterest)));
    const done = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
    await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: {
        recordMode: 'recordContinuously', includedCategories: ['toplevel', '__metadata'], excludedCategories: ['*'] } });
    try {
        await during();
    } finally {
        await client.send('Tracing.end');
        await done;
        await client.detach();
    }
    const threads = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf));
    return events.filter((event) => event.ph === 'X' && threads.has(threadOf(event)))
        .map(({ dur, tdur = 0 }) => ({ ms: tdur / 1000, wall: dur / 1000 })).sort((a, b) => b.ms - a.ms);
}

function isOfInterest({ name, ph }) {
    return name === 'thread_name' || (ph === 'X' && /RunTask$/.test(name));
}

function threadOf({ pid, tid }) {
    return `${pid} ${tid}`;
}
