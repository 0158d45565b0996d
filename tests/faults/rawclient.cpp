#include "rawclient.h"

#include "client/outbox.h"
#include "findings.h"
#include "framearchive.h"
#include "ledger.h"

#include "protocol/codec.h"

#include <QUrlQuery>
#include <QWebSocketHandshakeOptions>

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RawClient::RawClient(const QString &name, const QString &session, Findings &findings,
                     Ledger &ledger, FrameArchive &archive)
    : m_name(name)
    , m_session(session)
    , m_findings(findings)
    , m_ledger(ledger)
    , m_archive(archive)
{
    m_findings.expect(m_network.listen(), u"a proxy cannot listen"_s);
    m_again.setSingleShot(true);
    m_again.setInterval(40ms);
    connect(&m_again, &QTimer::timeout, this, &RawClient::connectSocket);
    // What stands still for so long is given up, as a person would do.
    m_silence.setInterval(1500ms);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        if (!m_isInStep)
            connectSocket();
    });
}

RawClient::~RawClient()
{
    close();
}

void RawClient::open()
{
    m_isWanted = true;
    m_silence.start();
    connectSocket();
}

void RawClient::close()
{
    m_isWanted = false;
    m_again.stop();
    m_silence.stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.reset();
}

void RawClient::reconnect(Knows what)
{
    m_forgets = m_forgets || what == Knows::Nothing;
    m_lies = what == Knows::AnotherLog;
    connectSocket();
}

void RawClient::retryNow()
{
    if (m_again.isActive())
        connectSocket();
}

void RawClient::connectSocket()
{
    m_again.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket.release()->deleteLater(); // we may be inside its signal
    }
    m_hasHello = false;
    m_isInStep = false;
    QUrl url;
    url.setScheme(u"ws"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_network.port());
    url.setPath(u"/ws/chat/"_s + m_session);
    if (m_forgets) {
        m_view = {};
        m_epoch.clear();
        m_asked = 0;
    } else {
        QUrlQuery query;
        query.addQueryItem(u"after"_s, QString::number(m_last));
        query.addQueryItem(u"epoch"_s, m_lies ? u"another"_s : m_epoch);
        url.setQuery(query);
        m_asked = m_last;
    }
    m_socket = std::make_unique<QWebSocket>();
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &RawClient::onText);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &RawClient::comeAgain);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket.get(), &QWebSocket::errorOccurred, this, &RawClient::comeAgain);
#else
    connect(m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &RawClient::comeAgain);
#endif
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"runnel.v1"_s});
    m_socket->open(url, options);
}

void RawClient::comeAgain()
{
    m_isInStep = false;
    if (m_isWanted)
        m_again.start();
}

void RawClient::say(const QString &text, int times)
{
    const SendMessage message{text, {}, m_ledger.nextId()};
    const QString frame = encode(ClientFrame(message));
    m_ledger.add(message.id, {Asked::Kind::Message, m_session, text, m_name});
    m_unanswered.insert(message.id, frame);
    m_findings.note(
        u"%1 says %2, %3 times: %4"_s.arg(m_name, message.id).arg(times).arg(text.left(60)));
    for (int i = 0; i < times && m_hasHello; ++i)
        m_socket->sendTextMessage(frame);
}

void RawClient::stop()
{
    if (m_hasHello && !m_view.liveTurn().isEmpty())
        m_socket->sendTextMessage(encode(ClientFrame(StopTurn{m_view.liveTurn()})));
}

void RawClient::onText(const QString &text)
{
    const auto frame = decodeServerFrame(text);
    if (!m_findings.expect(bool(frame), u"%1: unreadable: %2"_s.arg(m_name, text.left(200))))
        return;
    m_silence.start();
    settle(*frame);
    if (const auto *hello = std::get_if<SessionHello>(&*frame)) {
        onHello(*hello);
        m_view.apply(*frame);
        return;
    }
    if (!m_findings.expect(m_hasHello, u"%1: the first frame is no session"_s.arg(m_name)))
        return;
    const Seq seq = seqOf(*frame);
    if (const auto *snapshot = std::get_if<Snapshot>(&*frame)) {
        m_findings.expect(
            m_epoch != m_view.hello().epoch || seq >= m_last,
            u"%1: a snapshot of frame %2 after frame %3"_s.arg(m_name).arg(seq).arg(m_last));
        m_findings.count(m_isInStep ? u"snapshots for who fell behind"_s : u"snapshots"_s);
        m_snapshot = *snapshot;
        m_epoch = m_view.hello().epoch;
        m_last = seq;
        m_forgets = false;
        m_lies = false;
        m_isInStep = true;
    } else if (seq != 0) {
        m_findings.expect(seq == m_last + 1,
                          u"%1: frame %2 came after frame %3"_s.arg(m_name).arg(seq).arg(m_last));
        m_last = seq;
        m_archive.put(m_session, m_epoch, *frame, text, m_name);
    }
    m_view.apply(*frame);
    m_isInStep = m_isInStep || (m_view.hello().resumed && m_last >= m_view.hello().seq);
}

void RawClient::onHello(const SessionHello &hello)
{
    m_findings.expect(!m_hasHello, u"%1: a second session frame"_s.arg(m_name));
    m_hasHello = true;
    m_isInStep = hello.resumed && hello.seq == m_asked;
    if (hello.resumed) {
        m_findings.count(u"resumed connections"_s);
        m_findings.expect(
            !m_forgets && !m_lies && hello.epoch == m_epoch,
            u"%1: asked for %2 of \"%3\" and was resumed in \"%4\""_s.arg(m_name).arg(m_asked).arg(
                m_epoch, hello.epoch));
    }
    m_findings.expect(
        hello.epoch != m_epoch || hello.seq >= m_last,
        u"%1: has frame %2, and the server's newest is %3"_s.arg(m_name).arg(m_last).arg(
            hello.seq));
    for (const QString &frame : std::as_const(m_unanswered))
        m_socket->sendTextMessage(frame);
}

void RawClient::settle(const ServerFrame &frame)
{
    if (const auto *user = std::get_if<UserMessage>(&frame)) {
        m_unanswered.remove(user->id);
    } else if (const auto *snapshot = std::get_if<Snapshot>(&frame)) {
        for (const MessageRecord &record : snapshot->messages)
            m_unanswered.remove(record.id);
    } else if (const auto *error = std::get_if<ErrorFrame>(&frame)) {
        if (!error->turn.isEmpty() || isPutOff(*error) || m_unanswered.remove(error->id) == 0)
            return;
        m_findings.note(u"%1 hears of %2: %3"_s.arg(m_name, error->id, error->code));
        m_ledger.refuse(error->id);
    }
}

QString RawClient::whyNotSettled() const
{
    if (!m_hasHello || m_again.isActive())
        return u"it is not connected"_s;
    if (!m_isInStep)
        return u"it has %1 and waits for %2"_s.arg(m_last).arg(m_view.hello().seq);
    if (!m_unanswered.isEmpty())
        return u"nothing was heard of %1"_s.arg(m_unanswered.firstKey());
    return {};
}

} // namespace runnel::faults
