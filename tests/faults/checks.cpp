#include "checks.h"

#include "findings.h"
#include "framearchive.h"
#include "ledger.h"

#include "client/sessionview.h"
#include "protocol/codec.h"
#include "storage/storedconversation.h"

#include <QSet>

#include <algorithm>

namespace runnel::faults {

using namespace Qt::StringLiterals;

namespace {

QString described(const ViewMessage &message)
{
    return u"%1 %2 below \"%3\", id \"%4\", %5%6%7, %8 characters \"…%9\""_s
        .arg(message.messageId, QString(toWire(message.role)), message.parentId, message.id,
             QString(toWire(message.state)),
             message.finishReason ? u" by "_s + toWire(*message.finishReason) : QString(),
             message.problem ? u" for "_s + message.problem->code : QString())
        .arg(message.content.size())
        .arg(message.content.right(40));
}

//! A snapshot does not say how long to wait.
ViewMessage withoutDelay(ViewMessage message)
{
    if (message.problem)
        message.problem->retryAfter.reset();
    return message;
}

QString expectedAnswer(const QString &question)
{
    const QString mark = u" echo: "_s;
    const qsizetype at = question.indexOf(mark);
    return at < 0 ? QString() : question.mid(at + mark.size());
}

bool sameInStore(const MessageRecord &record, const MessageRecord &stored)
{
    const auto codeOf = [](const MessageRecord &m) {
        return m.error ? QString(toWire(m.error->code)) : QString();
    };
    return record.messageId == stored.messageId && record.parentId == stored.parentId &&
           record.role == stored.role && record.content == stored.content &&
           record.thoughts == stored.thoughts && record.turn == stored.turn &&
           record.state == stored.state && record.finishReason == stored.finishReason &&
           codeOf(record) == codeOf(stored);
}

} // namespace

void checkSame(Findings &findings, const QString &who, const SessionView &shown,
               const SessionView &fresh)
{
    int rows = shown.count();
    for (int row = shown.count(); row > 0 && shown.at(row - 1).delivery == Delivery::Refused; --row)
        --rows; // ours, which nobody else has
    findings.expect(
        rows == fresh.count(),
        u"%1 shows %2 messages, a new client %3"_s.arg(who).arg(rows).arg(fresh.count()));
    for (int row = 0; row < std::min(rows, fresh.count()); ++row) {
        const ViewMessage mine = withoutDelay(shown.at(row));
        const ViewMessage theirs = withoutDelay(fresh.at(row));
        if (!findings.expect(mine == theirs, u"%1 shows %2; a new client %3"_s.arg(
                                                 who, described(mine), described(theirs)))) {
            return;
        }
        findings.expect(shown.siblings(row).ids == fresh.siblings(row).ids,
                        u"%1: %2 stands beside %3; for a new client beside %4"_s.arg(
                            who, mine.messageId, shown.siblings(row).ids.join(u' '),
                            fresh.siblings(row).ids.join(u' ')));
    }
    findings.expect(shown.seq() == fresh.seq() && shown.epoch() == fresh.epoch(),
                    u"%1 is at frame %2 of \"%3\", a new client at %4 of \"%5\""_s.arg(who)
                        .arg(shown.seq())
                        .arg(shown.epoch())
                        .arg(fresh.seq())
                        .arg(fresh.epoch()));
}

void checkStored(Findings &findings, const QString &session, const Snapshot &whole,
                 const StoredConversation *stored)
{
    if (!stored) {
        findings.expect(whole.messages.isEmpty(),
                        u"%1 is shown and not in the database"_s.arg(session));
        return;
    }
    findings.expect(
        stored->head.seq == whole.seq && stored->head.active == whole.active,
        u"%1: the database is at frame %2 with %3 active, clients are at %4 with %5"_s.arg(session)
            .arg(stored->head.seq)
            .arg(stored->head.active)
            .arg(whole.seq)
            .arg(whole.active));
    const auto count = qsizetype(stored->messages.size());
    findings.expect(count == whole.messages.size(),
                    u"%1: the database has %2 messages, clients %3"_s.arg(session).arg(count).arg(
                        whole.messages.size()));
    for (qsizetype i = 0; i < std::min(count, whole.messages.size()); ++i) {
        findings.expect(
            sameInStore(whole.messages[i], stored->messages[std::size_t(i)].record),
            u"%1: %2 is another one in the database"_s.arg(session, whole.messages[i].messageId));
    }
}

void checkShownIsStored(Findings &findings, const QString &who, const SessionView &shown,
                        const StoredConversation *stored)
{
    if (shown.seq() == 0)
        return;
    if (!findings.expect(stored, u"%1 shows a conversation that the file of the killed server "
                                 "does not have"_s.arg(who))) {
        return;
    }
    findings.expect(stored->head.seq >= shown.seq() || stored->head.epoch != shown.epoch(),
                    u"%1 has frame %2, the file of the killed server ends with %3"_s.arg(who)
                        .arg(shown.seq())
                        .arg(stored->head.seq));
    for (int row = 0; row < shown.count(); ++row) {
        const ViewMessage &message = shown.at(row);
        if (message.delivery != Delivery::Taken)
            continue;
        const auto found = std::ranges::find_if(stored->messages, [&message](const auto &m) {
            return m.record.messageId == message.messageId;
        });
        if (!findings.expect(
                found != stored->messages.end(),
                u"%1 shows %2, which the file of the killed server does not have"_s.arg(
                    who, message.messageId))) {
            continue;
        }
        findings.expect(found->record.content.startsWith(message.content) &&
                            found->record.thoughts.startsWith(message.thoughts),
                        u"%1 shows of %2 \"…%3\", the file of the killed server has \"…%4\""_s.arg(
                            who, message.messageId, message.content.right(40),
                            found->record.content.right(40)));
    }
}

void checkAnswers(Findings &findings, const QString &session, const Snapshot &whole)
{
    QHash<QString, const MessageRecord *> records;
    QSet<QString> answered;
    for (const MessageRecord &record : whole.messages) {
        records.insert(record.messageId, &record);
        if (record.role != Role::Model)
            continue;
        answered.insert(record.parentId);
        const MessageRecord *const question = records.value(record.parentId);
        findings.expect(record.state != MessageState::Running,
                        u"%1: %2 has not ended"_s.arg(session, record.messageId));
        if (!findings.expect(question && question->role == Role::User,
                             u"%1: %2 answers no question"_s.arg(session, record.messageId))) {
            continue;
        }
        const QString expected = expectedAnswer(question->content);
        const bool isWhole =
            record.state == MessageState::Done && record.finishReason == FinishReason::Stop;
        const bool hasHole = question->content.startsWith(u"garbage");
        findings.expect(isWhole && !hasHole ? record.content == expected
                                            : hasHole || expected.startsWith(record.content),
                        u"%1: %2 is %3 and says \"…%4\" (%5 characters) where \"%6\" (%7) was "
                        "asked for"_s
                            .arg(session, record.messageId, QString(toWire(record.state)),
                                 record.content.right(60))
                            .arg(record.content.size())
                            .arg(expected.left(60))
                            .arg(expected.size()));
    }
    for (const MessageRecord &record : whole.messages) {
        findings.expect(record.role != Role::User || answered.contains(record.messageId),
                        u"%1: %2 was never answered"_s.arg(session, record.messageId));
    }
}

void checkAskedOnce(Findings &findings, const QString &session, const Snapshot &whole,
                    const Ledger &ledger, const FrameArchive &archive)
{
    for (auto asked = ledger.asked().cbegin(); asked != ledger.asked().cend(); ++asked) {
        const bool isText = asked->kind == Asked::Kind::Message || asked->kind == Asked::Kind::Edit;
        if (asked->session != session)
            continue;
        const int turns = archive.turnsOf(asked.key());
        findings.expect(
            turns <= 1,
            u"%1: %2 of %3 began %4 turns"_s.arg(session, asked.key(), asked->by).arg(turns));
        if (!isText)
            continue;
        const auto isIt = [&asked](const MessageRecord &record) {
            return record.role == Role::User && record.id == asked.key();
        };
        const auto times = std::ranges::count_if(whole.messages, isIt);
        const bool isAnsweredFor = asked->isForgotten || asked->isRefused;
        findings.expect(times == 1 || (times == 0 && isAnsweredFor),
                        u"%1: %2 of %3 is there %4 times%5"_s.arg(session, asked.key(), asked->by)
                            .arg(times)
                            .arg(isAnsweredFor ? u" and was refused or forgotten"_s : QString()));
        const auto found = std::ranges::find_if(whole.messages, isIt);
        findings.expect(
            found == whole.messages.end() || found->content == asked->text,
            u"%1: %2 has another text than %3 sent"_s.arg(session, asked.key(), asked->by));
    }
}

} // namespace runnel::faults
