#pragma once

#include "client/conversationsclient.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace runnel {

//! Pinned ones first, then the newest: the server's order.
[[nodiscard]] bool standsBefore(const ListedConversation &one, const ListedConversation &other);

//! The conversations of one server as it has them: pages by cursor, a search, changes that are
//! shown at once and taken back when they are refused. Its twin is frontend/js/conversationlist.js.
//!
//! Requests are bounded: one refresh at a time and at most one a second, whatever asks for it;
//! another conversation that is being answered is looked at again ever more seldom; nothing is
//! asked for while nobody looks.
class ConversationList : public QObject
{
    Q_OBJECT

public:
    using Problem = ConversationsClient::Problem;

    //! What a test makes shorter.
    struct Times
    {
        std::chrono::milliseconds betweenRefreshes{1000};
        std::chrono::milliseconds firstLook{4000}; //!< At an answer of another conversation.
        std::chrono::milliseconds longestLook{30'000};
        std::chrono::milliseconds typingPause{200}; //!< Without a key before a search is sent.
        ConversationsClient::Times requests{};
    };

    enum class State { Loading, Ready, Failed };

    //! What is to be shown: of the search, when there is one.
    struct Shown
    {
        State state = State::Loading;
        QList<ListedConversation> rows;
        QString words;     //!< That were looked for; empty: all conversations.
        QString error;     //!< Of the refresh or the search; empty when it went well.
        QString moreError; //!< Of the next page.
        QDateTime asOf;    //!< The server has not said it since then; invalid: it has, just now.
        bool more = false;
        bool busy = false;
    };

    static constexpr int pageSize = 50;
    static constexpr int largestPage = 200; //!< What the server gives at once.
    static constexpr int mostWords = 200;   //!< Characters of a search.

    //! \a server comes from parseServerUrl().
    ConversationList(const QUrl &server, const Times &times, QObject *parent = nullptr);

    //! What the server had \a asOf that time, in its order. It is shown until the server has said
    //! what it has; what has come already counts more. The server is asked for page after page
    //! until all of it is looked after.
    void setKnown(const QList<ListedConversation> &known, const QDateTime &asOf);

    [[nodiscard]] Shown shown() const;
    //! Null when it is not listed.
    [[nodiscard]] const ListedConversation *find(const QString &id) const;
    //! All rows but those of a search, to be kept for the next start: known ones too, until the
    //! server has said that they are gone.
    [[nodiscard]] const QList<ListedConversation> &rows() const { return m_rows; }
    //! When the server said its list last; invalid before it has.
    [[nodiscard]] QDateTime saidAt() const { return m_saidAt; }
    //! Given here and not taken by the server yet; empty when there is none.
    [[nodiscard]] QString titleToCome(const QString &id) const { return m_titles.value(id); }

    //! The open conversation tells by itself when it is answered.
    void setCurrent(const QString &id);
    //! Whether somebody looks; a list that was not looked at is refreshed.
    void setWatched(bool watched);
    //! Something may have changed. Returns at once.
    void refresh();
    //! A person asks again after a failure.
    void retry();
    //! The next page; of the search, when there is one.
    void more();
    //! Words to look for, cut to mostWords; none end the search.
    void search(const QString &text);

    using Callback = std::function<void(const std::optional<Problem> &)>;
    //! These are shown at once. \a callback is told what the server said: nothing when all went
    //! well.
    void rename(const QString &id, const QString &title, const Callback &callback);
    void pin(const QString &id, bool pinned, const Callback &callback);
    void remove(const QString &id, const Callback &callback);
    //! These are shown when they are done.
    void restore(const QString &id, const Callback &callback);
    //! \a callback gets the id, empty with a problem.
    void importFile(
        const QByteArray &file,
        const std::function<void(const QString &id, const std::optional<Problem> &)> &callback);
    void exportFile(const QString &id, ConversationsClient::ExportFormat format,
                    ConversationsClient::Callback<QByteArray> callback);

    //! No callback is called any more, and the list goes when control returns to the event loop.
    void retire();

Q_SIGNALS:
    //! shown() is another one.
    void changed();

private:
    struct Search
    {
        QString words;
        QList<ListedConversation> rows;
        QString next;
        QString error;
    };

    void load();
    void takeHead(const ListedPage &page);
    void takeNext(const ListedPage &page);
    void settleKnown(const ListedPage &page);
    void loadKnown();
    [[nodiscard]] qsizetype told() const { return m_rows.size() - m_known.size(); }
    void startSearch();
    void endSearch();
    void watch();
    void look();
    void put(const ListedConversation &conversation);
    void edited();
    void replace(const QString &id, const std::function<void(ListedConversation &)> &change);
    void settleChange(const QString &id, const std::optional<ListedConversation> &before,
                      const Result<ListedConversation, Problem> &answer, const Callback &callback);

    const Times m_times;
    ConversationsClient m_client;
    QList<ListedConversation> m_rows;
    QSet<QString> m_known; //!< Of the rows, those that are as of an earlier time.
    QDateTime m_asOf;
    QDateTime m_saidAt;
    QString m_next; //!< The cursor after the rows that the server told.
    std::optional<Search> m_search;
    QString m_wanted; //!< The words that were typed last.
    State m_state = State::Loading;
    QString m_error;
    QString m_moreError;
    bool m_watched = true;
    bool m_loadingMore = false;
    bool m_refreshing = false;
    bool m_again = false; //!< Something changed while the list was on its way.
    QElapsedTimer m_refreshed;
    QTimer m_refreshTimer;
    QTimer m_typingTimer;
    QTimer m_lookTimer;
    std::chrono::milliseconds m_look;
    ConversationsClient::Ticket m_searching = 0; //!< 0: none is on its way.
    QString m_answered;                          //!< The other conversations that are answered.
    QSet<QString> m_removed;                     //!< Shown as gone before the server has said so.
    QHash<QString, QString> m_titles;
    int m_edits = 0; //!< Changes from here: what was read before one of them is old.
    QString m_current;
};

} // namespace runnel
