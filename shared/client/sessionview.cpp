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
    message.agents = record.agents;
    message.tools = record.tools;
    message.sources = record.sources;
    message.finishReason = record.finishReason;
    message.usage = record.usage;
    if (record.error)
        message.problem = Problem{QString(toWire(record.error->code)), record.error->text, {}};
    return message;
}

//! The other way. A code that this version does not know has no place in a record.
MessageRecord toRecord(const ViewMessage &message)
{
    MessageRecord record;
    record.messageId = message.messageId;
    record.parentId = message.parentId;
    record.role = message.role;
    record.content = message.content;
    record.at = message.at;
    record.id = message.id;
    record.turn = message.turn;
    record.agent = message.agent;
    record.model = message.model;
    record.state = message.state;
    record.thoughts = message.thoughts;
    record.agents = message.agents;
    record.tools = message.tools;
    record.sources = message.sources;
    record.finishReason = message.finishReason;
    record.usage = message.usage;
    if (message.problem)
        record.error = Error{errorCodeFromWire(message.problem->code).value_or(ErrorCode::Internal),
                             message.problem->text};
    return record;
}

//! Ids are counted in each conversation anew, so that those of a server that was restarted are the
//! same again; the times are not.
bool has(const Snapshot &snapshot, const ViewMessage &message)
{
    return std::ranges::any_of(snapshot.messages, [&message](const MessageRecord &record) {
        return record.messageId == message.messageId && record.at == message.at;
    });
}

bool concerns(const SessionView::Asked &asked, const ViewMessage &message)
{
    return message.role == Role::Model &&
           asked.messageId == (asked.kind == SessionView::Asked::Kind::Continue ? message.messageId
                                                                                : message.parentId);
}

//! The turn goes on, so the notice that it asks again is over. True when there was one.
bool signOfLife(ViewMessage &answer)
{
    const bool was = answer.retrying.has_value();
    answer.retrying.reset();
    return was;
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

Snapshot SessionView::snapshot() const
{
    Snapshot snapshot;
    snapshot.seq = m_seq;
    snapshot.title = m_title;
    snapshot.messages.reserve(m_tree.size());
    for (int node = 0; node < m_tree.size(); ++node)
        snapshot.messages.append(toRecord(m_tree.message(node)));
    if (m_tree.leaf() != MessageTree::none)
        snapshot.active = m_tree.message(m_tree.leaf()).messageId;
    return snapshot;
}

const ViewMessage &SessionView::at(int row) const
{
    return row < m_tree.rows() ? m_tree.messageAt(row)
                               : m_outgoing[std::size_t(row - m_tree.rows())];
}

SessionView::Siblings SessionView::siblings(int row) const
{
    if (row >= m_tree.rows())
        return {};
    const ViewMessage &message = m_tree.messageAt(row);
    Siblings siblings{m_tree.siblingsOf(message)};
    siblings.index = int(siblings.ids.indexOf(message.messageId));
    return siblings;
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

Changes SessionView::addEdit(const EditMessage &edit, const QDateTime &at)
{
    const Changes changes = addOutgoing(SendMessage{edit.message, edit.agent, edit.id}, at);
    m_outgoing.back().replaces = edit.messageId;
    return changes;
}

Changes SessionView::addAsked(const Asked &asked)
{
    m_asked.push_back(asked);
    return rowChanged(asked);
}

const SessionView::Asked *SessionView::askedOf(int row) const
{
    if (m_asked.empty() || row >= m_tree.rows())
        return nullptr;
    const ViewMessage &message = m_tree.messageAt(row);
    const auto found = std::ranges::find_if(
        m_asked, [&message](const Asked &asked) { return concerns(asked, message); });
    return found == m_asked.end() ? nullptr : &*found;
}

Changes SessionView::rowChanged(const Asked &asked) const
{
    for (int row = m_tree.rows() - 1; row >= 0; --row) {
        if (concerns(asked, m_tree.messageAt(row)))
            return {change::RowChanged{row}};
    }
    return {};
}

Changes SessionView::refuseOutgoing(const QString &id, const Problem &why)
{
    const auto asked = std::ranges::find(m_asked, id, &Asked::id);
    if (asked != m_asked.end()) {
        Changes changes = rowChanged(*asked);
        m_asked.erase(asked);
        changes.append(change::Noticed{why.code, why.text});
        return changes;
    }
    const int row = outgoingRow(id);
    if (row < 0)
        return {};
    ViewMessage &own = m_outgoing[std::size_t(row - m_tree.rows())];
    own.delivery = Delivery::Refused;
    own.problem = why;
    return {change::RowChanged{row}};
}

Changes SessionView::removeOutgoing(const QString &id)
{
    const int row = outgoingRow(id);
    forgetOutgoing(id);
    if (row < 0)
        return {};
    return {change::RowRemoved{row}};
}

void SessionView::forgetOutgoing(const QString &id)
{
    if (id.isEmpty())
        return;
    std::erase_if(m_outgoing, [&id](const ViewMessage &m) { return m.id == id; });
    std::erase_if(m_asked, [&id](const Asked &a) { return a.id == id; });
}

int SessionView::outgoingRow(const QString &id) const
{
    if (id.isEmpty())
        return -1;
    const auto found = std::ranges::find(m_outgoing, id, &ViewMessage::id);
    return found == m_outgoing.end() ? -1 : m_tree.rows() + int(found - m_outgoing.begin());
}

// ---- frames

Changes SessionView::on(const SessionHello &hello)
{
    if (hello == m_hello)
        return {};
    m_hello = hello;
    // Until an announced snapshot comes, what is shown is of the log before.
    if (hello.resumed)
        m_epoch = hello.epoch;
    return {change::HelloChanged{}};
}

Changes SessionView::on(const Snapshot &snapshot)
{
    const bool forgotten = m_tree.size() > 0 && !has(snapshot, m_tree.message(0));
    m_seq = snapshot.seq;
    m_epoch = m_hello.epoch;
    m_title = snapshot.title;
    m_tree.clear();
    m_nodeOfTurn.clear();
    m_liveTurn.clear();
    for (const MessageRecord &record : snapshot.messages) {
        add(fromRecord(record));
        forgetOutgoing(record.id);
    }
    for (const QString &id : snapshot.taken)
        forgetOutgoing(id);
    if (const int leaf = m_tree.find(snapshot.active); leaf != MessageTree::none)
        m_tree.show(leaf);
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
    forgetOutgoing(user.id);
    return appendTaken(std::move(message), own);
}

Changes SessionView::on(const TurnStarted &turn)
{
    std::erase_if(m_asked, [&turn](const Asked &a) { return a.id == turn.id; });
    if (const int node = m_tree.find(turn.messageId); node != MessageTree::none)
        return goOn(node, turn);
    ViewMessage answer;
    answer.messageId = turn.messageId;
    answer.parentId = turn.parentId;
    answer.role = Role::Model;
    answer.at = turn.at;
    answer.id = turn.id;
    answer.turn = turn.turn;
    answer.agent = turn.agent;
    answer.model = turn.model;
    answer.state = MessageState::Running;
    return appendTaken(std::move(answer));
}

//! The text, the thoughts and the time stay; how it ended before is forgotten.
Changes SessionView::goOn(int node, const TurnStarted &turn)
{
    ViewMessage &answer = m_tree.message(node);
    m_nodeOfTurn.remove(answer.turn);
    m_nodeOfTurn.insert(turn.turn, node);
    m_liveTurn = turn.turn;
    answer.turn = turn.turn;
    answer.agent = turn.agent;
    answer.model = turn.model;
    if (!turn.id.isEmpty())
        answer.id = turn.id;
    answer.state = MessageState::Running;
    answer.finishReason.reset();
    answer.usage.reset();
    answer.problem.reset();
    answer.retrying.reset();
    m_tree.show(node);
    // A model of rows takes an answer that ended for one that stays as it is: it is shown anew.
    return {change::Reset{}};
}

Changes SessionView::on(const Chunk &chunk)
{
    const int node = answerOf(chunk.turn);
    if (node == MessageTree::none)
        return {};
    ViewMessage &answer = m_tree.message(node);
    answer.content += chunk.content;
    Changes changes;
    if (signOfLife(answer))
        changes = rowChanged(node);
    if (const int row = m_tree.rowOf(node); row != MessageTree::none)
        changes.append(change::ContentAppended{row, chunk.content});
    return changes;
}

Changes SessionView::on(const Thought &thought)
{
    const int node = answerOf(thought.turn);
    if (node == MessageTree::none)
        return {};
    ViewMessage &answer = m_tree.message(node);
    answer.thoughts += thought.content;
    Changes changes;
    if (signOfLife(answer))
        changes = rowChanged(node);
    if (const int row = m_tree.rowOf(node); row != MessageTree::none)
        changes.append(change::ThoughtsAppended{row, thought.content});
    return changes;
}

Changes SessionView::on(const TurnRetrying &retrying)
{
    const int node = answerOf(retrying.turn);
    if (node == MessageTree::none)
        return {};
    m_tree.message(node).retrying =
        RetryNotice{retrying.error, retrying.retryAfter, retrying.attempt};
    return rowChanged(node);
}

//! What an answer calls, rests on and who has the floor in it: each a sign of life of its turn.
template <typename Change>
Changes SessionView::changeAnswer(const QString &turn, Change change)
{
    const int node = answerOf(turn);
    if (node == MessageTree::none)
        return {};
    ViewMessage &answer = m_tree.message(node);
    signOfLife(answer);
    change(answer);
    return rowChanged(node);
}

Changes SessionView::on(const AgentFloor &floor)
{
    return changeAnswer(floor.turn, [&floor](ViewMessage &answer) {
        const auto known =
            std::ranges::find(answer.agents, floor.agent.agent, &AgentOnFloor::agent);
        if (known != answer.agents.end())
            known->finished = floor.agent.finished;
        else if (!floor.agent.finished)
            answer.agents.append(floor.agent);
    });
}

Changes SessionView::on(const ToolCalled &called)
{
    return changeAnswer(called.turn, [&called](ViewMessage &answer) {
        const auto known = std::ranges::find(answer.tools, called.use.call, &ToolUse::call);
        if (known == answer.tools.end()) {
            answer.tools.append(called.use);
            return;
        }
        known->tool = called.use.tool;
        known->arguments = called.use.arguments;
        known->agent = called.use.agent;
        known->state = called.use.state;
    });
}

Changes SessionView::on(const ToolAnswered &answered)
{
    return changeAnswer(answered.turn, [&answered](ViewMessage &answer) {
        const auto use = std::ranges::find(answer.tools, answered.call, &ToolUse::call);
        if (use == answer.tools.end())
            return;
        use->state = answered.content ? ToolState::Done : ToolState::Failed;
        use->content = answered.content.value_or(QString());
        use->error = answered.error;
        use->took = answered.took;
    });
}

Changes SessionView::on(const SourcesFound &found)
{
    return changeAnswer(found.turn,
                        [&found](ViewMessage &answer) { answer.sources = found.sources; });
}

Changes SessionView::on(const TurnComplete &complete)
{
    const int node = answerOf(complete.turn);
    if (node == MessageTree::none)
        return {};
    ViewMessage &answer = m_tree.message(node);
    signOfLife(answer);
    endAll(answer.agents, answer.tools);
    answer.state = stateAfter(complete.finishReason);
    answer.finishReason = complete.finishReason;
    answer.usage = complete.usage;
    endTurn(complete.turn);
    return rowChanged(node);
}

Changes SessionView::on(const ErrorFrame &error)
{
    const Problem why{error.code, error.error, error.retryAfter};
    if (const int node = answerOf(error.turn); node != MessageTree::none) {
        ViewMessage &answer = m_tree.message(node);
        signOfLife(answer);
        endAll(answer.agents, answer.tools);
        answer.state = MessageState::Failed;
        answer.problem = why;
        endTurn(error.turn);
        return rowChanged(node);
    }
    const bool ours = outgoingRow(error.id) >= 0 ||
                      std::ranges::find(m_asked, error.id, &Asked::id) != m_asked.end();
    if (error.turn.isEmpty() && ours)
        return isPutOff(error) ? Changes{} : refuseOutgoing(error.id, why);
    return {change::Noticed{error.code, error.error}};
}

//! A branch that is not known leaves shown what is shown.
Changes SessionView::on(const BranchSelected &branch)
{
    const int node = m_tree.find(branch.active);
    if (node == MessageTree::none || node == m_tree.leaf())
        return {};
    m_tree.show(node);
    return {change::Reset{.news = false}};
}

Changes SessionView::on(const TitleChanged &title)
{
    m_title = title.title;
    return {change::Renamed{}};
}

// ---- the tree

//! Shows a new message, whose branch becomes the visible one; \a ownRow is where it stood while it
//! was ours and not taken.
Changes SessionView::appendTaken(ViewMessage message, int ownRow)
{
    const int before = m_tree.rows();
    const int leaf = m_tree.leaf();
    const int parent = m_tree.find(message.parentId);
    const bool follows = leaf == MessageTree::none ? message.parentId.isEmpty() : parent == leaf;
    m_tree.show(add(std::move(message)));
    if (!follows)
        return {change::Reset{}};
    if (ownRow == before)
        return {change::RowChanged{before}};
    if (ownRow > before)
        return {change::RowRemoved{ownRow}, change::RowInserted{before}};
    return {change::RowInserted{before}};
}

int SessionView::add(ViewMessage message)
{
    const QString turn = message.turn;
    const bool running = message.state == MessageState::Running;
    const int node = m_tree.add(std::move(message));
    if (!turn.isEmpty())
        m_nodeOfTurn.insert(turn, node);
    if (running)
        m_liveTurn = turn;
    return node;
}

int SessionView::answerOf(const QString &turn) const
{
    return m_nodeOfTurn.value(turn, MessageTree::none);
}

//! Nothing of a message in a branch that is not visible.
Changes SessionView::rowChanged(int node) const
{
    if (m_tree.rowOf(node) == MessageTree::none)
        return {};
    return {change::RowChanged{m_tree.rowOf(node)}};
}

void SessionView::endTurn(const QString &turn)
{
    if (m_liveTurn == turn)
        m_liveTurn.clear();
}

} // namespace runnel
