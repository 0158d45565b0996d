#pragma once

#include "app/instancecommand.h"
#include "models/attention.h"
#include "models/linkguard.h"
#include "models/workspace.h"

#include <QObject>

#include <memory>

class QQmlEngine;
class QQuickWindow;

namespace runnel {

//! The small window for one question. It is made when somebody wants it for the first time, and
//! stays for the next one.
class QuickWindow : public QObject
{
    Q_OBJECT

public:
    //! All of them outlive it. \a links are of this window alone.
    QuickWindow(QQmlEngine &engine, Workspace &workspace, LinkGuard &links, Attention &attention,
                QObject *parent = nullptr);
    ~QuickWindow() override;

    //! Brings it to the front, as another start of the program asked by \a command. Nothing happens
    //! while there is no server.
    void open(const InstanceCommand &command);
    //! Null before the first open().
    [[nodiscard]] QQuickWindow *window() const { return m_window.get(); }

private:
    [[nodiscard]] bool make();

    QQmlEngine &m_engine;
    Workspace &m_workspace;
    LinkGuard &m_links;
    Attention &m_attention;
    std::unique_ptr<QQuickWindow> m_window;
};

} // namespace runnel
