#pragma once

#include "protocol/result.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

class QNetworkReply;
class QNetworkRequest;

namespace runnel {

//! Where a search found its words.
struct FoundPlace
{
    QString messageId;
    QString text; //!< The words around it, at most some hundred characters.
    //! From and to (behind the last) in UTF-16 code units of \a text; in order, apart.
    QList<std::pair<int, int>> ranges;

    friend bool operator==(const FoundPlace &, const FoundPlace &) = default;
};

//! A line of the server's list of conversations.
struct ListedConversation
{
    QString id;
    QString title;
    bool pinned = false;
    QDateTime createdAt; //!< UTC, as the next.
    QDateTime updatedAt;
    qint64 messages = 0;
    bool answering = false;
    std::optional<FoundPlace> match; //!< Of a search.

    friend bool operator==(const ListedConversation &, const ListedConversation &) = default;
};

struct ListedPage
{
    QList<ListedConversation> conversations;
    QString next; //!< For the page that follows; null at the end.
};

//! The list of conversations of one server by REST (docs/openapi.yaml): list and search, rename,
//! pin, delete and bring back, export and import. Each request ends with one call of its callback,
//! at the latest when its time is over; none after cancel(), or when the context has gone. What the
//! server sends is bounded. Everything happens in the object's own thread.
class ConversationsClient : public QObject
{
    Q_OBJECT

public:
    //! Why a request came to nothing. \a text is for people: the server's own words where it said
    //! some.
    struct Problem
    {
        int status = 0; //!< 0: there was no answer.
        QString code;
        QString text;
    };
    template <typename T>
    using Callback = std::function<void(Result<T, Problem>)>;
    struct Done
    {};

    enum class ExportFormat { Json, Markdown };

    struct Times
    {
        std::chrono::milliseconds small{15'000};
        std::chrono::milliseconds file{60'000}; //!< A conversation in a file.
    };

    static constexpr qint64 maxAnswerBytes = 4 * 1024 * 1024;
    static constexpr qint64 maxFileBytes = 64 * 1024 * 1024; //!< Of an export.

    //! \a server comes from parseServerUrl().
    explicit ConversationsClient(const QUrl &server, QObject *parent = nullptr);
    ConversationsClient(const QUrl &server, const Times &times, QObject *parent = nullptr);

    //! Names a request, for cancel().
    using Ticket = quint64;

    struct ListQuery
    {
        int limit = 50; //!< 1 to 200
        QString cursor; //!< A page's `next`; null for the first.
        QString words;  //!< To search for, at most 200 characters; empty: all conversations.
    };
    Ticket list(const ListQuery &query, QObject *context, Callback<ListedPage> callback);
    //! An empty \a title: after the first message again.
    Ticket rename(const QString &id, const QString &title, QObject *context,
                  Callback<ListedConversation> callback);
    Ticket pin(const QString &id, bool pinned, QObject *context,
               Callback<ListedConversation> callback);
    Ticket remove(const QString &id, QObject *context, Callback<Done> callback);
    //! Until about half a minute after remove(); later that is a 404.
    Ticket restore(const QString &id, QObject *context, Callback<ListedConversation> callback);
    Ticket exportFile(const QString &id, ExportFormat format, QObject *context,
                      Callback<QByteArray> callback);
    //! \a file is what exportFile() gave as JSON once.
    Ticket importFile(const QByteArray &file, QObject *context,
                      Callback<ListedConversation> callback);

    //! Its callback is not called any more.
    void cancel(Ticket ticket);
    void cancelAll();

private:
    using Answer = Result<QByteArray, Problem>;

    [[nodiscard]] QNetworkRequest request(const QString &path,
                                          std::chrono::milliseconds time) const;
    Ticket follow(QNetworkReply *reply, qint64 limit, QObject *context,
                  const std::function<void(const Answer &)> &callback);
    Ticket one(QNetworkReply *reply, QObject *context, Callback<ListedConversation> callback);
    Ticket change(const QString &id, const QJsonObject &change, QObject *context,
                  Callback<ListedConversation> callback);

    const QUrl m_server;
    const Times m_times;
    QNetworkAccessManager m_network;
    Ticket m_lastTicket = 0;
    QHash<Ticket, QPointer<QNetworkReply>> m_replies;
};

} // namespace runnel
