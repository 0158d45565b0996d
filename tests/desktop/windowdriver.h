#pragma once

#include "client/scriptedserver.h"
#include "models/attention.h"
#include "models/firstserver.h"
#include "models/linkguard.h"
#include "models/preferences.h"
#include "models/serverlistmodel.h"
#include "models/serverquestion.h"
#include "models/workspace.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>

namespace runnel::test {

//! The real window on a scripted server, or on another one; every warning that it gives on the way
//! fails the test.
class WindowDriver
{
public:
    //! Without a size it is as large as at a first start.
    explicit WindowDriver(const QList<ServerFrame> &greeting = {}, QSize size = {1000, 768});
    //! On the server that \a options name; the scripted one has nothing to do.
    explicit WindowDriver(const Workspace::Options &options, QSize size = {1000, 768},
                          const FirstServer::Options &first = noPorts());
    ~WindowDriver();

    //! The item of that name, a visible one before a hidden one; aborts the test program when there
    //! is none.
    [[nodiscard]] QQuickItem *item(const QString &name) const { return itemOf(*window, name); }
    [[nodiscard]] QQuickItem *itemOf(const QQuickWindow &where, const QString &name) const;
    //! The first visible item of a component ("ErrorCard"), or null.
    [[nodiscard]] QQuickItem *find(const QString &component) const;
    [[nodiscard]] QList<QQuickItem *> findAll(const QString &component) const;
    //! The texts of all visible text items, top to bottom as the tree has them.
    [[nodiscard]] QStringList texts() const { return textsOf(*window); }
    [[nodiscard]] QStringList textsOf(const QQuickWindow &where) const;
    [[nodiscard]] bool shows(const QString &part) const;
    //! See test::layoutFaults().
    [[nodiscard]] QStringList layoutFaults() const { return layoutFaultsOf(*window); }
    [[nodiscard]] QStringList layoutFaultsOf(const QQuickWindow &where) const;
    void click(QQuickItem *item) const;
    //! Types into what has the keyboard; Latin-1 only.
    void type(const QString &text) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    //! Presses Tab, at most 60 times, until the item of that name has the keyboard; false when it
    //! never has.
    [[nodiscard]] bool tabTo(const QString &name) const;
    //! The name of what has the keyboard, or its text where it has none.
    [[nodiscard]] QString focused() const;
    //! So many rows of the conversation are made, and Tab walks through them from top to bottom.
    [[nodiscard]] bool hasRowsInOrder(int count) const;
    //! The topmost visible item of that name, or null.
    [[nodiscard]] QQuickItem *visibleItem(const QString &name) const;
    //! Turns the wheel over \a item: 120 are a notch up.
    void wheel(QQuickItem *item, int delta) const;
    //! Light 1, dark 2.
    void setTheme(int preference) const;
    //! Saves a picture to screenshots/ of the build tree and gives it back.
    QImage picture(const QString &name) const { return pictureOf(*window, name); }
    QImage pictureOf(QQuickWindow &where, const QString &name) const;
    //! In both themes, "-light" and "-dark".
    void pictures(const QString &name) const;

    ScriptedServer server;
    QTemporaryDir settingsFolder;
    mutable Preferences preferences{settingsFolder.filePath(QStringLiteral("desktop.ini"))};
    ServerListModel servers{settingsFolder.filePath(QStringLiteral("servers.ini"))};
    FirstServer firstServer;
    ServerQuestion question{std::chrono::milliseconds(50)};
    QList<QUrl> opened; //!< What another program would have been asked to open …
    bool opens = true;  //!< … and whether there is one.
    LinkGuard links{preferences, [this](const QUrl &url) {
                        opened.append(url);
                        return opens;
                    }};
    Workspace workspace;
    Attention attention{workspace, preferences};
    ChatSession &session; //!< That is open first.
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
    QStringList warnings;

private:
    //! Whatever runs on the computer that tests, it is not looked for.
    [[nodiscard]] static FirstServer::Options noPorts();
    void load(QSize size);
};

} // namespace runnel::test
