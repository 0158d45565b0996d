// The first click always changes what is seen: system, the system's opposite, the system's own, system again.
export function nextTheme(current, systemIsDark) {
    const [own, opposite] = systemIsDark ? ['dark', 'light'] : ['light', 'dark'];
    return { system: opposite, [opposite]: own, [own]: 'system' }[current];
}
