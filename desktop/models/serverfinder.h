#pragma once

#include "client/backoff.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

class QNetworkReply;

namespace runnel {

//! Looks for a Runnel server on this computer, and nowhere else: asks each port of 127.0.0.1 for
//! `/api/health`, without a proxy, redirects or cookies, and believes only an answer that is one of
//! Runnel's. What it found is told and not connected to.
class ServerFinder : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QUrl url READ url NOTIFY stateChanged)

public:
    enum State {
        Looking,  //!< The first round, from start() on.
        Found,    //!< url() is the server; it is not asked again.
        NotFound, //!< None was there; looked for again, in silence, unless stopped.
    };
    Q_ENUM(State)

    struct Options
    {
        QList<quint16> ports{8000};            //!< The first one that has a server is taken.
        std::chrono::milliseconds limit{1000}; //!< Of one request, from its start to its end.
        Backoff::Limits again{std::chrono::milliseconds(2000), std::chrono::milliseconds(30'000)};
    };
    static constexpr qint64 maxBody = 64 * 1024; //!< Bytes.

    explicit ServerFinder(Options options, QObject *parent = nullptr);
    ~ServerFinder() override;

    [[nodiscard]] State state() const { return m_state; }
    //! Empty unless Found.
    [[nodiscard]] QUrl url() const { return m_url; }

    //! Looks now, and again and again until there is one or stop().
    Q_INVOKABLE void start();
    //! Leaves url() as it is; while Looking the state becomes NotFound.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void stateChanged();

private:
    struct Request;

    void look();
    void giveUp();
    void drop();
    void onBytes(Request &request);
    void onFinished(Request &request);
    void conclude();
    void enter(State state, const QUrl &url = {});

    const Options m_options;
    Backoff m_backoff;
    State m_state = NotFound;
    QUrl m_url;
    QNetworkAccessManager m_network;
    std::vector<std::unique_ptr<Request>> m_requests; //!< Of this round, in the ports' order.
    QTimer m_limit;
    QTimer m_again;
};

//! Whether \a body is what Runnel's `/api/health` answers while it takes chats.
[[nodiscard]] bool isRunnelHealth(const QByteArray &body);

} // namespace runnel
