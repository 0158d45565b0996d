#include "app/quickwindow.h"

#include "app/window.h"

#include <QLoggingCategory>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWindow>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcQuickWindow, "runnel.ui")

} // namespace

QuickWindow::QuickWindow(QQmlEngine &engine, Workspace &workspace, LinkGuard &links,
                         Attention &attention, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_workspace(workspace)
    , m_links(links)
    , m_attention(attention)
{
    connect(&workspace, &Workspace::asideWanted, this, [this] { open({}); });
}

QuickWindow::~QuickWindow() = default;

void QuickWindow::open(const InstanceCommand &command)
{
    if (!m_workspace.hasServer() || (!m_window && !make()))
        return;
    m_workspace.beginAside();
    if (!command.agent.isEmpty())
        m_workspace.aside()->setAgent(command.agent);
    raiseWindow(*m_window, command);
}

bool QuickWindow::make()
{
    QQmlComponent component(&m_engine, QUrl(u"qrc:/qt/qml/Runnel/Ui/pages/QuickWindow.qml"_s));
    QObject *const made =
        component.createWithInitialProperties({{u"workspace"_s, QVariant::fromValue(&m_workspace)},
                                               {u"links"_s, QVariant::fromValue(&m_links)}});
    m_window.reset(qobject_cast<QQuickWindow *>(made));
    if (!m_window) {
        qCWarning(lcQuickWindow) << "No small window:" << component.errorString();
        delete made;
        return false;
    }
    const auto look = [this] {
        m_attention.setLookingAside(m_window->isActive() && m_window->isVisible());
    };
    connect(m_window.get(), &QWindow::activeChanged, this, look);
    connect(m_window.get(), &QWindow::visibleChanged, this, look);
    return true;
}

} // namespace runnel
