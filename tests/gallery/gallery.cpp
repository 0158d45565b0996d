#include "gallery.h"

#include "desktop/layoutfaults.h"
#include "fixtures/probe.h"
#include "fixtures/scene.h"
#include "uiengine.h"

#include <QCoreApplication>
#include <QDir>
#include <QMouseEvent>
#include <QQuickItem>
#include <QTest>

#include <algorithm>
#include <functional>

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int waitMs = 10'000;
constexpr int tallest = 8000; //!< A picture, in px.

QString galleryFolder()
{
    return QStringLiteral(RUNNEL_SOURCE_DIR "/tests/gallery");
}

QStringList namesIn(const QString &folder, const QString &ending)
{
    QStringList names = QDir(folder).entryList({u'*' + ending}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(ending.size());
    names.sort();
    return names;
}

bool hasItem(const QQuickItem &item, const std::function<bool(const QObject *)> &isIt)
{
    const QList<QQuickItem *> children = item.childItems();
    return std::ranges::any_of(children, [&isIt](const QQuickItem *child) {
        return isIt(child) || hasItem(*child, isIt);
    });
}

} // namespace

Gallery::Gallery()
{
    prepareEngine(m_engine);
    QObject::connect(&m_engine, &QQmlEngine::warnings, &m_engine,
                     [this](const QList<QQmlError> &errors) {
                         for (const QQmlError &error : errors)
                             m_warnings.append(error.toString());
                     });
    m_engine.setInitialProperties({{u"components"_s, componentsWithPage()}});
    m_engine.load(QUrl::fromLocalFile(galleryFolder() + u"/Gallery.qml"_s));
    const QList<QObject *> roots = m_engine.rootObjects();
    m_window = qobject_cast<QQuickWindow *>(roots.value(0));
    if (!m_window)
        qFatal("The gallery did not load: %s", qPrintable(m_warnings.join(u'\n')));
}

QStringList Gallery::components()
{
    return namesIn(QStringLiteral(RUNNEL_SOURCE_DIR "/qml/components"), u".qml"_s);
}

QStringList Gallery::componentsWithPage()
{
    return namesIn(galleryFolder() + u"/pages"_s, u"Gallery.qml"_s);
}

bool Gallery::show(const QString &component, const Look &look)
{
    m_window->setProperty("dark", look.dark);
    m_window->setProperty("textSize", look.textSize);
    m_window->setProperty("pageWidth", look.width);
    m_window->setProperty("component", component);
    return page() != nullptr;
}

QQuickItem *Gallery::page() const
{
    return m_window->property("page").value<QQuickItem *>();
}

bool Gallery::settle() const
{
    const auto ready = [this] {
        const QList<Scene *> scenes = page()->findChildren<Scene *>();
        return std::ranges::all_of(scenes, &Scene::isReady);
    };
    if (!page() || !QTest::qWaitFor(ready, waitMs))
        return false;
    // What the models say now is laid out with the next frame, and what that says with another.
    for (int i = 0; i < 3; ++i) {
        QTest::qWait(0);
        m_window->grabWindow();
    }
    return true;
}

QImage Gallery::picture()
{
    m_window->setProperty("bare", true);
    if (!settle())
        return {};
    m_window->resize(m_window->property("pageWidth").toInt(),
                     std::min(m_window->property("pageHeight").toInt(), tallest));
    if (!settle())
        return {};
    const auto *const hovered = page()->findChild<QQuickItem *>(u"underThePointer"_s);
    movePointer(hovered ? hovered->mapToScene({hovered->width() / 2, hovered->height() / 2})
                        : QPointF(1, 1));
    const QImage image = m_window->grabWindow();
    m_window->setProperty("bare", false);
    return image;
}

bool Gallery::shows(const QString &component) const
{
    // What Repeaters make is no child in the objects' tree, what is over the page no item.
    const QObjectList objects = m_window->findChildren<QObject *>();
    const auto isIt = [&component](const QObject *object) {
        return Probe::isOf(*object, component);
    };
    return std::ranges::any_of(objects, isIt) || hasItem(*m_window->contentItem(), isIt);
}

QStringList Gallery::layoutFaults() const
{
    return page() ? test::layoutFaults(page()) : QStringList();
}

void Gallery::movePointer(QPointF place)
{
    QMouseEvent move(QEvent::MouseMove, place, m_window->mapToGlobal(place), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window, &move);
    QTest::qWait(0);
}

} // namespace runnel::test
