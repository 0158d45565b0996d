#include "layoutfaults.h"

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

QString named(const QQuickItem *item)
{
    const QString text = item->property("text").toString().simplified().left(40);
    return u"%1 \"%2\""_s.arg(QLatin1String(item->metaObject()->className()), text);
}

bool scrollsSideways(const QQuickItem *item)
{
    constexpr int horizontalFlick = 1; // Flickable.HorizontalFlick
    return item->inherits("QQuickFlickable") &&
           item->property("flickableDirection").toInt() == horizontalFlick;
}

qreal widthOfText(const QQuickItem *item)
{
    if (!item->inherits("QQuickText") && !item->inherits("QQuickTextEdit"))
        return 0;
    return item->property("contentWidth").toReal() + item->property("leftPadding").toReal() +
           item->property("rightPadding").toReal();
}

//! Neighbours whose boxes meet; 1 px is rounding.
QStringList overlapsIn(const QQuickItem *row)
{
    QStringList faults;
    const QQuickItem *before = nullptr;
    const QList<QQuickItem *> items = row->childItems();
    for (const QQuickItem *item : items) {
        if (!item->isVisible() || item->width() <= 0)
            continue;
        if (before && item->x() < before->x() + before->width() - 1)
            faults.append(named(item) + u" stands on "_s + named(before));
        before = item;
    }
    return faults;
}

void collectFaults(const QQuickItem *item, const QQuickItem *root, QStringList &faults)
{
    if (!item->isVisible())
        return;
    const QRectF place = item->mapRectToItem(root, QRectF(0, 0, item->width(), item->height()));
    if (place.width() > 0 && (place.left() < -1 || place.right() > root->width() + 1))
        faults.append(
            u"%1 reaches from %2 to %3"_s.arg(named(item)).arg(place.left()).arg(place.right()));
    if (widthOfText(item) > item->width() + 1)
        faults.append(
            u"%1 is cut at %2 of %3"_s.arg(named(item)).arg(item->width()).arg(widthOfText(item)));
    if (item->inherits("QQuickRowLayout") || item->inherits("QQuickRow"))
        faults += overlapsIn(item);
    if (scrollsSideways(item))
        return;
    const QList<QQuickItem *> children = item->childItems();
    for (const QQuickItem *child : children)
        collectFaults(child, root, faults);
}

} // namespace

QStringList layoutFaults(const QQuickItem *root)
{
    QStringList faults;
    collectFaults(root, root, faults);
    return faults;
}

} // namespace runnel::test
