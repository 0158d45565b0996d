#include "taborder.h"

#include <algorithm>

namespace runnel {

namespace {

bool above(const QQuickItem *one, const QQuickItem *other)
{
    return one->y() < other->y();
}

} // namespace

TabOrder::TabOrder(QObject *parent)
    : QObject(parent)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &TabOrder::sort);
}

void TabOrder::setRows(QQuickItem *rows)
{
    if (rows == m_rows)
        return;
    if (m_rows)
        m_rows->disconnect(this);
    m_rows = rows;
    if (rows)
        connect(rows, &QQuickItem::childrenChanged, this, &TabOrder::watch);
    watch();
    Q_EMIT rowsChanged();
}

//! A view may give a row its place only after it was made.
void TabOrder::watch()
{
    const QList<QQuickItem *> items = m_rows ? m_rows->childItems() : QList<QQuickItem *>();
    for (const QQuickItem *item : items)
        connect(item, &QQuickItem::yChanged, &m_later, qOverload<>(&QTimer::start),
                Qt::UniqueConnection);
    m_later.start();
}

void TabOrder::sort()
{
    if (!m_rows)
        return;
    QList<QQuickItem *> items = m_rows->childItems();
    if (std::is_sorted(items.cbegin(), items.cend(), above))
        return;
    std::stable_sort(items.begin(), items.end(), above);
    for (qsizetype i = 1; i < items.size(); ++i)
        items[i]->stackAfter(items[i - 1]);
}

} // namespace runnel
