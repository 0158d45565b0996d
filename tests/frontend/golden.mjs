// The golden files that the C++ codec reads too.

import { readFileSync } from 'node:fs';

export function goldenCases(name) {
    const cases = JSON.parse(readFileSync(new URL(`../data/frames/${name}`, import.meta.url), 'utf8'));
    if (cases.length === 0)
        throw new Error(`${name} holds no case`);
    return cases;
}

// A library as it is served; the build lays it out.
export async function served(path) {
    const folder = process.env.RUNNEL_FRONTEND_DIR;
    if (!folder)
        throw new Error('RUNNEL_FRONTEND_DIR must name the folder that the build laid out');
    return import(new URL(path, `file://${folder}/`).href);
}
