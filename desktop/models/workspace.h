#pragma once

#include "models/chatsession.h"
#include "models/conversationlist.h"
#include "models/conversationlistmodel.h"
#include "models/serverkeeper.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace runnel {

//! What one window shows of a server, as QML sees it: the list of conversations, and the one that
//! is open. Some that were open before stay as they are: whoever goes back to one finds it there,
//! and what it has not sent yet is sent. Everything happens in the object's own thread.
class Workspace : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(runnel::ChatSession *session READ session NOTIFY sessionChanged)
    Q_PROPERTY(runnel::ChatSession *aside READ aside NOTIFY asideChanged)
    Q_PROPERTY(runnel::ConversationListModel *conversations READ conversations CONSTANT)
    Q_PROPERTY(QUrl server READ server NOTIFY serverChanged)
    Q_PROPERTY(bool hasServer READ hasServer NOTIFY serverChanged)
    Q_PROPERTY(QString toast READ toast NOTIFY toastChanged)
    Q_PROPERTY(bool keeps READ keeps NOTIFY keepsChanged)
    Q_PROPERTY(bool undoable READ isUndoable NOTIFY toastChanged)

public:
    struct Options
    {
        QUrl server; //!< From parseServerUrl(); empty: none yet, and nothing is asked of anybody.
        //! The first to be open, a valid id; empty: one that was begun and not sent, or a new one.
        QString conversation;
        QString agent; //!< To ask first; empty: the server's first.
        ChatClient::Times times{};
        ConversationList::Times listTimes{};
        std::chrono::milliseconds undo{10'000}; //!< What was deleted can be brought back so long.
        OfflineStore *offline = nullptr;        //!< Outlives the workspace; null: nothing is kept.
    };

    static constexpr int mostIdle =
        4; //!< Conversations that stay open with nothing to do in them …
    static constexpr int mostBusy = 16;  //!< … and with an answer under way, or something unsent.
    static constexpr int mostFiles = 20; //!< Imported at once.
    static constexpr qint64 maxFileBytes = 32 * 1024 * 1024;

    explicit Workspace(Options options, QObject *parent = nullptr);
    ~Workspace() override;

    //! Connects; before that nothing is asked of the server.
    void start();

    //! Canonical, see canonicalServer(); empty until there is one.
    [[nodiscard]] QUrl server() const { return m_server; }
    [[nodiscard]] bool hasServer() const { return !m_server.isEmpty(); }
    //! Leaves all conversations of the server, and begins a new one of another. \a server comes
    //! from parseServerUrl(); nothing happens where it is the same.
    Q_INVOKABLE void useServer(const QUrl &server);
    //! Puts \a text where a message is written, behind what is there. Only a person sends it.
    void suggest(const QString &text);
    //! Says something for a moment.
    void tell(const QString &text) { setToast(text); }

    //! Never null.
    [[nodiscard]] ChatSession *session() const { return m_sessions.front().get(); }
    [[nodiscard]] ConversationListModel *conversations() { return &m_conversations; }
    //! A conversation that a small window shows beside this one; null while there is none.
    [[nodiscard]] ChatSession *aside() const;
    //! A new one, unless the one that is there is new. Nothing happens without a server.
    void beginAside();
    //! Somebody wants the small window: asideWanted().
    Q_INVOKABLE void wantAside() { Q_EMIT asideWanted(); }
    //! The small window was closed: what was asked there goes on behind, as others do.
    Q_INVOKABLE void endAside();
    //! It is opened here, and no longer there: asideTaken().
    Q_INVOKABLE void takeAside();
    //! What just happened, for a moment; empty when there is nothing to say.
    [[nodiscard]] QString toast() const { return m_toast; }
    //! undo() brings back what toast() says was deleted.
    [[nodiscard]] bool isUndoable() const { return !m_deleted.id.isEmpty(); }

    //! What is shown is kept on this computer.
    [[nodiscard]] bool keeps() const { return m_options.offline && m_options.offline->keeps(); }
    //! See OfflineStore::forgetAll().
    Q_INVOKABLE void forgetKept();

    //! \a messageId: goes to that message, empty to the newest.
    Q_INVOKABLE void open(const QString &id, const QString &messageId = {});
    //! Does nothing where the open one is new already.
    Q_INVOKABLE void newChat();
    //! An empty \a title: after the first message again.
    Q_INVOKABLE void rename(const QString &id, const QString &title);
    Q_INVOKABLE void setPinned(const QString &id, bool pinned);
    Q_INVOKABLE void remove(const QString &id);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismissToast() { setToast({}); }
    //! A name for the file, after the conversation's title: "Rivers of Europe.md".
    Q_INVOKABLE [[nodiscard]] QString exportName(const QString &id, bool markdown) const;
    //! Where the last one went, else the person's documents.
    Q_INVOKABLE [[nodiscard]] QUrl exportFolder() const;
    //! Without a \a file, or with a folder, it gets exportName() there, and overwrites nothing.
    Q_INVOKABLE void exportTo(const QString &id, bool markdown, const QUrl &file);
    //! Conversations that were exported as JSON; the last of them is opened.
    Q_INVOKABLE void importFiles(const QList<QUrl> &files);
    //! Whether somebody looks at the window.
    Q_INVOKABLE void setWatched(bool watched);

Q_SIGNALS:
    void serverChanged();
    //! The server answered as one of ours does; with each connection.
    void reached(const QUrl &server);
    void sessionChanged();
    void asideChanged();
    void asideWanted();
    void asideTaken();
    void toastChanged();
    void keepsChanged();
    //! For a screen reader.
    void said(const QString &text);
    //! An answer of a conversation that is open came to its end; \a text is what it says.
    void answerEnded(const QString &conversation, const QString &title, const QString &text);
    //! Also one that says nothing.
    void turnEnded(const QString &conversation, const QString &title, const runnel::TurnEnd &end);
    //! In a conversation that is open a tool waits for a decision.
    void toolAsked(const QString &conversation, const QString &title, const QString &agent);
    //! A person removed it.
    void removed(const QString &conversation);

private:
    struct Later
    {
        void operator()(QObject *object) const { object->deleteLater(); }
        void operator()(ConversationList *list) const { list->retire(); }
    };
    using Session = std::unique_ptr<ChatSession, Later>;
    struct Deleted
    {
        QString id;
        bool wasOpen = false;
    };
    struct Import
    {
        QList<QUrl> waiting;
        QStringList refused;
        QString last; //!< The id of the last that was taken.
        int taken = 0;
    };

    void makeList();
    //! Where a conversation that is to be opened is already.
    enum class Whence {
        Nowhere, //!< It begins.
        Here,    //!< The server has not heard of it yet.
        Server,
    };

    [[nodiscard]] Session makeSession(const QString &id, bool known);
    void begin(const QString &id);
    void goOn(bool isWanted);
    void openBehind(const QString &id, Whence whence);
    void show(const QString &id, Whence whence);
    void forgetSession(const QString &id);
    void closeIdle();
    void leave(const ChatSession &session);
    void leaveAside();
    void tellOpen();
    void setToast(const QString &text);
    void setToast(const QString &text, const Deleted &deleted);
    void tell(const QString &failure, const ConversationsClient::Problem &problem);
    [[nodiscard]] QString exportPath(const QString &name, const QUrl &chosen) const;
    void importNext();
    void endImport();

    const Options m_options;
    QUrl m_server;
    bool m_started = false;
    std::unique_ptr<ConversationList, Later> m_list;
    ConversationListModel m_conversations;
    std::vector<Session>
        m_sessions;  //!< The shown one first, then the one that was shown before it …
    QString m_aside; //!< Its id; empty while there is none.
    std::unique_ptr<ServerKeeper> m_keeper; //!< Null where nothing is kept.
    QSet<QString> m_unread;
    QString m_exportFolder; //!< Of the last one; empty: none yet.
    QString m_toast;
    Deleted m_deleted; //!< What undo() brings back.
    QTimer m_toastTimer;
    Import m_import;
};

} // namespace runnel
