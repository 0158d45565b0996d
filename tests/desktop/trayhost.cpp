#include "trayhost.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include <utility>

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

const QString busName = u"tray host"_s;
const QString watcherService = u"org.kde.StatusNotifierWatcher"_s;
const QString itemPath = u"/StatusNotifierItem"_s;
const QString itemInterface = u"org.kde.StatusNotifierItem"_s;
const QString menuInterface = u"com.canonical.dbusmenu"_s;

//! a(iiay): the largest image; its pixels are ARGB in the network's order.
QImage imageOf(const QVariant &value)
{
    QImage largest;
    const auto images = value.value<QDBusArgument>();
    images.beginArray();
    while (!images.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray pixels;
        images.beginStructure();
        images >> width >> height >> pixels;
        images.endStructure();
        if (width <= largest.width() || pixels.size() != qsizetype(width) * height * 4)
            continue;
        QImage image(width, height, QImage::Format_ARGB32);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const auto *const at =
                    reinterpret_cast<const uchar *>(pixels.constData()) + 4 * (y * width + x);
                image.setPixel(x, y, qRgba(at[1], at[2], at[3], at[0]));
            }
        }
        largest = image;
    }
    images.endArray();
    return largest;
}

//! (sa(iiay)ss): its third part is the title. What is begun has to be ended, or it is never freed.
QString tooltipOf(const QVariant &value)
{
    QString icon;
    QString title;
    QString text;
    const auto parts = value.value<QDBusArgument>();
    parts.beginStructure();
    parts >> icon;
    parts.beginArray();
    while (!parts.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray pixels;
        parts.beginStructure();
        parts >> width >> height >> pixels;
        parts.endStructure();
    }
    parts.endArray();
    parts >> title >> text;
    parts.endStructure();
    return title;
}

} // namespace

TrayHost::TrayHost()
    : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, busName))
{
    if (!m_bus.registerObject(u"/StatusNotifierWatcher"_s, this,
                              QDBusConnection::ExportAllContents) ||
        !m_bus.registerService(watcherService))
        qFatal("The tray could not be registered: %s", qPrintable(m_bus.lastError().message()));
    m_watcher.setConnection(m_bus);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this](const QString &service) { m_items.removeAll(service); });
}

TrayHost::~TrayHost()
{
    QDBusConnection::disconnectFromBus(busName);
}

void TrayHost::RegisterStatusNotifierItem(const QString &service)
{
    m_items.append(service);
    m_watcher.addWatchedService(service);
    Q_EMIT StatusNotifierItemRegistered(service);
}

QVariant TrayHost::property(const QString &name) const
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        m_items.value(0), itemPath, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << itemInterface << name;
    const QDBusMessage reply = m_bus.call(call);
    return reply.arguments().value(0).value<QDBusVariant>().variant();
}

QList<TrayHost::Line> TrayHost::lines() const
{
    const auto path = property(u"Menu"_s).value<QDBusObjectPath>();
    QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(0), path.path(), menuInterface,
                                                       u"GetLayout"_s);
    call << 0 << -1 << QStringList();
    const QDBusMessage reply = m_bus.call(call);
    QList<Line> lines;
    const auto root = reply.arguments().value(1).value<QDBusArgument>();
    int rootId = 0;
    QVariantMap rootProperties;
    root.beginStructure();
    root >> rootId >> rootProperties;
    root.beginArray();
    while (!root.atEnd()) {
        QDBusVariant child;
        root >> child;
        const auto entry = child.variant().value<QDBusArgument>();
        Line line;
        QVariantMap properties;
        entry.beginStructure();
        entry >> line.id >> properties;
        entry.endStructure();
        line.text = properties.value(u"type"_s) == u"separator"_s
                        ? u"-"_s
                        : properties.value(u"label"_s).toString();
        lines.append(line);
    }
    root.endArray();
    root.endStructure();
    return lines;
}

TrayItem TrayHost::look() const
{
    TrayItem item{tooltipOf(property(u"ToolTip"_s)), imageOf(property(u"IconPixmap"_s)), {}};
    const QList<Line> all = lines();
    for (const Line &line : all)
        item.menu.append(line.text);
    return item;
}

void TrayHost::click() const
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(m_items.value(0), itemPath, itemInterface, u"Activate"_s);
    call << 0 << 0;
    (void)m_bus.call(call);
}

bool TrayHost::choose(const QString &text) const
{
    const QList<Line> all = lines();
    for (const Line &line : all) {
        if (line.text != text)
            continue;
        const auto path = property(u"Menu"_s).value<QDBusObjectPath>();
        QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(0), path.path(),
                                                           menuInterface, u"Event"_s);
        call << line.id << u"clicked"_s << QVariant::fromValue(QDBusVariant(0)) << 0U;
        (void)m_bus.call(call);
        return true;
    }
    return false;
}

} // namespace runnel::test
