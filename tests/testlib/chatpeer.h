#pragma once

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QWebSocket>

namespace runnel::test {

//! A client of the chat protocol that knows nothing of our own codec: it keeps each frame as JSON.
class ChatPeer : public QObject
{
    Q_OBJECT

public:
    enum class Speaks { V0, V1 };

    //! Connects and waits until connected, refused, or 5 s are over.
    ChatPeer(const QUrl &url, Speaks dialect = Speaks::V1, const QString &origin = {});
    ~ChatPeer() override;

    [[nodiscard]] bool isConnected() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] QWebSocket &socket() { return m_socket; }

    void say(const QString &message, const QString &agent = {}, const QString &id = {});
    void sendText(const QString &text) { m_socket.sendTextMessage(text); }

    [[nodiscard]] const QList<QJsonObject> &frames() const { return m_frames; }
    //! The frames of that type so far.
    [[nodiscard]] QList<QJsonObject> framesOf(const QString &type) const;
    [[nodiscard]] QJsonObject lastOf(const QString &type) const;
    //! All `content` of that type's frames, joined.
    [[nodiscard]] QString textOf(const QString &type) const;
    //! The types of the frames, runs of one type shortened: "session snapshot user turn chunk*
    //! complete".
    [[nodiscard]] QString story() const;
    void forget() { m_frames.clear(); }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_frames;
    bool m_settled = false; //!< Connected or refused.
};

} // namespace runnel::test
