#include "client/scriptedserver.h"

#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QWebSocket>

namespace runnel::test {

using namespace Qt::StringLiterals;

ScriptedServer::ScriptedServer(Speaks speaks, QObject *parent)
    : QObject(parent)
    , m_server(u"test"_s, QWebSocketServer::NonSecureMode)
    , m_greeting{hello(), Snapshot{}}
{
    if (speaks == Speaks::V1)
        m_server.setSupportedSubprotocols({QString(keys::subprotocol)});
    connect(&m_server, &QWebSocketServer::newConnection, this, &ScriptedServer::accept);
    comeBack();
    m_port = m_server.serverPort();
}

ScriptedServer::~ScriptedServer()
{
    drop();
}

QUrl ScriptedServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port));
}

QUrl ScriptedServer::endpoint() const
{
    return QUrl(u"ws://127.0.0.1:%1/ws/chat/test"_s.arg(m_port));
}

void ScriptedServer::say(const ServerFrame &frame)
{
    sayText(encode(frame));
}

void ScriptedServer::sayText(const QString &text)
{
    if (!m_sockets.isEmpty() && m_sockets.last())
        m_sockets.last()->sendTextMessage(text);
}

void ScriptedServer::sayBinary(const QByteArray &bytes)
{
    if (!m_sockets.isEmpty() && m_sockets.last())
        m_sockets.last()->sendBinaryMessage(bytes);
}

void ScriptedServer::drop()
{
    for (const auto &socket : std::exchange(m_sockets, {})) {
        if (socket) {
            socket->disconnect(this);
            socket->abort();
            socket->deleteLater();
        }
    }
}

void ScriptedServer::close(int code)
{
    for (const auto &socket : std::as_const(m_sockets)) {
        if (socket)
            socket->close(QWebSocketProtocol::CloseCode(code));
    }
}

void ScriptedServer::goAway()
{
    m_server.close();
    drop();
}

void ScriptedServer::comeBack()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port))
        qFatal("Cannot listen: %s", qPrintable(m_server.errorString()));
}

QStringList ScriptedServer::messages() const
{
    QStringList texts;
    for (const ClientFrame &frame : m_received) {
        if (const auto *message = std::get_if<SendMessage>(&frame))
            texts.append(message->message);
    }
    return texts;
}

SessionHello ScriptedServer::hello()
{
    SessionHello hello;
    hello.session = u"test"_s;
    hello.agents = {{u"default"_s, u"A helpful assistant"_s, u"gemini-flash-latest"_s},
                    {u"poet"_s, u"Answers in verse"_s, u"gemini-flash-latest"_s}};
    hello.model = u"gemini-flash-latest"_s;
    hello.limits = {1024, 8};
    return hello;
}

void ScriptedServer::accept()
{
    QWebSocket *const socket = m_server.nextPendingConnection();
    socket->setParent(this);
    ++m_connections;
    m_path = socket->requestUrl().path();
    m_query = socket->requestUrl().query(QUrl::FullyEncoded);
    m_sockets.append(socket);
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        const auto frame = decodeClientFrame(text, 1024 * 1024);
        if (!frame)
            qFatal("A client sent %s", qPrintable(text.left(200)));
        m_received.push_back(*frame);
        if (m_answer)
            m_answer(*frame);
    });
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    for (const ServerFrame &frame : std::as_const(m_greeting))
        say(frame);
}

} // namespace runnel::test
