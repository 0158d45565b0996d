#include "viewclient.h"

#include "findings.h"
#include "ledger.h"

#include "client/endpoint.h"

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! The product's, but for a round of seconds.
ChatClient::Times hastyTimes()
{
    ChatClient::Times times;
    times.connect = 1500ms;
    times.ping = 500ms;
    times.silence = 2000ms;
    times.settled = 500ms;
    times.backoff = {20ms, 250ms};
    return times;
}

} // namespace

ViewClient::ViewClient(const QString &name, const QString &session, Findings &findings,
                       Ledger &ledger)
    : m_name(name)
    , m_session(session)
    , m_findings(findings)
    , m_ledger(ledger)
{
    m_findings.expect(m_network.listen(), u"a proxy cannot listen"_s);
}

ViewClient::~ViewClient() = default;

void ViewClient::open()
{
    close();
    QUrl server;
    server.setScheme(u"http"_s);
    server.setHost(u"127.0.0.1"_s);
    server.setPort(m_network.port());
    m_isInStep = false;
    m_lastSeq = 0;
    m_view = std::make_unique<SessionView>();
    m_client = std::make_unique<ChatClient>(chatEndpoint(server, m_session), hastyTimes(),
                                            [] { return 0.5; });
    connect(m_client.get(), &ChatClient::frameReceived, this, &ViewClient::onFrame);
    connect(m_client.get(), &ChatClient::messageRefused, this,
            [this](const QString &id, const Error &why) {
                m_ledger.refuse(id);
                m_view->refuseOutgoing(id, {QString(toWire(why.code)), why.text, {}});
            });
    m_client->open();
}

void ViewClient::close()
{
    if (!m_client)
        return;
    forgetOwn();
    rememberShown();
    m_client->disconnect(this);
    m_client->close();
    m_client.reset();
}

void ViewClient::forgetOwn()
{
    for (int row = 0; row < m_view->count(); ++row) {
        if (m_view->at(row).delivery != Delivery::Taken)
            m_ledger.forget(m_view->at(row).id);
    }
    for (const SessionView::Asked &asked : m_view->asked())
        m_ledger.forget(asked.id);
}

// ---- asking

namespace {

bool isTaken(SendOutcome outcome)
{
    return outcome == SendOutcome::Sent || outcome == SendOutcome::Waiting;
}

} // namespace

void ViewClient::say(const QString &text)
{
    const SendMessage message{text, {}, m_ledger.nextId()};
    if (!isTaken(m_client->send(message)))
        return;
    m_ledger.add(message.id, {Asked::Kind::Message, m_session, text, m_name});
    m_view->addOutgoing(message, QDateTime::currentDateTimeUtc());
    m_findings.note(u"%1 says %2: %3"_s.arg(m_name, message.id, text.left(60)));
}

void ViewClient::edit(const QString &messageId, const QString &text)
{
    const EditMessage edit{messageId, text, {}, m_ledger.nextId()};
    if (!isTaken(m_client->edit(edit)))
        return;
    m_ledger.add(edit.id, {Asked::Kind::Edit, m_session, text, m_name});
    m_view->addEdit(edit, QDateTime::currentDateTimeUtc());
    m_findings.note(u"%1 edits %2 as %3: %4"_s.arg(m_name, messageId, edit.id, text.left(60)));
}

void ViewClient::regenerate(const QString &messageId)
{
    const RegenerateAnswer regenerate{messageId, {}, m_ledger.nextId()};
    if (!isTaken(m_client->regenerate(regenerate)))
        return;
    m_ledger.add(regenerate.id, {Asked::Kind::Regenerate, m_session, {}, m_name});
    m_view->addAsked({SessionView::Asked::Kind::Regenerate, regenerate.id, messageId});
    m_findings.note(u"%1 regenerates %2 as %3"_s.arg(m_name, messageId, regenerate.id));
}

void ViewClient::goOn(const QString &messageId)
{
    const ContinueAnswer goOn{messageId, m_ledger.nextId()};
    if (!isTaken(m_client->continueAnswer(goOn)))
        return;
    m_ledger.add(goOn.id, {Asked::Kind::Continue, m_session, {}, m_name});
    m_view->addAsked({SessionView::Asked::Kind::Continue, goOn.id, messageId});
    m_findings.note(u"%1 continues %2 as %3"_s.arg(m_name, messageId, goOn.id));
}

// ---- hearing

void ViewClient::onFrame(const ServerFrame &frame)
{
    checkOrder(frame);
    if (const auto *snapshot = std::get_if<Snapshot>(&frame)) {
        m_findings.count(m_isInStep ? u"snapshots for who fell behind"_s : u"snapshots"_s);
        checkNothingIsLost(*snapshot);
    } else if (const auto *hello = std::get_if<SessionHello>(&frame); hello && hello->resumed) {
        m_findings.count(u"resumed connections"_s);
    } else if (seqOf(frame) > 0) {
        m_findings.count(u"frames of a log"_s);
    }
    if (const auto *error = std::get_if<ErrorFrame>(&frame); error && error->turn.isEmpty()) {
        m_findings.note(u"%1 hears of %2: %3"_s.arg(m_name, error->id, error->code));
        if (error->code != toWire(ErrorCode::Interrupted))
            m_ledger.refuse(error->id);
    }
    m_view->apply(frame);
    const SessionHello &hello = m_view->hello();
    const bool hasAll = hello.resumed && m_view->seq() >= hello.seq;
    if (std::holds_alternative<SessionHello>(frame))
        m_isInStep = hasAll;
    else
        m_isInStep = m_isInStep || hasAll || std::holds_alternative<Snapshot>(frame);
}

//! What ChatClient promises: in order, once, and no gap.
void ViewClient::checkOrder(const ServerFrame &frame)
{
    const Seq seq = seqOf(frame);
    if (std::holds_alternative<SessionHello>(frame) || seq == 0)
        return;
    if (std::holds_alternative<Snapshot>(frame)) {
        m_lastSeq = seq;
        return;
    }
    m_findings.expect(
        seq == m_lastSeq + 1,
        u"%1: frame %2 was handed out after %3"_s.arg(m_name).arg(seq).arg(m_lastSeq));
    m_lastSeq = seq;
}

void ViewClient::rememberShown()
{
    for (int row = 0; row < m_view->count(); ++row) {
        const ViewMessage &message = m_view->at(row);
        if (message.delivery == Delivery::Taken)
            m_shown.insert(message.messageId, {message.content, message.thoughts});
    }
}

//! A snapshot may add to what was shown, and never takes anything away.
void ViewClient::checkNothingIsLost(const Snapshot &snapshot)
{
    rememberShown();
    QHash<QString, const MessageRecord *> records;
    for (const MessageRecord &record : snapshot.messages)
        records.insert(record.messageId, &record);
    for (auto shown = m_shown.cbegin(); shown != m_shown.cend(); ++shown) {
        const MessageRecord *const record = records.value(shown.key());
        const auto &[text, thoughts] = *shown;
        if (!m_findings.expect(record,
                               u"%1: message %2, which was shown, is not in a snapshot"_s.arg(
                                   m_name, shown.key()))) {
            continue;
        }
        m_findings.expect(record->content.startsWith(text),
                          u"%1: of message %2 \"…%3\" was shown, the snapshot has \"…%4\""_s.arg(
                              m_name, shown.key(), text.right(60), record->content.right(60)));
        m_findings.expect(
            record->thoughts.startsWith(thoughts),
            u"%1: of message %2 thoughts were shown that a snapshot does not have"_s.arg(
                m_name, shown.key()));
    }
}

QString ViewClient::whyNotSettled() const
{
    if (m_client->state() != ChatClient::State::Connected)
        return u"it is not connected: "_s + m_client->problem();
    if (!m_isInStep)
        return u"it has %1 and waits for %2"_s.arg(m_view->seq()).arg(m_view->hello().seq);
    if (!m_view->asked().empty())
        return u"nothing was heard of %1"_s.arg(m_view->asked().front().id);
    for (int row = 0; row < m_view->count(); ++row) {
        if (m_view->at(row).delivery == Delivery::Pending)
            return u"nothing was heard of message %1"_s.arg(m_view->at(row).id);
    }
    return {};
}

bool ViewClient::showsRefused(const QString &id) const
{
    for (int row = 0; row < m_view->count(); ++row) {
        if (m_view->at(row).id == id)
            return m_view->at(row).delivery == Delivery::Refused;
    }
    return false;
}

} // namespace runnel::faults
