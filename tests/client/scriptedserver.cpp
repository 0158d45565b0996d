#include "client/scriptedserver.h"

#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QTcpSocket>
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
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *const socket = m_tcp.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { receive(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    answerRequestsWith([](const Request &) { return Answer{200, R"({"conversations": []})"}; });
    comeBack();
    m_port = m_tcp.serverPort();
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
    m_tcp.close();
    drop();
}

void ScriptedServer::comeBack()
{
    if (!m_tcp.listen(QHostAddress::LocalHost, m_port))
        qFatal("Cannot listen: %s", qPrintable(m_tcp.errorString()));
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

//! A request that is complete; one that wants a WebSocket is left to Qt.
void ScriptedServer::receive(QTcpSocket *socket)
{
    const QByteArray all = socket->peek(socket->bytesAvailable());
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = all.first(end).toLower();
    if (head.contains("upgrade: websocket")) {
        socket->disconnect(this);
        m_server.handleConnection(socket);
        Q_EMIT socket->readyRead();
        return;
    }
    const qsizetype length = head.indexOf("content-length: ");
    const qsizetype bodySize =
        length < 0 ? 0 : head.mid(length + 16).split('\r').constFirst().toLongLong();
    if (all.size() < end + 4 + bodySize)
        return;
    socket->skip(end + 4 + bodySize);
    const QList<QByteArray> line = all.first(all.indexOf('\r')).split(' ');
    m_requests.append(QString::fromLatin1(line[0] + ' ' + line[1]));
    const Answer answer = m_answerRequest({line[0], line[1], all.mid(end + 4, bodySize)});
    if (answer.status == 0)
        return;
    socket->write("HTTP/1.1 " + QByteArray::number(answer.status) +
                  " Told\r\nContent-Type: application/json\r\nContent-Length: " +
                  QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body);
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
