#include "testlib/chatpeer.h"

#include <QJsonDocument>
#include <QTest>
#include <QWebSocketHandshakeOptions>

namespace runnel::test {

ChatPeer::ChatPeer(const QUrl &url, Speaks dialect, const QString &origin)
    : m_socket(origin)
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_frames.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    connect(&m_socket, &QWebSocket::connected, this, [this] { m_settled = true; });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_settled = true; });
    QWebSocketHandshakeOptions options;
    if (dialect == Speaks::V1)
        options.setSubprotocols({QStringLiteral("runnel.v1")});
    m_socket.open(url, options);
    [[maybe_unused]] const bool inTime = QTest::qWaitFor([this] { return m_settled; }, 5000);
}

ChatPeer::~ChatPeer()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void ChatPeer::say(const QString &message, const QString &agent, const QString &id)
{
    QJsonObject frame{{QStringLiteral("message"), message}};
    if (!agent.isEmpty())
        frame.insert(QStringLiteral("agent"), agent);
    if (!id.isEmpty())
        frame.insert(QStringLiteral("id"), id);
    sendText(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

QList<QJsonObject> ChatPeer::framesOf(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &frame : m_frames) {
        if (frame[QLatin1String("type")].toString() == type)
            found.append(frame);
    }
    return found;
}

QJsonObject ChatPeer::lastOf(const QString &type) const
{
    const QList<QJsonObject> found = framesOf(type);
    return found.isEmpty() ? QJsonObject() : found.constLast();
}

QString ChatPeer::textOf(const QString &type) const
{
    QString text;
    for (const QJsonObject &frame : framesOf(type))
        text += frame[QLatin1String("content")].toString();
    return text;
}

QString ChatPeer::story() const
{
    QStringList types;
    for (const QJsonObject &frame : m_frames) {
        const QString type = frame[QLatin1String("type")].toString();
        if (types.isEmpty() || (types.constLast() != type && types.constLast() != type + u'*'))
            types.append(type);
        else if (!types.constLast().endsWith(u'*'))
            types.last() += u'*';
    }
    return types.join(u' ');
}

} // namespace runnel::test
