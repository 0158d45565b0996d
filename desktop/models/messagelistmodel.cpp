#include "models/messagelistmodel.h"

#include "models/words.h"

#include <algorithm>
#include <utility>

namespace runnel {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

//! One frame of a 60 Hz screen: text that comes faster is rendered together.
constexpr auto frame = 16ms;
//! What a rendering may cost beyond its frame without a pause, how much longer than that the pause
//! is, and the most that a reader waits for text that is here.
constexpr auto freeOfPause = 4ms;
constexpr int pausePerCost = 8;
constexpr auto longestPause = 500ms;
//! Relative times ("5 min ago") are said anew so often.
constexpr auto timesRefresh = 30s;

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

//! Delegates of a row that goes may still look at its blocks until the event loop turns.
struct Later
{
    void operator()(QObject *object) const { object->deleteLater(); }
};

//! What the view does not keep, and a copy of the rest of it but an answer's texts: a shared text
//! would be copied whole by the next append to it.
struct MessageListModel::Row
{
    ViewMessage message;
    std::unique_ptr<BlockListModel, Later> blocks; //!< Of an answer.
    QString unrendered;
    QElapsedTimer thinking; //!< Runs from the first thought that came live.
    qint64 thoughtMs = -1;

    [[nodiscard]] bool isAnswer() const { return message.role == runnel::Role::Model; }

    //! In the conversation, no message of ours that waits.
    [[nodiscard]] bool isTaken() const { return !message.messageId.isEmpty(); }

    [[nodiscard]] bool isOf(const ViewMessage &other) const
    {
        return message.messageId == other.messageId && message.at == other.at &&
               message.role == other.role;
    }

    void take(const ViewMessage &now)
    {
        message = now;
        message.thoughts.clear();
        if (isAnswer())
            message.content.clear();
    }

    [[nodiscard]] QString thoughtsTitle(bool hasContent) const
    {
        if (message.state == MessageState::Running && !hasContent)
            return tr("Thinking");
        if (thoughtMs < 0)
            return tr("Thoughts");
        return tr("Thought for %1 s").arg(std::max<qint64>(1, (thoughtMs + 500) / 1000));
    }
};

MessageListModel::MessageListModel(const SessionView &view, QObject *parent)
    : QAbstractListModel(parent)
    , m_view(view)
{
    m_frameTimer.setSingleShot(true);
    m_frameTimer.setTimerType(Qt::PreciseTimer);
    m_frameTimer.setInterval(frame);
    connect(&m_frameTimer, &QTimer::timeout, this, &MessageListModel::afterFrame);
    m_pauseTimer.setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, &MessageListModel::render);
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
    case TextRole:
        // An answer's row is the same here and there at every moment of a change: only messages of
        // ours ever move, and theirs is kept.
        return row.isAnswer() ? m_view.at(index.row()).content : m.content;
    case BlocksRole:
        return QVariant::fromValue(row.blocks.get());
    case ThoughtsRole:
        return m_view.at(index.row()).thoughts;
    case ThoughtsTitleRole:
        return row.thoughtsTitle(!m_view.at(index.row()).content.isEmpty());
    case AgentRole:
        return m.agent;
    case TimeRole:
        return words::time(m.at, QDateTime::currentDateTimeUtc());
    case ExactTimeRole:
        return words::exactTime(m.at);
    case StatusRole:
        return statusOf(m);
    case ProblemTextRole:
        return m.problem ? m.problem->text : QString();
    case ProblemCodeRole:
        return m.problem ? m.problem->code : QString();
    case RetryTextRole:
        return m.retrying ? words::retrying(*m.retrying) : QString();
    case OutcomeTextRole:
        return row.isAnswer() ? words::outcome(m) : QString();
    case ContinuableRole:
        return m.state == MessageState::Interrupted || m.finishReason == FinishReason::Length;
    case DetailsRole:
        return row.isAnswer() ? words::details(m) : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    return {{IsAnswerRole, "isAnswer"},
            {TextRole, "text"},
            {BlocksRole, "blocks"},
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
            {DetailsRole, "details"}};
}

void MessageListModel::follow(const Changes &changes)
{
    for (const Change &c : changes) {
        std::visit(Overloaded{
                       [this](const change::Reset &) { reset(); },
                       [this](const change::RowInserted &i) {
                           if (insertRow(i.row).isTaken())
                               Q_EMIT grew();
                       },
                       [this](const change::RowRemoved &r) { removeRow(r.row); },
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
}

QString MessageListModel::plainText(int row) const
{
    const Row &shown = *m_rows[std::size_t(row)];
    return shown.isAnswer() ? shown.blocks->plainText() : shown.message.content;
}

std::unique_ptr<MessageListModel::Row> MessageListModel::makeRow(int row)
{
    auto made = std::make_unique<Row>();
    const ViewMessage &now = m_view.at(row);
    made->take(now);
    if (made->isAnswer()) {
        // With a parent QML never takes it for its own.
        made->blocks.reset(new BlockListModel(this));
        made->blocks->replace(now.content, now.state != MessageState::Running);
    }
    return made;
}

void MessageListModel::reset()
{
    if (keepRows())
        return;
    beginResetModel();
    m_rows.clear();
    for (int row = 0; row < m_view.count(); ++row)
        m_rows.push_back(makeRow(row));
    endResetModel();
    Q_EMIT countChanged();
}

//! A connection that came back begins with a snapshot, which mostly repeats what is here: rows that
//! stay keep the reader's place. False, and nothing done, when another conversation begins.
bool MessageListModel::keepRows()
{
    int taken = 0;
    while (taken < rowCount() && m_rows[std::size_t(taken)]->isTaken())
        ++taken;
    if (taken == 0 || taken > m_view.count())
        return false;
    for (int row = 0; row < taken; ++row) {
        if (!m_rows[std::size_t(row)]->isOf(m_view.at(row)))
            return false;
    }
    const auto newest = [this, row = taken - 1] {
        return std::pair(plainText(row), m_rows[std::size_t(row)]->message.state);
    };
    const auto before = newest();
    while (rowCount() > taken)
        removeRow(rowCount() - 1);
    for (int row = 0; row < taken; ++row)
        refreshRow(row);
    bool more = newest() != before;
    while (rowCount() < m_view.count())
        more |= insertRow(rowCount()).isTaken();
    if (more)
        Q_EMIT grew();
    return true;
}

void MessageListModel::refreshRow(int row)
{
    Row &shown = *m_rows[std::size_t(row)];
    const ViewMessage &now = m_view.at(row);
    shown.take(now);
    if (shown.isAnswer()) {
        shown.unrendered.clear();
        shown.blocks->replace(now.content, now.state != MessageState::Running);
    }
    touch(row, {});
}

const MessageListModel::Row &MessageListModel::insertRow(int row)
{
    beginInsertRows({}, row, row);
    m_rows.insert(m_rows.begin() + row, makeRow(row));
    endInsertRows();
    Q_EMIT countChanged();
    return *m_rows[std::size_t(row)];
}

void MessageListModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
}

void MessageListModel::changeRow(int row)
{
    Row &shown = *m_rows[std::size_t(row)];
    const bool ended = shown.message.state == MessageState::Running &&
                       m_view.at(row).state != MessageState::Running;
    shown.take(m_view.at(row));
    if (ended) {
        shown.unrendered.clear();
        shown.blocks->finish(m_view.at(row).content);
    }
    touch(row, {AgentRole, TimeRole, ExactTimeRole, StatusRole, ProblemTextRole, ProblemCodeRole,
                RetryTextRole, OutcomeTextRole, ContinuableRole, DetailsRole, ThoughtsTitleRole});
    if (ended)
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
    if (!m_frameTimer.isActive() && !m_pauseTimer.isActive())
        render();
}

void MessageListModel::appendThoughts(int row, const QString &)
{
    Row &shown = *m_rows[std::size_t(row)];
    if (!shown.thinking.isValid())
        shown.thinking.start();
    touch(row, {ThoughtsRole});
}

//! The views lay out and paint after render() has returned, and all that before the frame's timer.
//! Work is what took both the processor and time: a wait for the screen, a window that is dragged
//! or a process that was stopped is none, and what other threads do besides holds nothing up.
void MessageListModel::afterFrame()
{
    const milliseconds passed(m_sinceRendering.elapsed());
    const milliseconds worked((std::clock() - m_clockAtRendering) * 1000 / CLOCKS_PER_SEC);
    const milliseconds cost = std::min(passed, worked) - frame;
    if (cost > freeOfPause)
        m_pauseTimer.start(std::min<milliseconds>(pausePerCost * cost, longestPause));
    else
        render();
}

void MessageListModel::render()
{
    m_sinceRendering.start();
    m_clockAtRendering = std::clock();
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
    m_frameTimer.start();
    Q_EMIT grew();
}

void MessageListModel::touch(int row, const QList<int> &roles)
{
    Q_EMIT dataChanged(index(row), index(row), roles);
}

} // namespace runnel
