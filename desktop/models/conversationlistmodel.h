#pragma once

#include "models/conversationlist.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! The rows of the side bar: the server's list, and what this window knows sooner or alone. That is
//! the conversations that are open here, until the list has them.
class ConversationListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a Workspace")
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool more READ hasMore NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)

public:
    enum Roles {
        IdRole = Qt::UserRole + 1,
        TitleRole,
        MarkedTitleRole, //!< With what was looked for in bold: our own tags, all else escaped.
        GroupRole,       //!< "Pinned", "Today", "Previous 7 days" …; "Found" in a search.
        SnippetRole,     //!< As MarkedTitleRole; empty without a search.
        MessageIdRole,   //!< Where the search found something; empty when in the title, or none.
        PinnedRole,
        AnsweringRole,
        UnreadRole, //!< An answer came to its end here while another conversation was shown.
        UnsentRole, //!< Nothing of it was taken by the server yet.
        CurrentRole,
    };

    //! A conversation that is open in this window.
    struct Open
    {
        QString id;
        QString title;
        QDateTime at; //!< Of its newest message.
        bool taken = false;
        bool answering = false;
        bool unread = false;

        friend bool operator==(const Open &, const Open &) = default;
    };

    explicit ConversationListModel(QObject *parent = nullptr);

    //! What is listed from now on; not owned, null for nothing.
    void setList(ConversationList *list);
    //! Those that are open here, with something in them, and which of them is shown.
    void setOpen(const QList<Open> &open, const QString &current);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! What to say where there is no row; empty when there are some, or when problem() says why.
    [[nodiscard]] QString note() const;
    //! Why the list, the search or the next page could not be had; empty when all went well.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool hasMore() const { return m_shown.more; }
    [[nodiscard]] bool isBusy() const { return m_shown.busy; }

    //! \a text: words; none end the search.
    Q_INVOKABLE void search(const QString &text);
    //! Of the conversation that is shown; -1 while it is not listed.
    Q_INVOKABLE [[nodiscard]] int currentRow() const;
    Q_INVOKABLE void fetchNext();
    Q_INVOKABLE void retry();
    //! Groups are by day: called when the day has changed, or the window is looked at again.
    Q_INVOKABLE void refresh();

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        ListedConversation listed;
        QString group;
        bool unread = false;
        bool unsent = false;
        bool current = false;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void update();
    [[nodiscard]] QList<Row> rowsNow() const;
    void follow(const QList<Row> &rows);

    ConversationList *m_list = nullptr;
    ConversationList::Shown m_shown;
    QList<Open> m_open;
    QString m_current;
    QList<Row> m_rows;
};

} // namespace runnel
