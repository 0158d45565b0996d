// builds: runnel-server runnel-emulator runnel_e2e

import { readFile } from 'node:fs/promises';

import { check, expect, openChat, readAnswers, startServer, startWatchedEmulator } from '../../lib/check.mjs';

const file = 'workshop/answers/1.14.json';
const folder = 'workshop/exercises/1.14-estimate-the-cost';
const tolerance = 0.01;
const json = async (name) => JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
const usages = (await json('frames.json')).map(({ usage }) => usage);
const prices = await json('prices.json');
const flash = 'gemini-flash-latest';
const pro = 'gemini-pro-latest';
const perDay = [10, 6, 4];
const users = 1000;
const day = (costs) => users * costs.reduce((sum, cost, i) => sum + perDay[i] * cost, 0);

// What the real server says that the answers cost, each with the tokens of its frame.
async function costsOf(model) {
    let next = 0;
    const rewrite = (event) => {
        const { prompt_tokens, cached_tokens, thought_tokens, answer_tokens, total_tokens } = usages[next];
        event.usageMetadata = { promptTokenCount: prompt_tokens, cachedContentTokenCount: cached_tokens ?? 0,
            thoughtsTokenCount: thought_tokens, candidatesTokenCount: answer_tokens, totalTokenCount: total_tokens };
    };
    const emulator = await startWatchedEmulator({ args: ['--tokens-per-second', '0'], rewrite });
    const MODEL_PRICES = Object.entries(prices).map(([name, { in: prompt, out, cached }]) => `${name}=${prompt}/${out}/${cached}`).join();
    const server = await startServer({ env: { ...emulator.env, DEFAULT_MODEL: model, MODEL_PRICES } });
    const chat = await openChat(server, { protocol: 'runnel.v1' });
    const costs = [];
    for (; next < usages.length; ++next) {
        const { end } = await chat.ask('What does a token cost?');
        if (!(end?.usage?.cost_usd > 0))
            throw new Error(`the server does not say what an answer costs: ${JSON.stringify(end)}`);
        costs.push(end.usage.cost_usd);
    }
    return costs;
}

// What somebody gets who leaves something out.
const mistakes = [
    { says: 'the thoughts are left out; they are paid as what came back', hint: 2, of: (u) => ({ ...u, thought_tokens: 0 }) },
    { says: 'the cached tokens are paid in full; they are cheaper', hint: 3, of: (u) => ({ ...u, cached_tokens: 0 }) },
    { says: 'the cached tokens are counted twice; they are a part of the prompt', hint: 3,
        of: (u) => ({ ...u, prompt_tokens: u.prompt_tokens + (u.cached_tokens ?? 0) }) },
    { says: 'the thoughts are left out and the cached tokens paid in full', hint: 2, of: (u) => ({ ...u, thought_tokens: 0, cached_tokens: 0 }) },
];
function costWith({ prompt_tokens, cached_tokens = 0, thought_tokens, answer_tokens }, model) {
    const { in: prompt, out, cached } = prices[model];
    return ((prompt_tokens - cached_tokens) * prompt + cached_tokens * cached + (thought_tokens + answer_tokens) * out) / 1e6;
}

const near = (one, other) => Math.abs(one - other) <= tolerance * Math.abs(other);
const shown = (cost) => `$${Number(cost.toPrecision(3))}`;

await check(async () => {
    const answers = await readAnswers(file);
    const [cheap, dear] = [await costsOf(flash), await costsOf(pro)];
    const asked = [
        { name: 'short_answer', what: 'The first answer', model: flash, right: cheap[0], from: (costs) => costs[0] },
        { name: 'long_answer', what: 'The third answer', model: flash, right: cheap[2], from: (costs) => costs[2] },
        { name: 'day', what: 'The day', model: flash, right: day(cheap), from: day },
        { name: 'day_with_pro', what: `The day with ${pro}`, model: pro, right: day(dear), from: day },
    ];
    for (const { name, what, model, right, from } of asked) {
        const given = answers?.[name];
        if (typeof given !== 'number') {
            expect(false, {
                missing: given === null || given === undefined ? `${name} has no number yet.` : `${name} is to be a number, without quotes and without a sign of money.`,
                look: file,
            });
            continue;
        }
        const mistake = mistakes.find(({ of }) => near(given, from(usages.map((usage) => costWith(of(usage), model)))));
        const scale = [1e3, 1e6, 1e-3].find((factor) => near(given, right * factor));
        expect(near(given, right), {
            right: `${what} costs ${shown(right)}.`,
            missing: mistake ? `${name} is not ${shown(given)}: ${mistake.says}.`
                : scale ? `${name} is not ${shown(given)}: the prices are for a million tokens, and the cost is in dollars.`
                    : `${name} is not ${shown(given)}; that is too ${given < right ? 'little' : 'much'}.`,
            look: `${folder}/frames.json and prices.json${mistake ? `, and at hint ${mistake.hint}` : ''}`,
        });
    }
});
