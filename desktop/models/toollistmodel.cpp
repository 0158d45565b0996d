#include "models/toollistmodel.h"

#include "models/boundedtext.h"
#include "models/words.h"

#include <algorithm>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

BoundedText inputOf(const ToolUse &use)
{
    return boundedJson(use.arguments, JsonForm::Lines, ToolListModel::longestText);
}

BoundedText resultOf(const ToolUse &use)
{
    return cut(use.state == ToolState::Failed ? use.error : use.content,
               ToolListModel::longestText);
}

QString noteOf(const BoundedText &shown)
{
    return shown.isWhole ? QString() : words::notWhole(ToolListModel::longestText);
}

} // namespace

int ToolListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_calls.size());
}

QVariant ToolListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &[use, decided] = m_calls[std::size_t(index.row())];
    switch (role) {
    case CallRole:
        return use.call;
    case StageRole:
        return stageOf(use);
    case DecidedRole:
        return decided;
    default:
        return textOf(use, role);
    }
}

QVariant ToolListModel::textOf(const ToolUse &use, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case ToolRole:
        return words::tool(use.tool);
    case PreviewRole:
        return use.arguments.isEmpty()
                   ? QString()
                   : boundedJson(use.arguments, JsonForm::Line, longestLine).text;
    case InputRole:
        return inputOf(use).text;
    case InputNoteRole:
        return noteOf(inputOf(use));
    case ResultRole:
        return resultOf(use).text;
    case ResultNoteRole:
        return noteOf(resultOf(use));
    case FailureRole:
        return use.state == ToolState::Failed
                   ? cut(use.error.left(2 * longestLine).simplified(), longestLine).text
                   : QString();
    case StageTextRole:
        switch (stageOf(use)) {
        case Waiting:
            return tr("Waiting for approval");
        case Running:
            return tr("Running");
        case Done:
            return tr("Done");
        case Failed:
            return tr("Failed");
        case Unfinished:
            return tr("Not finished");
        }
        return {};
    case DurationRole:
        return use.took ? words::duration(*use.took) : QString();
    case SummaryRole: {
        QStringList parts{textOf(use, StageTextRole).toString(),
                          textOf(use, DurationRole).toString(),
                          textOf(use, PreviewRole).toString()};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case AskTextRole:
        return words::asksForTool(use.agent);
    default:
        return {};
    }
}

QHash<int, QByteArray> ToolListModel::roleNames() const
{
    return {{CallRole, "call"},
            {ToolRole, "tool"},
            {PreviewRole, "preview"},
            {InputRole, "input"},
            {InputNoteRole, "inputNote"},
            {ResultRole, "result"},
            {ResultNoteRole, "resultNote"},
            {FailureRole, "failure"},
            {StageRole, "stage"},
            {StageTextRole, "stageText"},
            {DurationRole, "duration"},
            {SummaryRole, "summary"},
            {AskTextRole, "askText"},
            {DecidedRole, "decided"}};
}

void ToolListModel::follow(const QList<ToolUse> &tools, bool running)
{
    const bool wasRunning = std::exchange(m_running, running);
    const int common = std::min(rowCount(), int(tools.size()));
    drop(common);
    for (int row = 0; row < common; ++row)
        change(row, tools[row], wasRunning);
    add(tools.sliced(common));
    tellBusy();
}

//! Whose answer ended or goes on stands otherwise too, when it was open.
void ToolListModel::change(int row, const ToolUse &use, bool wasRunning)
{
    Call &shown = m_calls[std::size_t(row)];
    const bool open = use.state == ToolState::Waiting || use.state == ToolState::Running;
    const bool waited =
        wasRunning && shown.use.state == ToolState::Waiting && shown.use.call == use.call;
    if (shown.use == use && !(open && wasRunning != m_running))
        return;
    shown = {use, false};
    Q_EMIT dataChanged(index(row), index(row));
    if (stageOf(use) == Waiting && !waited)
        Q_EMIT asked(use.agent, use.tool);
}

void ToolListModel::add(const QList<ToolUse> &tools)
{
    if (tools.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(tools.size()) - 1);
    for (const ToolUse &use : tools)
        m_calls.push_back({use});
    endInsertRows();
    Q_EMIT countChanged();
    for (const ToolUse &use : tools) {
        if (stageOf(use) == Waiting)
            Q_EMIT asked(use.agent, use.tool);
    }
}

void ToolListModel::drop(int from)
{
    if (from == rowCount())
        return;
    beginRemoveRows({}, from, rowCount() - 1);
    m_calls.resize(std::size_t(from));
    endRemoveRows();
    Q_EMIT countChanged();
}

ToolListModel::Stage ToolListModel::stageOf(const ToolUse &use) const
{
    switch (use.state) {
    case ToolState::Waiting:
        return m_running ? Waiting : Unfinished;
    case ToolState::Running:
        return m_running ? Running : Unfinished;
    case ToolState::Done:
        return Done;
    case ToolState::Failed:
        return Failed;
    case ToolState::Unfinished:
        break;
    }
    return Unfinished;
}

void ToolListModel::tellBusy()
{
    const bool busy = std::ranges::any_of(m_calls, [this](const Call &call) {
        return stageOf(call.use) == Waiting || stageOf(call.use) == Running;
    });
    if (busy == std::exchange(m_busy, busy))
        return;
    Q_EMIT busyChanged();
}

bool ToolListModel::awaits(const QString &call) const
{
    return std::ranges::any_of(m_calls, [this, &call](const Call &shown) {
        return shown.use.call == call && stageOf(shown.use) == Waiting && !shown.decided;
    });
}

void ToolListModel::setDecided(const QString &call, bool decided)
{
    for (int row = 0; row < rowCount(); ++row) {
        Call &shown = m_calls[std::size_t(row)];
        if (shown.use.call != call || shown.decided == decided)
            continue;
        shown.decided = decided;
        Q_EMIT dataChanged(index(row), index(row), {DecidedRole});
    }
}

void ToolListModel::forgetDecisions()
{
    for (const Call &shown : m_calls) {
        if (shown.decided)
            setDecided(shown.use.call, false);
    }
}

} // namespace runnel
