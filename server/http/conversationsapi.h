#pragma once

#include "net/httpexchange.h"
#include "storage/conversationstore.h"

#include <QObject>

#include <chrono>

namespace runnel {

class SessionRegistry;
struct FrontServerConfig;

//! The list of conversations by REST: list and search, rename, pin, delete and undo, export,
//! import. docs/openapi.yaml describes it. Knows no routes of QHttpServer: its addresses are few,
//! and an id among them has one spelling.
class ConversationsApi : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int waitingLists = 64; //!< Lists that are being read for somebody; one more gets 503.
        std::chrono::milliseconds list{10'000};
    };

    //! The sessions must outlive it.
    ConversationsApi(SessionRegistry &sessions, const Limits &limits, QObject *parent = nullptr);

    //! What these addresses want of the server in front: imports are large, all of it is private.
    static void describe(FrontServerConfig &config);

    //! Whether that path, as it came, is one of these.
    [[nodiscard]] static bool serves(const QByteArray &path);

    //! Answers; the exchange must be taken over. A list comes later, all else at once.
    void answer(HttpExchange *exchange, const QByteArray &body);

    //! The server shuts down: nothing is changed any more.
    void drain() { m_draining = true; }

private:
    struct Route;

    void list(HttpExchange *exchange);
    void import(HttpExchange *exchange, const QByteArray &body);
    void show(HttpExchange *exchange, const QString &id);
    void change(HttpExchange *exchange, const QString &id, const QByteArray &body);
    void remove(HttpExchange *exchange, const QString &id);
    void restore(HttpExchange *exchange, const QString &id);
    void exportFile(HttpExchange *exchange, const QString &id);

    void send(HttpExchange *exchange, const Result<ConversationPage, Error> &page);
    //! The conversation, or that there is none, or why it cannot be had.
    void send(HttpExchange *exchange, const QString &id,
              const Result<std::optional<StoredConversation>, Error> &found, int status = 200);

    SessionRegistry &m_sessions;
    const Limits m_limits;
    int m_waitingLists = 0;
    bool m_draining = false;
};

} // namespace runnel
