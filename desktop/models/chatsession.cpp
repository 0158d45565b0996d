#include "models/chatsession.h"

#include "client/endpoint.h"
#include "models/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QQmlEngine>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! So many attempts in a row without a connection are "Offline", no more a passing trouble.
constexpr int offlineAfter = 3;

} // namespace

ChatSession::ChatSession(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_agent(m_options.agent)
{
    // Members that QML is given: without an owner it would delete them.
    QQmlEngine::setObjectOwnership(&m_messages, QQmlEngine::CppOwnership);
    QQmlEngine::setObjectOwnership(&m_rows, QQmlEngine::CppOwnership);
    QQmlEngine::setObjectOwnership(&m_agents, QQmlEngine::CppOwnership);
    m_countdown.setInterval(1s);
    connect(&m_countdown, &QTimer::timeout, this, &ChatSession::connectionChanged);
    connect(&m_messages, &MessageListModel::toolAsked, this,
            [this](const QString &agent, const QString &tool) {
                Q_EMIT said(words::asksForTool(agent, tool));
                Q_EMIT toolAsked(agent, tool);
            });
    makeClient();
}

ChatSession::~ChatSession()
{
    m_client->disconnect(this);
}

void ChatSession::makeClient()
{
    m_client = new ChatClient(chatEndpoint(m_options.server, m_options.session), m_options.times,
                              {}, this);
    connect(m_client, &ChatClient::frameReceived, this, &ChatSession::onFrame);
    connect(m_client, &ChatClient::stateChanged, this, &ChatSession::onClientState);
    connect(m_client, &ChatClient::messageRefused, this,
            [this](const QString &id, const Error &why) {
                follow(m_view.refuseOutgoing(id, {QString(toWire(why.code)), why.text, {}}));
            });
}

// ---- what is shown

QStringList ChatSession::suggestions() const
{
    return {tr("Explain quantum computing in simple terms"),
            tr("Write a haiku about a small stream"), tr("Compare TCP and UDP in a table"),
            tr("Show me a C++ program that reads a file line by line")};
}

void ChatSession::setDraft(const QString &draft)
{
    if (draft == m_draft)
        return;
    m_draft = draft;
    Q_EMIT draftChanged();
}

bool ChatSession::hasUnsent() const
{
    return m_view.count() > m_view.takenCount() || !m_view.asked().empty();
}

QDateTime ChatSession::newestAt() const
{
    return m_view.count() == 0 ? QDateTime() : m_view.at(m_view.count() - 1).at;
}

void ChatSession::setAgent(const QString &name)
{
    if (name == m_agent)
        return;
    m_agent = name;
    Q_EMIT agentChanged();
}

QString ChatSession::title() const
{
    if (const QString given = m_view.title().simplified(); !given.isEmpty())
        return given;
    if (!m_hasCome && m_view.count() == 0)
        return m_options.title;
    return m_view.count() == 0 ? QString() : words::title(m_view.at(0).content);
}

QString ChatSession::connectionText() const
{
    switch (m_connection) {
    case Connecting:
        return tr("Connecting");
    case Connected:
        return tr("Connected");
    case Offline:
        return tr("Offline");
    case Reconnecting:
        break;
    }
    return m_client->state() == ChatClient::State::Waiting
               ? tr("Reconnecting in %1 s").arg(secondsToAttempt())
               : tr("Reconnecting");
}

QString ChatSession::problemText() const
{
    if (m_connection != Offline)
        return {};
    const QString next = m_client->state() == ChatClient::State::Waiting
                             ? tr("Trying again in %1 s.").arg(secondsToAttempt())
                             : tr("Trying again now.");
    const QString why =
        m_client->problem().isEmpty() ? tr("The server cannot be reached.") : m_client->problem();
    return why + u' ' + next + u' ' + tr("What you send waits until then.");
}

int ChatSession::secondsToAttempt() const
{
    const qint64 ms = QDateTime::currentDateTimeUtc().msecsTo(m_client->nextAttemptAt());
    return int(std::max<qint64>(1, (ms + 999) / 1000));
}

bool ChatSession::isAbsent() const
{
    return m_options.known && !m_hasCome;
}

QString ChatSession::absentText() const
{
    if (!isAbsent() || m_connection == Connecting || m_connection == Connected)
        return {};
    return tr("This conversation is not kept on this computer. It is shown once the server is "
              "reached.");
}

// ---- what was kept of it

void ChatSession::restore(const KeptConversation &kept)
{
    if (m_hasCome)
        return;
    m_client->goOnFrom(kept.hello, kept.snapshot.seq);
    onFrame(kept.hello);
    onFrame(kept.snapshot);
}

void ChatSession::restore(const std::vector<UnsentRequest> &requests)
{
    for (const UnsentRequest &request : requests)
        restore(request);
}

void ChatSession::restore(const UnsentRequest &request)
{
    const std::vector<UnsentRequest> here = unsentOf(m_view);
    if (std::ranges::find(here, request.id, &UnsentRequest::id) != here.end())
        return;
    using Kind = SessionView::Asked::Kind;
    follow(std::visit(
        Overloaded{[&](const SendMessage &f) { return m_view.addOutgoing(f, request.at); },
                   [&](const EditMessage &f) { return m_view.addEdit(f, request.at); },
                   [&](const RegenerateAnswer &f) {
                       return m_view.addAsked({Kind::Regenerate, f.id, f.messageId});
                   },
                   [&](const ContinueAnswer &f) {
                       return m_view.addAsked({Kind::Continue, f.id, f.messageId});
                   },
                   [](const auto &) { return Changes(); }},
        request.frame));
    if (request.refused) {
        follow(m_view.refuseOutgoing(request.id, *request.refused));
        return;
    }
    const SendOutcome outcome =
        std::visit(Overloaded{[&](const SendMessage &f) { return m_client->send(f); },
                              [&](const EditMessage &f) { return m_client->edit(f); },
                              [&](const RegenerateAnswer &f) { return m_client->regenerate(f); },
                              [&](const ContinueAnswer &f) { return m_client->continueAnswer(f); },
                              [](const auto &) { return SendOutcome::Empty; }},
                   request.frame);
    if (outcome == SendOutcome::Sent || outcome == SendOutcome::Waiting)
        return;
    const ErrorCode code =
        outcome == SendOutcome::Full ? ErrorCode::QueueFull : ErrorCode::TooLarge;
    follow(m_view.refuseOutgoing(
        request.id,
        {QString(toWire(code)), words::refusal(outcome, m_view.hello().limits.messageBytes), {}}));
}

// ---- what a person does

bool ChatSession::send(const QString &text)
{
    return sendAs(text, m_agent);
}

//! False when ChatClient did not take it, and the notice says why.
bool ChatSession::accepted(SendOutcome outcome)
{
    setNotice(words::refusal(outcome, m_view.hello().limits.messageBytes));
    if (outcome != SendOutcome::Sent && outcome != SendOutcome::Waiting)
        return false;
    setForgotten(false);
    setMissing(false);
    return true;
}

bool ChatSession::sendAs(const QString &text, const QString &agent)
{
    const SendMessage message{text, agent, ChatClient::newMessageId()};
    if (!accepted(m_client->send(message)))
        return false;
    follow(m_view.addOutgoing(message, QDateTime::currentDateTimeUtc()));
    Q_EMIT messageSent();
    return true;
}

bool ChatSession::sendEdit(const EditMessage &edit)
{
    if (!accepted(m_client->edit(edit)))
        return false;
    follow(m_view.addEdit(edit, QDateTime::currentDateTimeUtc()));
    Q_EMIT messageSent();
    return true;
}

bool ChatSession::saveEdit(int row, const QString &text)
{
    if (row < 0 || row >= m_view.takenCount() || m_view.at(row).role != Role::User)
        return false;
    const ViewMessage &message = m_view.at(row);
    if (text != message.content &&
        !sendEdit({message.messageId, text, m_agent, ChatClient::newMessageId()}))
        return false;
    m_messages.endEdit(row);
    return true;
}

void ChatSession::stop()
{
    if (!answering())
        return;
    if (!m_client->stop(m_view.liveTurn()))
        setNotice(tr("Not connected: the answer cannot be stopped now."));
}

void ChatSession::retry(int row)
{
    if (row < 0 || row >= m_view.count() || m_view.at(row).delivery != Delivery::Refused)
        return;
    const ViewMessage own = m_view.at(row);
    // The agent that does not exist is not asked for again.
    const bool unknown = own.problem && own.problem->code == toWire(ErrorCode::UnknownAgent);
    const QString agent = unknown ? m_agent : own.agent;
    const bool sent =
        own.replaces.isEmpty()
            ? sendAs(own.content, agent)
            : sendEdit({own.replaces, own.content, agent, ChatClient::newMessageId()});
    if (sent)
        follow(m_view.removeOutgoing(own.id));
}

//! A second click asks for nothing more.
void ChatSession::regenerate(int row)
{
    if (row < 0 || row >= m_view.takenCount() || m_view.askedOf(row) ||
        m_view.at(row).role != Role::Model)
        return;
    const ViewMessage &answer = m_view.at(row);
    const RegenerateAnswer again{answer.parentId, answer.agent, ChatClient::newMessageId()};
    if (accepted(m_client->regenerate(again)))
        follow(m_view.addAsked({SessionView::Asked::Kind::Regenerate, again.id, again.messageId}));
}

void ChatSession::continueAnswer(int row)
{
    if (row < 0 || row >= m_view.takenCount() || m_view.askedOf(row) ||
        m_view.at(row).role != Role::Model)
        return;
    const ContinueAnswer goOn{m_view.at(row).messageId, ChatClient::newMessageId()};
    if (accepted(m_client->continueAnswer(goOn)))
        follow(m_view.addAsked({SessionView::Asked::Kind::Continue, goOn.id, goOn.messageId}));
}

//! Only for now: a version that cannot be shown is not shown later behind the person's back.
void ChatSession::selectVersion(int row, int step)
{
    if (row < 0 || row >= m_view.takenCount())
        return;
    const SessionView::Siblings versions = m_view.siblings(row);
    const int to = versions.index + step;
    if (to < 0 || to >= versions.count())
        return;
    if (m_client->select(versions.ids[to]))
        m_chosen = versions.ids[to];
    else
        setNotice(tr("Not connected: the other version cannot be shown now."));
}

//! Only for now: what a tool may do is not decided later behind the person's back.
void ChatSession::decide(const QString &call, Decision decision)
{
    ToolListModel *const tools = m_messages.toolsAwaiting(call);
    if (!tools)
        return;
    if (m_client->decide(call, runnel::Decision(decision)))
        tools->setDecided(call, true);
    else
        setNotice(tr("Not connected: the tool call cannot be answered now."));
}

void ChatSession::discard(int row)
{
    if (row < m_view.takenCount() || row >= m_view.count())
        return;
    const QString id = m_view.at(row).id;
    if (m_view.at(row).delivery == Delivery::Refused || m_client->withdraw(id))
        follow(m_view.removeOutgoing(id));
}

void ChatSession::reconnectNow()
{
    m_client->retryNow();
}

void ChatSession::copyMessage(int row) const
{
    if (row >= 0 && row < m_view.count())
        copyText(m_view.at(row).content);
}

void ChatSession::copyText(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

// ---- what comes in

void ChatSession::onFrame(const ServerFrame &frame)
{
    const QString turn = m_view.liveTurn();
    const bool wasAnswering = answering();
    const bool wasDemo = demo();
    const bool comes = std::holds_alternative<Snapshot>(frame) && !std::exchange(m_hasCome, true);
    follow(m_view.apply(frame));
    if (const auto *called = std::get_if<ToolCalled>(&frame))
        m_messages.forgetDecision(called->use.call);
    if (!turn.isEmpty() && m_view.liveTurn() != turn)
        tellEndOf(turn);
    if (answering() && m_view.liveTurn() != turn)
        m_turnClock.start();
    if (answering() != wasAnswering)
        Q_EMIT answeringChanged();
    if (demo() != wasDemo)
        Q_EMIT demoChanged();
    if (std::holds_alternative<SessionHello>(frame) && connected())
        Q_EMIT greeted();
    if (comes)
        Q_EMIT absentChanged();
    // What was never begun has no frame.
    if (comes && m_options.known && m_view.seq() == 0)
        setMissing(true);
    else if (m_view.takenCount() > 0)
        setMissing(false); // Another window began it.
}

void ChatSession::follow(const Changes &changes)
{
    m_messages.follow(changes);
    for (const Change &c : changes) {
        if (std::holds_alternative<change::HelloChanged>(c)) {
            m_agents.setAgents(m_view.hello().agents);
            if (!m_agents.contains(m_agent))
                setAgent(m_agents.first());
        } else if (const auto *notice = std::get_if<change::Noticed>(&c)) {
            setNotice(notice->text);
            m_messages.forgetDecisions(); // One may be what was refused.
        } else if (std::holds_alternative<change::Forgotten>(c)) {
            setForgotten(true);
        } else if (!std::holds_alternative<change::RowChanged>(c) &&
                   !std::holds_alternative<change::ContentAppended>(c) &&
                   !std::holds_alternative<change::ThoughtsAppended>(c)) {
            Q_EMIT titleChanged();
        }
    }
    tellChosen();
    find();
    Q_EMIT followed();
}

//! Whoever goes through the versions goes on from the one that has come.
void ChatSession::tellChosen()
{
    if (m_chosen.isEmpty())
        return;
    for (int row = 0; row < m_view.takenCount(); ++row) {
        if (m_view.at(row).messageId != m_chosen)
            continue;
        m_chosen.clear();
        const SessionView::Siblings versions = m_view.siblings(row);
        Q_EMIT said(tr("Version %1 of %2.").arg(versions.index + 1).arg(versions.count()));
        Q_EMIT versionShown(row);
        return;
    }
}

void ChatSession::lookFor(const QString &messageId, const QString &words)
{
    m_wanted = messageId;
    m_words = words;
    find();
}

//! One that is in another version is shown first; what the server does not have is given up.
void ChatSession::find()
{
    if (m_wanted.isEmpty() || m_view.takenCount() == 0)
        return;
    for (int row = 0; row < m_view.takenCount(); ++row) {
        if (m_view.at(row).messageId == m_wanted) {
            m_wanted.clear();
            Q_EMIT messageFound(row, m_messages.blockWith(row, m_words));
            return;
        }
    }
    const QString wanted = std::exchange(m_wanted, {});
    if (!m_view.knows(wanted))
        setNotice(tr("The message that was looked for is no longer there."));
    else if (m_client->select(wanted))
        m_wanted = wanted;
}

//! Also of an answer that ended while there was no connection: a snapshot brings it.
void ChatSession::tellEndOf(const QString &turn)
{
    for (int row = m_view.count() - 1; row >= 0; --row) {
        if (m_view.at(row).turn != turn)
            continue;
        const QString text = m_messages.plainText(row);
        const MessageState state = m_view.at(row).state;
        if (state == MessageState::Running)
            return;
        const std::chrono::milliseconds took(m_turnClock.elapsed());
        if (!text.isEmpty())
            Q_EMIT answerEnded(text);
        Q_EMIT turnEnded({state, text, took});
        return;
    }
}

void ChatSession::onClientState(ChatClient::State state)
{
    const Connection before = m_connection;
    const bool waiting = state == ChatClient::State::Waiting;
    if (state == ChatClient::State::Connected)
        m_failures = 0;
    else if (waiting)
        ++m_failures;

    if (state == ChatClient::State::Connected)
        m_connection = Connected;
    else if (m_failures >= offlineAfter)
        m_connection = Offline;
    else
        m_connection = m_failures == 0 ? Connecting : Reconnecting;

    if (waiting)
        m_countdown.start();
    else
        m_countdown.stop();
    m_messages.setConnected(connected());
    Q_EMIT connectionChanged();
    if (isAbsent())
        Q_EMIT absentChanged();
    tellConnection(before);
}

void ChatSession::tellConnection(Connection before)
{
    if (m_connection == before)
        return;
    if (m_connection == Reconnecting && before == Connected)
        Q_EMIT said(tr("The connection was lost. Reconnecting."));
    else if (m_connection == Connected && before != Connecting)
        Q_EMIT said(tr("Connected again."));
    else if (m_connection == Offline)
        Q_EMIT said(tr("Offline."));
}

void ChatSession::setNotice(const QString &notice)
{
    if (notice == m_notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

void ChatSession::setForgotten(bool forgotten)
{
    if (forgotten == m_forgotten)
        return;
    m_forgotten = forgotten;
    Q_EMIT forgottenChanged();
}

void ChatSession::setMissing(bool missing)
{
    if (missing == m_missing)
        return;
    m_missing = missing;
    Q_EMIT missingChanged();
}

} // namespace runnel
