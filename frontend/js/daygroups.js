// Rows of the side bar by the day of the last change, as a person would say it. The order of the rows stays.

// [{name, rows}]. Days are those of the calendar here, so an hour may lie between "Today" and "Yesterday".
export function dayGroups(rows, now = new Date()) {
    const groups = [];
    for (const row of rows) {
        const name = row.pinned ? 'Pinned' : dayName(new Date(row.updated_at), now);
        if (groups.at(-1)?.name !== name)
            groups.push({ name, rows: [] });
        groups.at(-1).rows.push(row);
    }
    return groups;
}

function dayName(time, now) {
    const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000); // a day of 23 or 25 hours rounds
    if (Number.isNaN(days))
        return 'Older';
    if (days <= 0) // a clock that is behind the server's
        return 'Today';
    if (days === 1)
        return 'Yesterday';
    if (days <= 7)
        return 'Previous 7 days';
    if (days <= 30)
        return 'Previous 30 days';
    if (time.getFullYear() === now.getFullYear())
        return time.toLocaleDateString('en', { month: 'long' });
    return String(time.getFullYear());
}

function startOfDay(time) {
    return new Date(time.getFullYear(), time.getMonth(), time.getDate());
}
