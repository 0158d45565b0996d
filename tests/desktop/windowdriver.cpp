#include "windowdriver.h"

#include "app/opening.h"
#include "app/window.h"
#include "layoutfaults.h"

#include <QDir>
#include <QTest>
#include <QTextDocument>

#include <algorithm>

namespace runnel::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void collect(QQuickItem *item, QList<QQuickItem *> &out, bool hiddenToo = false)
{
    if (!item->isVisible() && !hiddenToo)
        return;
    out.append(item);
    const QList<QQuickItem *> children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, out, hiddenToo);
}

Workspace::Options optionsFor(const ScriptedServer &server)
{
    Workspace::Options options{server.url(), u"test"_s, {}};
    options.times.backoff = {1h, 1h};
    return options;
}

} // namespace

FirstServer::Options WindowDriver::noPorts()
{
    FirstServer::Options options;
    options.finder.ports.clear();
    return options;
}

WindowDriver::WindowDriver(const QList<ServerFrame> &greeting, QSize size)
    : firstServer(noPorts())
    , workspace(optionsFor(server))
    , session(*workspace.session())
{
    if (!greeting.isEmpty())
        server.greetWith(greeting);
    load(size);
}

WindowDriver::WindowDriver(const Workspace::Options &options, QSize size,
                           const FirstServer::Options &first)
    : firstServer(first)
    , workspace(options)
    , session(*workspace.session())
{
    load(size);
}

void WindowDriver::load(QSize size)
{
    QObject::connect(&engine, &QQmlEngine::warnings, &workspace,
                     [this](const QList<QQmlError> &errors) {
                         for (const QQmlError &error : errors)
                             warnings.append(error.toString());
                     });
    joinModels(firstServer, links, workspace);
    window = loadWindow(engine,
                        {workspace, servers, preferences, firstServer, question, links, attention});
    if (!window)
        qFatal("The window did not load");
    if (size.isValid())
        window->resize(size);
    setTheme(1);
    workspace.start();
}

WindowDriver::~WindowDriver()
{
    setTheme(1);
}

QQuickItem *WindowDriver::itemOf(const QQuickWindow &where, const QString &name) const
{
    // By the items' tree: what a Repeater makes is no child in the objects' tree.
    for (const bool hiddenToo : {false, true}) {
        QList<QQuickItem *> items;
        collect(where.contentItem(), items, hiddenToo);
        for (QQuickItem *item : std::as_const(items)) {
            if (item->objectName() == name)
                return item;
        }
    }
    qFatal("No %s in the window", qPrintable(name));
}

QQuickItem *WindowDriver::find(const QString &component) const
{
    return findAll(component).value(0);
}

QList<QQuickItem *> WindowDriver::findAll(const QString &component) const
{
    QList<QQuickItem *> items;
    collect(window->contentItem(), items);
    items.removeIf([&component](const QQuickItem *item) {
        const QString type = QString::fromLatin1(item->metaObject()->className());
        return !type.startsWith(component + u"_QMLTYPE"_s);
    });
    return items;
}

QStringList WindowDriver::textsOf(const QQuickWindow &where) const
{
    QList<QQuickItem *> items;
    collect(where.contentItem(), items);
    QStringList out;
    for (QQuickItem *item : std::as_const(items)) {
        const QString text = item->property("text").toString();
        if (text.isEmpty())
            continue;
        QTextDocument document;
        if (text.startsWith(u"<style>") || text.startsWith(u"<!DOCTYPE"))
            document.setHtml(text);
        else
            document.setPlainText(text);
        out.append(document.toPlainText());
    }
    return out;
}

bool WindowDriver::shows(const QString &part) const
{
    for (const QString &text : texts()) {
        if (text.contains(part))
            return true;
    }
    return false;
}

QStringList WindowDriver::layoutFaultsOf(const QQuickWindow &where) const
{
    return test::layoutFaults(where.contentItem());
}

void WindowDriver::click(QQuickItem *item) const
{
    const QPointF centre = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, centre.toPoint());
}

void WindowDriver::type(const QString &text) const
{
    for (const QChar c : text)
        QTest::keyClick(window, c.toLatin1());
}

void WindowDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
{
    QTest::keyClick(window, key, modifiers);
}

QString WindowDriver::focused() const
{
    const QQuickItem *item = window->activeFocusItem();
    if (!item)
        return {};
    return item->objectName().isEmpty() ? item->property("text").toString() : item->objectName();
}

bool WindowDriver::tabTo(const QString &name) const
{
    for (int i = 0; i < 60; ++i) {
        if (focused() == name)
            return true;
        press(Qt::Key_Tab);
    }
    return false;
}

bool WindowDriver::hasRowsInOrder(int count) const
{
    const QList<QQuickItem *> rows = findAll(u"MessageDelegate"_s);
    return rows.size() == count && std::ranges::is_sorted(rows, {}, &QQuickItem::y);
}

QQuickItem *WindowDriver::visibleItem(const QString &name) const
{
    QList<QQuickItem *> items;
    collect(window->contentItem(), items);
    items.removeIf([&name](const QQuickItem *item) { return item->objectName() != name; });
    const auto topmost = std::ranges::min_element(items, {}, [](const QQuickItem *item) {
        return item->mapToScene({0, 0}).y();
    });
    return topmost == items.end() ? nullptr : *topmost;
}

void WindowDriver::wheel(QQuickItem *item, int delta) const
{
    const QPointF centre = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QWheelEvent event(centre, window->mapToGlobal(centre), {}, QPoint(0, delta), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    // A wheel's speed is reckoned from the time between its events.
    event.setTimestamp(quint64(QDateTime::currentMSecsSinceEpoch()));
    QCoreApplication::sendEvent(window, &event);
}

void WindowDriver::setTheme(int preference) const
{
    preferences.setTheme(preference);
}

QImage WindowDriver::pictureOf(QQuickWindow &where, const QString &name) const
{
    const QDir folder(QStringLiteral(RUNNEL_BINARY_DIR "/screenshots"));
    folder.mkpath(u"."_s);
    const QImage image = where.grabWindow();
    if (!image.save(folder.filePath(u"desktop-"_s + name + u".png"_s)))
        qFatal("Cannot save the picture %s", qPrintable(name));
    return image;
}

void WindowDriver::pictures(const QString &name) const
{
    setTheme(2);
    picture(name + u"-dark"_s);
    setTheme(1);
    picture(name + u"-light"_s);
}

} // namespace runnel::test
