#include "client/sessionview.h"

#include "client/outbox.h"
#include "protocol/codec.h"

#include <algorithm>

namespace runnel {

namespace {

ViewMessage fromRecord(const MessageRecord &record)
{
    ViewMessage message;
    message.messageId = record.messageId;
    message.parentId = record.parentId;
    message.role = record.role;
    message.content = record.content;
    message.at = record.at;
    message.id = record.id;
    message.turn = record.turn;
    message.agent = record.agent;
    message.model = record.model;
    message.state = record.state;
    message.thoughts = record.thoughts;
    message.finishReason = record.finishReason;
    message.usage = record.usage;
    if (record.error)
        message.problem = Problem{QString(toWire(record.error->code)), record.error->text, {}};
    return message;
}

//! The messages from the root to \a leaf. A parent that is not there, or a circle, ends the walk.
std::vector<const MessageRecord *> branchTo(const QString &leaf, const QList<MessageRecord> &all)
{
    QHash<QString, const MessageRecord *> byId;
    for (const MessageRecord &record : all)
        byId.insert(record.messageId, &record);
    std::vector<const MessageRecord *> branch;
    for (auto record = byId.take(leaf); record; record = byId.take(record->parentId))
        branch.push_back(record);
    std::ranges::reverse(branch);
    return branch;
}

//! Ids are counted in each conversation anew, so that those of a server that was restarted are the
//! same again; the times are not.
bool has(const Snapshot &snapshot, const ViewMessage &message)
{
    return std::ranges::any_of(snapshot.messages, [&message](const MessageRecord &record) {
        return record.messageId == message.messageId && record.at == message.at;
    });
}

} // namespace

Changes SessionView::apply(const ServerFrame &frame)
{
    const bool inLog =
        !std::holds_alternative<SessionHello>(frame) && !std::holds_alternative<Snapshot>(frame);
    if (const Seq seq = seqOf(frame); inLog && seq != 0) {
        if (seq <= m_seq)
            return {};
        m_seq = seq;
    }
    return std::visit([this](const auto &f) { return on(f); }, frame);
}

const ViewMessage &SessionView::at(int row) const
{
    const auto index = std::size_t(row);
    return index < m_taken.size() ? m_taken[index] : m_outgoing[index - m_taken.size()];
}

// ---- our own messages

Changes SessionView::addOutgoing(const SendMessage &message, const QDateTime &at)
{
    ViewMessage own;
    own.content = message.message;
    own.agent = message.agent;
    own.id = message.id;
    own.at = at;
    own.delivery = Delivery::Pending;
    m_outgoing.push_back(std::move(own));
    return {change::RowInserted{count() - 1}};
}

Changes SessionView::refuseOutgoing(const QString &id, const Problem &why)
{
    const int row = outgoingRow(id);
    if (row < 0)
        return {};
    ViewMessage &own = m_outgoing[std::size_t(row) - m_taken.size()];
    own.delivery = Delivery::Refused;
    own.problem = why;
    return {change::RowChanged{row}};
}

Changes SessionView::removeOutgoing(const QString &id)
{
    const int row = outgoingRow(id);
    if (row < 0)
        return {};
    m_outgoing.erase(m_outgoing.begin() + (row - int(m_taken.size())));
    return {change::RowRemoved{row}};
}

int SessionView::outgoingRow(const QString &id) const
{
    if (id.isEmpty())
        return -1;
    const auto found = std::ranges::find(m_outgoing, id, &ViewMessage::id);
    return found == m_outgoing.end()
               ? -1
               : int(m_taken.size() + std::size_t(found - m_outgoing.begin()));
}

// ---- frames

Changes SessionView::on(const SessionHello &hello)
{
    if (hello == m_hello)
        return {};
    m_hello = hello;
    return {change::HelloChanged{}};
}

Changes SessionView::on(const Snapshot &snapshot)
{
    const bool forgotten = !m_taken.empty() && !has(snapshot, m_taken.front());
    m_seq = snapshot.seq;
    m_taken.clear();
    m_rowOfTurn.clear();
    m_liveTurn.clear();
    for (const MessageRecord *record : branchTo(snapshot.active, snapshot.messages))
        appendTaken(fromRecord(*record));
    for (const MessageRecord &record : snapshot.messages) {
        if (!record.id.isEmpty())
            std::erase_if(m_outgoing,
                          [&record](const ViewMessage &m) { return m.id == record.id; });
    }
    if (forgotten)
        return {change::Reset{}, change::Forgotten{}};
    return {change::Reset{}};
}

Changes SessionView::on(const UserMessage &user)
{
    ViewMessage message;
    message.messageId = user.messageId;
    message.parentId = user.parentId;
    message.content = user.content;
    message.id = user.id;
    message.at = user.at;

    const int own = outgoingRow(user.id);
    if (own >= 0)
        m_outgoing.erase(m_outgoing.begin() + (own - int(m_taken.size())));
    const bool trimmed = trimTo(user.parentId);
    appendTaken(std::move(message));
    const int row = int(m_taken.size()) - 1;
    if (trimmed)
        return {change::Reset{}};
    if (own == row)
        return {change::RowChanged{row}};
    if (own > row)
        return {change::RowRemoved{own}, change::RowInserted{row}};
    return {change::RowInserted{row}};
}

Changes SessionView::on(const TurnStarted &turn)
{
    ViewMessage answer;
    answer.messageId = turn.messageId;
    answer.parentId = turn.parentId;
    answer.role = Role::Model;
    answer.at = turn.at;
    answer.turn = turn.turn;
    answer.agent = turn.agent;
    answer.model = turn.model;
    answer.state = MessageState::Running;

    const bool trimmed = trimTo(turn.parentId);
    appendTaken(std::move(answer));
    if (trimmed)
        return {change::Reset{}};
    return {change::RowInserted{int(m_taken.size()) - 1}};
}

Changes SessionView::on(const Chunk &chunk)
{
    ViewMessage *const answer = answerOf(chunk.turn);
    if (!answer)
        return {};
    const int row = m_rowOfTurn.value(chunk.turn);
    answer->content += chunk.content;
    Changes changes;
    if (signOfLife(*answer))
        changes.append(change::RowChanged{row});
    changes.append(change::ContentAppended{row, chunk.content});
    return changes;
}

Changes SessionView::on(const Thought &thought)
{
    ViewMessage *const answer = answerOf(thought.turn);
    if (!answer)
        return {};
    const int row = m_rowOfTurn.value(thought.turn);
    answer->thoughts += thought.content;
    Changes changes;
    if (signOfLife(*answer))
        changes.append(change::RowChanged{row});
    changes.append(change::ThoughtsAppended{row, thought.content});
    return changes;
}

Changes SessionView::on(const TurnRetrying &retrying)
{
    ViewMessage *const answer = answerOf(retrying.turn);
    if (!answer)
        return {};
    answer->retrying = RetryNotice{retrying.error, retrying.retryAfter, retrying.attempt};
    return {change::RowChanged{m_rowOfTurn.value(retrying.turn)}};
}

Changes SessionView::on(const TurnComplete &complete)
{
    ViewMessage *const answer = answerOf(complete.turn);
    if (!answer)
        return {};
    signOfLife(*answer);
    answer->state = stateAfter(complete.finishReason);
    answer->finishReason = complete.finishReason;
    answer->usage = complete.usage;
    endTurn(complete.turn);
    return {change::RowChanged{m_rowOfTurn.value(complete.turn)}};
}

Changes SessionView::on(const ErrorFrame &error)
{
    const Problem why{error.code, error.error, error.retryAfter};
    if (ViewMessage *const answer = answerOf(error.turn)) {
        signOfLife(*answer);
        answer->state = MessageState::Failed;
        answer->problem = why;
        endTurn(error.turn);
        return {change::RowChanged{m_rowOfTurn.value(error.turn)}};
    }
    if (error.turn.isEmpty() && outgoingRow(error.id) >= 0) {
        if (isPutOff(error))
            return {};
        return refuseOutgoing(error.id, why);
    }
    return {change::Noticed{error.code, error.error}};
}

Changes SessionView::on(const BranchSelected &)
{
    return {};
}

Changes SessionView::on(const TitleChanged &)
{
    return {};
}

// ---- the visible branch

//! Cuts what is below \a parentId: another branch begins there. False, and nothing cut, when the
//! parent is the newest message already or is not known.
bool SessionView::trimTo(const QString &parentId)
{
    std::size_t kept = 0;
    if (!parentId.isEmpty()) {
        const auto found =
            std::find_if(m_taken.rbegin(), m_taken.rend(),
                         [&](const ViewMessage &m) { return m.messageId == parentId; });
        if (found == m_taken.rend())
            return false;
        kept = std::size_t(m_taken.rend() - found);
    }
    if (kept == m_taken.size())
        return false;
    m_taken.resize(kept);
    m_rowOfTurn.removeIf([kept](const auto &entry) { return entry.value() >= int(kept); });
    return true;
}

void SessionView::appendTaken(ViewMessage message)
{
    if (!message.turn.isEmpty())
        m_rowOfTurn.insert(message.turn, int(m_taken.size()));
    if (message.state == MessageState::Running)
        m_liveTurn = message.turn;
    m_taken.push_back(std::move(message));
}

ViewMessage *SessionView::answerOf(const QString &turn)
{
    const auto row = m_rowOfTurn.constFind(turn);
    return row == m_rowOfTurn.cend() ? nullptr : &m_taken[std::size_t(*row)];
}

//! The turn goes on, so the notice that it asks again is over. True when there was one.
bool SessionView::signOfLife(ViewMessage &answer)
{
    const bool was = answer.retrying.has_value();
    answer.retrying.reset();
    return was;
}

void SessionView::endTurn(const QString &turn)
{
    if (m_liveTurn == turn)
        m_liveTurn.clear();
}

} // namespace runnel
