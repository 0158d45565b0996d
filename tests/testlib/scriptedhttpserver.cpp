#include "testlib/scriptedhttpserver.h"

#include <algorithm>

namespace runnel::test {

Exchange::Exchange(QTcpSocket *socket, SeenRequest request)
    : m_socket(socket)
    , m_request(std::move(request))
{
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        m_isClosed = true;
        Q_EMIT closed();
    });
    // Queued: Qt does not tell of bytes that are written while it tells of others.
    connect(socket, &QTcpSocket::bytesWritten, this, &Exchange::sendNextPiece,
            Qt::QueuedConnection);
}

void Exchange::play(const ScriptedResponse &reply)
{
    m_script = reply;
    m_sent = 0;
    sendNextPiece();
}

void Exchange::sendNextPiece()
{
    if (!m_socket || m_socket->bytesToWrite() > 0)
        return;
    if (m_sent >= m_script.bytes.size()) {
        endAsScripted();
        return;
    }
    const qsizetype left = m_script.bytes.size() - m_sent;
    const qsizetype size = m_script.pieceBytes > 0 ? std::min(m_script.pieceBytes, left) : left;
    const QByteArray piece = m_script.bytes.sliced(m_sent, size);
    m_sent += size;
    send(piece);
}

void Exchange::endAsScripted()
{
    const auto then = std::exchange(m_script.then, ScriptedResponse::Then::KeepOpen);
    if (then == ScriptedResponse::Then::Close)
        close();
    else if (then == ScriptedResponse::Then::Reset)
        reset();
}

void Exchange::send(const QByteArray &bytes)
{
    if (!m_socket)
        return;
    m_socket->write(bytes);
    m_socket->flush();
}

void Exchange::close()
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

void Exchange::reset()
{
    if (m_socket)
        m_socket->abort();
}

ScriptedHttpServer::ScriptedHttpServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedHttpServer::onConnection);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("Cannot listen: %s", qPrintable(m_server.errorString()));
}

ScriptedHttpServer::~ScriptedHttpServer()
{
    // The sockets go with m_server, after the members that their signals would touch.
    for (QTcpSocket *socket : m_server.findChildren<QTcpSocket *>())
        socket->disconnect();
}

QUrl ScriptedHttpServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

void ScriptedHttpServer::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_open;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // pieces go as they are cut
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onBytes(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_open;
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void ScriptedHttpServer::onBytes(QTcpSocket *socket)
{
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    SeenRequest request;
    const QList<QByteArray> lines = buffer.first(headEnd).split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).trimmed().toLower(),
                               line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return;
    request.body = buffer.sliced(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);

    m_exchanges.push_back(std::make_unique<Exchange>(socket, std::move(request)));
    Exchange *exchange = m_exchanges.back().get();
    std::optional<ScriptedResponse> reply = m_forAll;
    if (!m_scripts.empty()) {
        reply = m_scripts.front();
        m_scripts.pop_front();
    }
    Q_EMIT requested(exchange);
    if (reply)
        exchange->play(*reply);
}

quint16 unusedPort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("Cannot listen: %s", qPrintable(server.errorString()));
    return server.serverPort();
}

QByteArray sseHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
           "Transfer-Encoding: chunked\r\n\r\n";
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray lastChunk()
{
    return "0\r\n\r\n";
}

QByteArray sseEvent(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

QByteArray sseAnswer(const QList<QByteArray> &events)
{
    QByteArray answer = sseHead();
    for (const QByteArray &event : events)
        answer += chunk(sseEvent(event));
    return answer + lastChunk();
}

QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &type,
                      const QByteArray &moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + moreHeaders +
           "\r\n" + body;
}

} // namespace runnel::test
