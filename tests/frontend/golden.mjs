// The golden files that the C++ codec reads too.

import { readdirSync, readFileSync } from 'node:fs';

export function goldenCases(name) {
    const cases = JSON.parse(readFileSync(new URL(`../data/frames/${name}`, import.meta.url), 'utf8'));
    if (cases.length === 0)
        throw new Error(`${name} holds no case`);
    return cases;
}

// The recorded sessions that the C++ reducer reads too; their README says what holds.
export function recordedSessions() {
    const folder = new URL('../data/sessions/', import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    if (names.length === 0)
        throw new Error('no recorded sessions');
    return names.map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }));
}

// A library as it is served; the build lays it out.
export async function served(path) {
    const folder = process.env.RUNNEL_FRONTEND_DIR;
    if (!folder)
        throw new Error('RUNNEL_FRONTEND_DIR must name the folder that the build laid out');
    return import(new URL(path, `file://${folder}/`).href);
}
