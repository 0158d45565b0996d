#include "models/messagelistmodel.h"

#include "models/listwords.h"
#include "models/words.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Relative times ("5 min ago") are said anew so often.
constexpr std::chrono::seconds timesRefresh{30};

MessageListModel::Status statusOf(const ViewMessage &m)
{
    if (m.role == Role::User) {
        switch (m.delivery) {
        case Delivery::Taken:
            return MessageListModel::Taken;
        case Delivery::Pending:
            return MessageListModel::Pending;
        case Delivery::Refused:
            return MessageListModel::Refused;
        }
    }
    switch (m.state) {
    case MessageState::Running:
        return MessageListModel::Running;
    case MessageState::Done:
        return MessageListModel::Done;
    case MessageState::Stopped:
        return MessageListModel::Stopped;
    case MessageState::Interrupted:
        return MessageListModel::Interrupted;
    case MessageState::Failed:
        break;
    }
    return MessageListModel::Failed;
}

} // namespace

MessageListModel::MessageListModel(const SessionView &view, QObject *parent)
    : QAbstractListModel(parent)
    , m_view(view)
{
    connect(&m_pacer, &FramePacer::due, this, &MessageListModel::render);
    m_minuteTimer.setInterval(timesRefresh);
    connect(&m_minuteTimer, &QTimer::timeout, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {TimeRole});
    });
    m_minuteTimer.start();
    reset();
}

MessageListModel::~MessageListModel() = default;

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = *m_rows[std::size_t(index.row())];
    const ViewMessage &m = row.message;
    switch (role) {
    case IsAnswerRole:
        return row.isAnswer();
    case Qt::DisplayRole:
    case TextRole: {
        const ViewMessage *const now = row.isAnswer() ? viewed(index.row()) : &m;
        return now ? now->content : QString();
    }
    case BlocksRole:
        return QVariant::fromValue(row.blocks.get());
    case ToolsRole:
        return QVariant::fromValue(row.tools.get());
    case SourcesRole:
        return QVariant::fromValue(row.sources.get());
    case AgentsTextRole:
        return words::agents(m.agents);
    case ThoughtsRole: {
        const ViewMessage *const now = viewed(index.row());
        return now ? now->thoughts : QString();
    }
    case ThoughtsTitleRole: {
        const ViewMessage *const now = viewed(index.row());
        return row.thoughtsTitle(now && !now->content.isEmpty());
    }
    case AgentRole:
        return m.agent;
    case TimeRole:
        return words::time(m.at, QDateTime::currentDateTimeUtc());
    case ExactTimeRole:
        return words::exactTime(m.at);
    case ProblemTextRole:
        return m.problem ? m.problem->text : QString();
    case ProblemCodeRole:
        return m.problem ? m.problem->code : QString();
    case RetryTextRole:
        return m.retrying ? words::retrying(*m.retrying) : QString();
    case OutcomeTextRole:
        return row.isAnswer() ? words::outcome(m) : QString();
    case DetailsRole:
        return row.isAnswer() ? words::details(m) : QString();
    default:
        return stateOf(index.row(), role);
    }
}

//! What can be done with the message, and how far what was done has come.
QVariant MessageListModel::stateOf(int row, int role) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    switch (role) {
    case StatusRole:
        return statusOf(shown.message);
    case ContinuableRole:
        return shown.isCut() && row == m_view.takenCount() - 1;
    case VersionRole:
        return viewed(row) ? m_view.siblings(row).index + 1 : 0;
    case VersionCountRole:
        return viewed(row) ? m_view.siblings(row).count() : 0;
    case WaitingTextRole:
        return waitingText(row);
    case AskedRole:
        return viewed(row) && m_view.askedOf(row) != nullptr;
    case EditingRole:
        return shown.draft.has_value();
    case DraftRole:
        return shown.draft.value_or(QString());
    default:
        return {};
    }
}

//! The row as the view has it. Null of a message of ours that is not taken, and of a row that the
//! view no longer has, in the middle of taking it away.
const ViewMessage *MessageListModel::viewed(int row) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    const bool there = shown.isTaken() && row < m_view.takenCount() && shown.isOf(m_view.at(row));
    return there ? &m_view.at(row) : nullptr;
}

words::WaitsFor MessageListModel::waitsFor() const
{
    if (!m_connected)
        return words::WaitsFor::Connection;
    return m_answering ? words::WaitsFor::Turn : words::WaitsFor::Server;
}

QString MessageListModel::waitingText(int row) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    if (shown.message.delivery == Delivery::Pending)
        return words::waiting(shown.message, waitsFor());
    const SessionView::Asked *const asked = viewed(row) ? m_view.askedOf(row) : nullptr;
    return asked ? words::waiting(asked->kind, waitsFor()) : QString();
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    return {{IsAnswerRole, "isAnswer"},
            {TextRole, "text"},
            {BlocksRole, "blocks"},
            {ToolsRole, "tools"},
            {SourcesRole, "sources"},
            {AgentsTextRole, "agentsText"},
            {ThoughtsRole, "thoughts"},
            {ThoughtsTitleRole, "thoughtsTitle"},
            {AgentRole, "agent"},
            {TimeRole, "time"},
            {ExactTimeRole, "exactTime"},
            {StatusRole, "status"},
            {ProblemTextRole, "problemText"},
            {ProblemCodeRole, "problemCode"},
            {RetryTextRole, "retryText"},
            {OutcomeTextRole, "outcomeText"},
            {ContinuableRole, "continuable"},
            {DetailsRole, "details"},
            {VersionRole, "version"},
            {VersionCountRole, "versionCount"},
            {WaitingTextRole, "waitingText"},
            {AskedRole, "asked"},
            {EditingRole, "editing"},
            {DraftRole, "draft"}};
}

void MessageListModel::follow(const Changes &changes)
{
    for (const Change &c : changes) {
        std::visit(Overloaded{
                       [this](const change::Reset &r) { resetKeepingRows(r.news); },
                       [this](const change::RowInserted &i) {
                           if (addRows(i.row, i.row + 1))
                               Q_EMIT grew();
                       },
                       [this](const change::RowRemoved &r) { dropRows(r.row, r.row + 1); },
                       [this](const change::RowChanged &r) { changeRow(r.row); },
                       [this](const change::ContentAppended &a) { appendContent(a.row, a.text); },
                       [this](const change::ThoughtsAppended &a) { appendThoughts(a.row, a.text); },
                       [](const change::HelloChanged &) {},
                       [](const change::Renamed &) {},
                       [](const change::Forgotten &) {},
                       [](const change::Noticed &) {},
                   },
                   c);
    }
    if (const bool answering = !m_view.liveTurn().isEmpty(); answering != m_answering) {
        m_answering = answering;
        touchWaiting();
    }
}

void MessageListModel::setConnected(bool connected)
{
    if (connected == m_connected)
        return;
    m_connected = connected;
    forgetDecisions();
    touchWaiting();
}

void MessageListModel::touchWaiting()
{
    for (int row = 0; row < rowCount(); ++row) {
        if (!waitingText(row).isEmpty())
            touch(row, {WaitingTextRole});
    }
}

// ---- editing

void MessageListModel::beginEdit(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    Row &shown = *m_rows[std::size_t(row)];
    if (shown.isAnswer() || !shown.isTaken() || shown.draft)
        return;
    shown.draft = shown.message.content;
    // An editor that is made for it reads the draft at once.
    touch(row, {DraftRole});
    touch(row, {EditingRole});
}

void MessageListModel::keepDraft(int row, const QString &draft)
{
    if (row >= 0 && row < rowCount() && m_rows[std::size_t(row)]->draft)
        m_rows[std::size_t(row)]->draft = draft;
}

void MessageListModel::endEdit(int row)
{
    if (row < 0 || row >= rowCount() || !m_rows[std::size_t(row)]->draft)
        return;
    m_rows[std::size_t(row)]->draft.reset();
    touch(row, {EditingRole, DraftRole});
}

// ---- tool calls

ToolListModel *MessageListModel::toolsAwaiting(const QString &call) const
{
    for (const auto &row : m_rows) {
        if (row->isAnswer() && row->tools->awaits(call))
            return row->tools.get();
    }
    return nullptr;
}

void MessageListModel::forgetDecision(const QString &call)
{
    for (const auto &row : m_rows) {
        if (row->isAnswer())
            row->tools->setDecided(call, false);
    }
}

void MessageListModel::forgetDecisions()
{
    for (const auto &row : m_rows) {
        if (row->isAnswer())
            row->tools->forgetDecisions();
    }
}

// ---- rows

QString MessageListModel::plainText(int row) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    return shown.isAnswer() ? shown.blocks->plainText() : shown.message.content;
}

int MessageListModel::blockWith(int row, const QString &words) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    const int count = shown.isAnswer() ? shown.blocks->rowCount() : 0;
    for (int block = 0; block < count; ++block) {
        const QString text = shown.blocks->index(block).data(BlockListModel::TextRole).toString();
        if (!words::rangesOf(text, words).isEmpty())
            return block;
    }
    return 0;
}

QString MessageListModel::textBetween(const TextSpot &from, const TextSpot &to) const
{
    constexpr int end = std::numeric_limits<int>::max();
    QStringList parts;
    const int last = std::min(to.message, rowCount() - 1);
    for (int row = std::max(from.message, 0); row <= last; ++row) {
        const TextSpot begins = row == from.message ? from : TextSpot{row, 0, 0};
        const TextSpot ends = row == to.message ? to : TextSpot{row, end, end};
        const Row &shown = *m_rows[std::size_t(row)];
        QString text;
        if (shown.isAnswer()) {
            text = shown.blocks->textBetween(begins, ends);
        } else { // Where they are shown its lines end in one character.
            text = shown.message.content;
            text.replace(u"\r\n"_s, u"\n"_s);
            text = text.left(ends.offset).mid(std::max(begins.offset, 0));
        }
        if (!text.isEmpty())
            parts.append(text);
    }
    return parts.join(u"\n\n"_s);
}

std::unique_ptr<MessageListModel::Row> MessageListModel::makeRow(int row)
{
    auto made = std::make_unique<Row>();
    const ViewMessage &now = m_view.at(row);
    if (now.role == runnel::Role::Model) {
        made->makeModels(this);
        connect(made->tools.get(), &ToolListModel::asked, this, &MessageListModel::toolAsked);
        made->blocks->replace(now.content, now.state != MessageState::Running);
    }
    made->take(now);
    return made;
}

void MessageListModel::reset()
{
    beginResetModel();
    m_rows.clear();
    for (int row = 0; row < m_view.count(); ++row)
        m_rows.push_back(makeRow(row));
    endResetModel();
    Q_EMIT countChanged();
}

//! How many rows, from the first on, are the same messages as in the view.
int MessageListModel::keptRows() const
{
    int kept = 0;
    while (kept < std::min(rowCount(), m_view.takenCount()) && viewed(kept))
        ++kept;
    return kept;
}

//! Another branch has the beginning of the one before, and the snapshot of a connection that came
//! back mostly repeats what is here: rows that stay keep the reader's place and what is edited.
void MessageListModel::resetKeepingRows(bool news)
{
    const int kept = keptRows();
    if (kept == 0) {
        reset();
        return;
    }
    const auto newest = [this, row = kept - 1] {
        const Row &shown = *m_rows[std::size_t(row)];
        return std::tuple(plainText(row), shown.message.state, shown.extras());
    };
    const auto before = newest();
    dropRows(kept, rowCount());
    for (int row = 0; row < kept; ++row)
        refreshRow(row);
    const bool more = newest() != before;
    const bool taken = addRows(kept, m_view.count());
    if (news && (more || taken))
        Q_EMIT grew();
}

void MessageListModel::refreshRow(int row)
{
    Row &shown = *m_rows[std::size_t(row)];
    const ViewMessage &now = m_view.at(row);
    const bool sameText = shown.hasTextOf(now);
    shown.take(now);
    if (shown.isAnswer() && !sameText) {
        shown.unrendered.clear();
        shown.blocks->replace(now.content, now.state != MessageState::Running);
    }
    touch(row, {});
}

//! Puts in what the view has from \a from to before \a to; true when any of it is in the
//! conversation.
bool MessageListModel::addRows(int from, int to)
{
    if (from >= to)
        return false;
    std::vector<std::unique_ptr<Row>> made;
    for (int row = from; row < to; ++row)
        made.push_back(makeRow(row));
    const bool taken = made.front()->isTaken();
    beginInsertRows({}, from, to - 1);
    m_rows.insert(m_rows.begin() + from, std::move_iterator(made.begin()),
                  std::move_iterator(made.end()));
    endInsertRows();
    Q_EMIT countChanged();
    if (taken && from > 0)
        touch(from - 1, {ContinuableRole});
    return taken;
}

void MessageListModel::dropRows(int from, int to)
{
    if (from >= to)
        return;
    beginRemoveRows({}, from, to - 1);
    m_rows.erase(m_rows.begin() + from, m_rows.begin() + to);
    endRemoveRows();
    Q_EMIT countChanged();
}

void MessageListModel::changeRow(int row)
{
    Row &shown = *m_rows[std::size_t(row)];
    const bool wasTaken = shown.isTaken();
    const bool ended = shown.message.state == MessageState::Running &&
                       m_view.at(row).state != MessageState::Running;
    const int extras = shown.extras();
    shown.take(m_view.at(row));
    if (ended) {
        shown.unrendered.clear();
        shown.blocks->finish(m_view.at(row).content);
    }
    touch(row, {AgentRole, AgentsTextRole, TimeRole, ExactTimeRole, StatusRole, ProblemTextRole,
                ProblemCodeRole, RetryTextRole, OutcomeTextRole, ContinuableRole, DetailsRole,
                ThoughtsTitleRole, VersionRole, VersionCountRole, WaitingTextRole, AskedRole});
    if (!wasTaken && shown.isTaken() && row > 0)
        touch(row - 1, {ContinuableRole});
    if (ended || shown.extras() > extras)
        Q_EMIT grew();
}

void MessageListModel::appendContent(int row, const QString &text)
{
    Row &shown = *m_rows[std::size_t(row)];
    if (shown.thinking.isValid() && shown.thoughtMs < 0) {
        shown.thoughtMs = shown.thinking.elapsed();
        touch(row, {ThoughtsTitleRole});
    }
    shown.unrendered += text;
    touch(row, {TextRole});
    // The first text is shown at once, what comes within the same frame waits for the next.
    if (m_pacer.isIdle())
        render();
}

void MessageListModel::appendThoughts(int row, const QString &)
{
    Row &shown = *m_rows[std::size_t(row)];
    if (!shown.thinking.isValid())
        shown.thinking.start();
    touch(row, {ThoughtsRole});
}

void MessageListModel::render()
{
    m_pacer.begin();
    bool any = false;
    // The one live answer is near the end: our own waiting messages may stand below it.
    // clang 14 cannot read the views of libstdc++ 12. NOLINTNEXTLINE(modernize-loop-convert)
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) {
        Row &shown = **row;
        if (!shown.unrendered.isEmpty()) {
            shown.blocks->append(std::exchange(shown.unrendered, {}));
            any = true;
        }
        if (shown.isAnswer())
            break;
    }
    if (!any)
        return;
    m_pacer.end();
    Q_EMIT grew();
}

void MessageListModel::touch(int row, const QList<int> &roles)
{
    Q_EMIT dataChanged(index(row), index(row), roles);
}

} // namespace runnel
