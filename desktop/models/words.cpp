#include "models/words.h"

#include "models/boundedtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace runnel::words {

using namespace Qt::StringLiterals;

namespace {

//! Where lupdate looks for these functions' texts.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(runnel::words)
};

constexpr qsizetype longestName = 120; // UTF-16 units.
constexpr qsizetype mostAgents = 8;

QString agentName(const QString &name)
{
    return name.isEmpty() ? Words::tr("The model") : cut(name, longestName).text;
}

//! Two decimals, and up to four where it is less than a dollar.
QString dollars(double usd)
{
    constexpr double least = 0.0001;
    if (usd > 0 && usd < least)
        return Words::tr("less than %1").arg(dollars(least));
    QString amount = QLocale().toString(usd, 'f', usd < 1 ? 4 : 2);
    for (int i = 0; i < 2 && usd < 1 && amount.endsWith(QLocale().zeroDigit()); ++i)
        amount.chop(QLocale().zeroDigit().size());
    //: US dollars, as money is written: $0.0021
    return Words::tr("$%1").arg(amount);
}

QString clock(const QDateTime &at, const QDate &today)
{
    const QDateTime local = at.toLocalTime();
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (local.date() == today)
        return time;
    //: A day as QDate::toString() writes it: 23 Nov
    const QString day = QLocale().toString(local.date(), Words::tr("d MMM"));
    //: A day and a time: 23 Nov, 14:03
    return Words::tr("%1, %2").arg(day, time);
}

} // namespace

QString time(const QDateTime &at, const QDateTime &now)
{
    if (!at.isValid())
        return {};
    const qint64 minutes = at.secsTo(now) / 60;
    if (minutes < 1)
        return Words::tr("just now");
    if (minutes < 60)
        return Words::tr("%1 min ago").arg(minutes);
    return clock(at, now.toLocalTime().date());
}

QString moment(const QDateTime &at)
{
    return clock(at, QDate::currentDate());
}

QString exactTime(const QDateTime &at)
{
    return at.isValid() ? QLocale().toString(at.toLocalTime(), QLocale::LongFormat) : QString();
}

QString details(const ViewMessage &answer)
{
    QStringList parts;
    if (!answer.model.isEmpty())
        parts.append(answer.model);
    if (answer.usage && answer.usage->totalTokens >= 0)
        parts.append(Words::tr(
            "%Ln tokens", nullptr,
            int(std::min<qint64>(answer.usage->totalTokens, std::numeric_limits<int>::max()))));
    if (answer.usage && answer.usage->costUsd)
        parts.append(dollars(*answer.usage->costUsd));
    return parts.join(u", "_s);
}

QString outcome(const ViewMessage &answer)
{
    if (answer.state == MessageState::Stopped)
        return Words::tr("Stopped");
    if (answer.state == MessageState::Interrupted)
        return Words::tr("The answer was interrupted.");
    if (answer.finishReason == FinishReason::Length)
        return Words::tr("The answer reached its length limit.");
    if (answer.finishReason == FinishReason::Blocked)
        return Words::tr("The model's safety filter ended the answer.");
    return {};
}

QString retrying(const RetryNotice &notice)
{
    return notice.text.isEmpty() ? Words::tr("The model is busy. Asking again.") : notice.text;
}

QString thinking()
{
    return Words::tr("Thinking");
}

QString thoughts(qint64 ms)
{
    return ms < 0 ? Words::tr("Thoughts")
                  : Words::tr("Thought for %1 s").arg(std::max<qint64>(1, (ms + 500) / 1000));
}

QString duration(std::chrono::milliseconds took)
{
    const qint64 ms = std::max<qint64>(0, took.count());
    if (ms < 1000)
        return Words::tr("%1 ms").arg(ms);
    if (ms < 9950)
        return Words::tr("%1 s").arg(QLocale().toString(double(ms) / 1000, 'f', 1));
    const qint64 seconds = (ms + 500) / 1000;
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    const QString minutes = QLocale().toString(seconds / 60);
    return seconds % 60 == 0 ? Words::tr("%1 min").arg(minutes)
                             : Words::tr("%1 min %2 s").arg(minutes).arg(seconds % 60);
}

QString tool(const QString &name)
{
    return name.isEmpty() ? Words::tr("Tool") : cut(name, longestName).text;
}

QString asksForTool(const QString &agent)
{
    return Words::tr("%1 wants to use this tool.").arg(agentName(agent));
}

QString asksForTool(const QString &agent, const QString &name)
{
    return Words::tr("%1 wants to use the tool %2. Allow?").arg(agentName(agent), tool(name));
}

QString notWhole(qsizetype shown)
{
    return Words::tr("Only the first %1 characters are shown.").arg(QLocale().toString(shown));
}

QString agents(const QList<AgentOnFloor> &agents)
{
    if (agents.size() < 2)
        return {};
    QStringList names;
    for (const AgentOnFloor &agent : agents.first(std::min(agents.size(), mostAgents)))
        names.append(agentName(agent.agent));
    const QString line = names.join(u" → "_s);
    const qsizetype left = agents.size() - names.size();
    return left == 0 ? line : Words::tr("%1 and %2 more").arg(line, QLocale().toString(left));
}

QString waiting(const ViewMessage &own, WaitsFor what)
{
    const bool edit = !own.replaces.isEmpty();
    switch (what) {
    case WaitsFor::Connection:
        return edit ? Words::tr("Your edit will be sent when the connection is back")
                    : Words::tr("Will be sent when the connection is back");
    case WaitsFor::Turn:
        return edit ? Words::tr("Your edit waits for its turn") : Words::tr("Waiting for its turn");
    case WaitsFor::Server:
        break;
    }
    return edit ? Words::tr("Sending your edit") : Words::tr("Sending");
}

QString waiting(SessionView::Asked::Kind asked, WaitsFor what)
{
    const bool again = asked == SessionView::Asked::Kind::Regenerate;
    switch (what) {
    case WaitsFor::Connection:
        return again ? Words::tr("Another answer will be asked for when the connection is back")
                     : Words::tr("The answer will go on when the connection is back");
    case WaitsFor::Turn:
        return again ? Words::tr("Another answer waits for its turn")
                     : Words::tr("Waiting for its turn to go on");
    case WaitsFor::Server:
        break;
    }
    return again ? Words::tr("Asking for another answer") : Words::tr("Asking the model to go on");
}

QString refusal(SendOutcome outcome, qint64 limitBytes)
{
    switch (outcome) {
    case SendOutcome::TooLarge:
        return Words::tr(
                   "The message is too long: at most %1 are taken. Shorten it and send it again.")
            .arg(QLocale().formattedDataSize(limitBytes));
    case SendOutcome::Full:
        return Words::tr("Many messages wait already. Wait for an answer, then send it again.");
    case SendOutcome::Sent:
    case SendOutcome::Waiting:
    case SendOutcome::Empty:
        break;
    }
    return {};
}

QString title(const QString &firstMessage)
{
    const QString line = firstMessage.trimmed().section(u'\n', 0, 0).simplified();
    return line.size() > 60 ? line.first(59).trimmed() + u'…' : line;
}

} // namespace runnel::words
