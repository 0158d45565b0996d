#include "round.h"

#include "findings.h"
#include "rawclient.h"
#include "stage.h"
#include "viewclient.h"
#include "waiting.h"

#include <algorithm>

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostViewers = 7;

const QStringList &words()
{
    static const QStringList all{u"stone"_s,  u"rain"_s,        u"Bäche"_s,       u"and"_s,
                                 u"mill"_s,   u"🌊"_s,           u"\"so\""_s,      u"back\\slash"_s,
                                 u"水"_s,     u"<b>bank</b>"_s, u"12.5"_s,        u"quick"_s,
                                 u"\nline"_s, u"e\u0301"_s,     u"👩‍🔬"_s, u"end."_s};
    return all;
}

} // namespace

Round::Round(Stage &stage, Mode mode, quint64 seed, int number, Findings &findings)
    : m_stage(stage)
    , m_mode(mode)
    , m_findings(findings)
    , m_dice(seed, number)
    , m_name(u"s%1-r%2-%3"_s.arg(seed).arg(number).arg(mode == Mode::Kill      ? u"kill"_s
                                                       : mode == Mode::Network ? u"network"_s
                                                                               : u"all"_s))
    , m_ledger(m_name)
    , m_archive(findings)
{}

Round::~Round() = default;

void Round::play()
{
    if (!m_stage.emulatorRuns() && !m_stage.startEmulator(m_findings))
        return;
    if (!m_stage.serverRuns() && !startServer())
        return;
    gather();
    const std::vector<Action> all = actions();
    const int count = m_dice.between(10, 24);
    const int killAt = mayKill() ? m_dice.between(3, count) : -1; // at least once
    for (int i = 0; i < count && m_findings.isClean(); ++i) {
        if (i == killAt)
            killServer();
        actAtRandom(all);
        letRun(std::chrono::milliseconds(m_dice.between(0, 70)));
    }
    if (mayKill() && m_dice.chance(30))
        killServer();
    settle(u"after it"_s);
    continueAll();
    settle(u"after what was cut off went on"_s);
    if (m_findings.isClean() && mayKill() && m_dice.chance(40)) {
        killServer();
        settle(u"after a kill in the quiet"_s);
    }
    if (m_findings.isClean())
        check();
    m_viewers.clear();
    m_recorders.clear();
    if (m_findings.isClean())
        checkAtRest();
}

void Round::gather()
{
    const int sessions = m_dice.between(1, 3);
    for (int i = 0; i < sessions; ++i)
        m_sessions.append(u"%1-%2"_s.arg(m_name).arg(i));
    const int viewers = m_dice.between(2, 5);
    for (int i = 0; i < viewers; ++i)
        addViewer();
    for (int i = 0; i < sessions; ++i)
        addRecorder();
}

void Round::addViewer()
{
    const std::size_t n = m_viewers.size();
    // Two on the first conversation at least.
    const QString session = n < 2 ? m_sessions.first() : m_dice.oneOf(m_sessions);
    m_viewers.push_back(
        std::make_unique<ViewClient>(u"viewer %1"_s.arg(n), session, m_findings, m_ledger));
    m_viewers.back()->network().setTarget(m_stage.serverPort());
    m_viewers.back()->open();
}

void Round::addRecorder()
{
    const std::size_t n = m_recorders.size();
    m_recorders.push_back(std::make_unique<RawClient>(
        u"recorder %1"_s.arg(n), m_sessions[qsizetype(n)], m_findings, m_ledger, m_archive));
    m_recorders.back()->network().setTarget(m_stage.serverPort());
    m_recorders.back()->open();
}

std::vector<Round::Action> Round::actions() const
{
    std::vector<Action> all{
        {30, &Round::say},   {6, &Round::sayTwice}, {8, &Round::edit},     {8, &Round::regenerate},
        {6, &Round::select}, {12, &Round::goOn},    {8, &Round::stop},     {5, &Round::reload},
        {5, &Round::resume}, {4, &Round::join},     {5, &Round::overtake}, {3, &Round::knock},
    };
    if (mayKill())
        all.insert(all.end(), {{4, &Round::killServer}, {1, &Round::restartServer}});
    if (mayDisturb()) {
        all.insert(all.end(), {{10, &Round::cut},
                               {12, &Round::cutAtByte},
                               {12, &Round::disturb},
                               {5, &Round::unplug},
                               {8, &Round::healOne},
                               {4, &Round::killEmulator},
                               {8, &Round::disturbUpstream},
                               {2, &Round::pauseServer}});
    }
    return all;
}

void Round::actAtRandom(const std::vector<Action> &actions)
{
    int total = 0;
    for (const Action &action : actions)
        total += action.weight;
    int at = m_dice.between(1, total);
    for (const Action &action : actions) {
        at -= action.weight;
        if (at <= 0)
            return (this->*action.act)();
    }
}

// ---- what people do

ViewClient &Round::anyViewer()
{
    return *m_dice.oneOf(m_viewers);
}

//! The emulator answers with what follows the colon; the first word is what goes wrong.
QString Round::question()
{
    QStringList kinds{u"quick"_s, u"quick"_s, u"quick"_s, u"slow"_s,
                      u"slow"_s,  u"short"_s, u"stall"_s};
    if (mayDisturb())
        kinds << QStringList{u"503"_s,     u"429"_s,    u"cut"_s,   u"close"_s,
                             u"garbage"_s, u"broken"_s, u"quota"_s, u"blocked"_s};
    const bool isBulk = m_dice.chance(5);
    const QString kind = isBulk ? u"bulk"_s : m_dice.oneOf(kinds);
    const int count = isBulk ? m_dice.between(1000, 5000) : m_dice.between(1, 50);
    QString text = u"%1 echo: q%2"_s.arg(kind).arg(++m_questions);
    for (int i = 0; i < count; ++i)
        text += u' ' + m_dice.oneOf(words());
    return text + u'.';
}

void Round::say()
{
    const QString text = question();
    anyViewer().say(text);
}

void Round::sayTwice()
{
    const QString text = question();
    m_dice.oneOf(m_recorders)->say(text, m_dice.between(1, 3));
}

namespace {

//! The messages of a client's rows for which \a fits.
template <typename Fits>
QStringList messagesOf(const ViewClient &client, Fits fits)
{
    QStringList ids;
    for (int row = 0; row < client.view().count(); ++row) {
        const ViewMessage &message = client.view().at(row);
        if (message.delivery == Delivery::Taken && fits(message))
            ids.append(message.messageId);
    }
    return ids;
}

bool isQuestion(const ViewMessage &message)
{
    return message.role == Role::User;
}

bool canGoOn(const ViewMessage &message)
{
    return message.role == Role::Model && message.state != MessageState::Running &&
           (message.state != MessageState::Done || message.finishReason == FinishReason::Length);
}

} // namespace

void Round::edit()
{
    ViewClient &client = anyViewer();
    QStringList questions = messagesOf(client, isQuestion);
    const QString text = question();
    if (!questions.isEmpty())
        client.edit(m_dice.oneOf(questions), text);
}

void Round::regenerate()
{
    ViewClient &client = anyViewer();
    QStringList questions = messagesOf(client, isQuestion);
    if (!questions.isEmpty())
        client.regenerate(m_dice.oneOf(questions));
}

void Round::select()
{
    ViewClient &client = anyViewer();
    QStringList siblings;
    for (int row = 0; row < client.view().count(); ++row) {
        if (const QStringList ids = client.view().siblings(row).ids; ids.size() > 1)
            siblings.append(ids);
    }
    if (siblings.isEmpty())
        return;
    const QString messageId = m_dice.oneOf(siblings);
    m_findings.note(u"%1 selects %2"_s.arg(client.name(), messageId));
    client.select(messageId);
}

void Round::goOn()
{
    ViewClient &client = anyViewer();
    const QStringList cut = messagesOf(client, canGoOn);
    if (!cut.isEmpty())
        client.goOn(cut.last());
}

//! One asks an answer to go on and is cut off; before it hears of that, another stops the answer
//! and asks for the same. A server that is killed then has only its store to know of both.
void Round::overtake()
{
    ViewClient &first = *m_viewers[0]; // these two are in one conversation
    ViewClient &second = *m_viewers[1];
    if (first.view().liveTurn().isEmpty()) {
        first.say(question());
        letRun(std::chrono::milliseconds(m_dice.between(10, 60)));
    }
    (void)first.stop();
    letRun(std::chrono::milliseconds(m_dice.between(5, 30)));
    const QStringList cut = messagesOf(first, canGoOn);
    if (cut.isEmpty())
        return;
    m_findings.note(u"%1 and %2 continue, one after the other"_s.arg(first.name(), second.name()));
    first.goOn(cut.last());
    letRun(std::chrono::milliseconds(m_dice.between(0, 3)));
    first.network().setUnplugged(true);
    letRun(std::chrono::milliseconds(m_dice.between(5, 30)));
    (void)second.stop();
    letRun(std::chrono::milliseconds(m_dice.between(5, 30)));
    second.goOn(cut.last());
    letRun(std::chrono::milliseconds(m_dice.between(5, 30)));
    if (mayKill())
        killServer();
}

void Round::stop()
{
    ViewClient &client = anyViewer();
    if (client.view().liveTurn().isEmpty())
        return;
    m_findings.note(u"%1 stops %2"_s.arg(client.name(), client.view().liveTurn()));
    (void)client.stop();
}

void Round::reload()
{
    ViewClient &client = anyViewer();
    m_findings.note(u"%1 is loaded anew"_s.arg(client.name()));
    client.open();
}

void Round::resume()
{
    RawClient &client = *m_dice.oneOf(m_recorders);
    using Knows = RawClient::Knows;
    const int chance = m_dice.between(0, 3);
    const Knows knows = chance == 0   ? Knows::Nothing
                        : chance == 1 ? Knows::AnotherLog
                                      : Knows::ItsPlace;
    m_findings.note(u"%1 comes again and names %2"_s.arg(
        client.name(), QStringList{u"its place"_s, u"another log"_s, u"no place"_s}[int(knows)]));
    client.reconnect(knows);
}

void Round::join()
{
    if (m_viewers.size() >= mostViewers)
        return;
    addViewer();
    m_findings.note(u"%1 comes to %2"_s.arg(m_viewers.back()->name(), m_viewers.back()->session()));
}

//! Strangers look at conversations that are not there. The server has room for few: what nobody has
//! open leaves its memory.
void Round::knock()
{
    m_findings.note(u"strangers knock"_s);
    for (int i = 0; i < 2; ++i) {
        const QString session = u"%1-stranger-%2"_s.arg(m_name).arg(++m_strangers);
        ViewClient stranger(u"a stranger"_s, session, m_findings, m_ledger);
        stranger.network().setTarget(m_stage.serverPort());
        stranger.open();
        letRun(std::chrono::milliseconds(m_dice.between(5, 20)));
        stranger.close();
    }
}

// ---- the machinery

bool Round::startServer()
{
    const bool started = m_stage.startServer(m_findings);
    followServer();
    return started;
}

void Round::followServer()
{
    for (CuttingProxy *network : networks())
        network->setTarget(m_stage.serverPort());
}

std::vector<CuttingProxy *> Round::networks() const
{
    std::vector<CuttingProxy *> all;
    for (const auto &client : m_viewers)
        all.push_back(&client->network());
    for (const auto &client : m_recorders)
        all.push_back(&client->network());
    return all;
}

CuttingProxy &Round::anyNetwork()
{
    const std::vector<CuttingProxy *> all = networks();
    return *m_dice.oneOf(all);
}

} // namespace runnel::faults
