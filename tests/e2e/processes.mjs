// Putting a browser to sleep, as a laptop does: all its processes.

import { readdirSync, readFileSync } from 'node:fs';

// The pid and those of all that came of it.
export function family(root) {
    const children = new Map();
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
            const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
            const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
            children.set(parent, [...children.get(parent) ?? [], Number(pid)]);
        } catch {
            // it has ended meanwhile
        }
    }
    const all = (pid) => [pid, ...(children.get(pid) ?? []).flatMap(all)];
    return all(root);
}

// Who has ended meanwhile gets none.
export function signal(pids, name) {
    for (const pid of pids) {
        try {
            process.kill(pid, name);
        } catch (error) {
            if (error.code !== 'ESRCH')
                throw error;
        }
    }
}
