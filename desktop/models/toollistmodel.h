#pragma once

#include "protocol/frames.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace runnel {

//! The tool calls of one answer. What a card opens to is only written when it is asked for, and
//! everything from the wire is bounded.
class ToolListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from MessageListModel")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)

public:
    //! How a call stands.
    enum Stage {
        Waiting, //!< For a decision.
        Running,
        Done,
        Failed,
        Unfinished, //!< The answer has ended, the call never did.
    };
    Q_ENUM(Stage)

    enum Role {
        CallRole = Qt::UserRole,
        ToolRole,
        PreviewRole,   //!< The arguments in a line; empty when there are none.
        InputRole,     //!< The arguments in many.
        InputNoteRole, //!< Says that they are not whole; else empty.
        ResultRole,    //!< What the tool said, or the error.
        ResultNoteRole,
        FailureRole, //!< The error in a line.
        StageRole,
        StageTextRole,
        DurationRole, //!< "0.2 s"; empty while nobody knows.
        SummaryRole,  //!< How it stands, how long it took and with what, for a screen reader.
        AskTextRole,  //!< "poet wants to use this tool."
        DecidedRole,  //!< The server has a decision and has not answered it yet.
    };

    static constexpr qsizetype longestLine = 200; //!< UTF-16 units, as all of these.
    static constexpr qsizetype longestText = 100'000;

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! The calls are \a tools now; only rows that really changed are touched. \a running: the
    //! answer has not ended.
    void follow(const QList<ToolUse> &tools, bool running);
    //! Some call waits or runs.
    [[nodiscard]] bool busy() const { return m_busy; }
    //! \a call waits, and nothing was decided yet.
    [[nodiscard]] bool awaits(const QString &call) const;
    //! Until its row changes.
    void setDecided(const QString &call, bool decided);
    //! What was decided did not get there.
    void forgetDecisions();

Q_SIGNALS:
    void countChanged();
    void busyChanged();
    //! A call waits for a decision that did not before.
    void asked(const QString &agent, const QString &tool);

private:
    struct Call
    {
        ToolUse use;
        bool decided = false;
    };

    [[nodiscard]] Stage stageOf(const ToolUse &use) const;
    [[nodiscard]] QVariant textOf(const ToolUse &use, int role) const;
    void change(int row, const ToolUse &use, bool wasRunning);
    void add(const QList<ToolUse> &tools);
    void drop(int from);
    void tellBusy();

    std::vector<Call> m_calls;
    bool m_running = false;
    bool m_busy = false;
};

} // namespace runnel
