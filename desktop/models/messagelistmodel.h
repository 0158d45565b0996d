#pragma once

#include "client/sessionview.h"
#include "models/framepacer.h"
#include "models/messagerow.h"
#include "models/words.h"

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace runnel {

//! The rows of a SessionView for QML. It follows the changes that the view reports; a chunk touches
//! one row and one role, and its text is rendered when the FramePacer says so.
class MessageListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from ChatSession")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

public:
    //! How a row stands.
    enum Status {
        Taken,   //!< A user's message in the conversation.
        Pending, //!< Ours, not taken yet.
        Refused, //!< Ours, not taken for the reason in problemText.
        Running, //!< An answer that comes.
        Done,
        Stopped,
        Interrupted,
        Failed,
    };
    Q_ENUM(Status)

    enum Role {
        IsAnswerRole = Qt::UserRole,
        TextRole,       //!< As it came, Markdown and all.
        BlocksRole,     //!< BlockListModel of an answer.
        ToolsRole,      //!< Its ToolListModel.
        SourcesRole,    //!< Its SourceListModel.
        AgentsTextRole, //!< "poet → critic", when an answer had more than one.
        ThoughtsRole,
        ThoughtsTitleRole, //!< "Thinking", "Thought for 6 s".
        AgentRole,
        TimeRole,
        ExactTimeRole,
        StatusRole,
        ProblemTextRole,
        ProblemCodeRole,
        RetryTextRole,    //!< While the turn waits to ask its model again.
        OutcomeTextRole,  //!< "Stopped", "The answer reached its length limit."
        ContinuableRole,  //!< The answer was cut and nothing follows it: it may go on.
        DetailsRole,      //!< Model and tokens.
        VersionRole,      //!< Which of the messages at this place it is, from 1.
        VersionCountRole, //!< How many there are; 0 of what is not in the conversation yet.
        WaitingTextRole,  //!< Ours that is not taken, or an answer of which something was asked:
                          //!< what it waits for.
        AskedRole,        //!< Another answer or its end was asked for already.
        EditingRole,
        DraftRole, //!< What a message that is edited says so far.
    };

    //! \a view outlives the model; every change of it comes through follow().
    explicit MessageListModel(const SessionView &view, QObject *parent = nullptr);
    ~MessageListModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void follow(const Changes &changes);
    //! What the message in \a row says, without formats.
    [[nodiscard]] QString plainText(int row) const;
    //! The first block of an answer that has one of \a words, as a search finds them; 0 where none
    //! has, and of a person's message.
    [[nodiscard]] int blockWith(int row, const QString &words) const;
    //! What is shown between two places, without formats; messages stand apart by a line.
    [[nodiscard]] QString textBetween(const TextSpot &from, const TextSpot &to) const;

    //! Without a connection what is not taken waits for it.
    void setConnected(bool connected);
    //! Only messages of people that are in the conversation can be edited; else nothing happens.
    void beginEdit(int row);
    //! The editor has it already: no change is told.
    void keepDraft(int row, const QString &draft);
    void endEdit(int row);

    //! Of the answer in which \a call waits for a decision that was not made yet; null of none.
    [[nodiscard]] ToolListModel *toolsAwaiting(const QString &call) const;
    //! What was decided of \a call, or of any, was answered or did not get there.
    void forgetDecision(const QString &call);
    void forgetDecisions();

Q_SIGNALS:
    void countChanged();
    //! Something new is shown at the end: a message of the conversation, text of the answer, a tool
    //! call or a source, how it ended. What a snapshot brings is told once; messages of ours that
    //! wait are no news.
    void grew();
    //! A tool call waits for a decision that did not before.
    void toolAsked(const QString &agent, const QString &tool);

private:
    using Row = MessageRow;

    [[nodiscard]] QVariant stateOf(int row, int role) const;
    [[nodiscard]] const ViewMessage *viewed(int row) const;
    [[nodiscard]] QString waitingText(int row) const;
    [[nodiscard]] words::WaitsFor waitsFor() const;

    void reset();
    void resetKeepingRows(bool news);
    [[nodiscard]] int keptRows() const;
    bool addRows(int from, int to);
    void dropRows(int from, int to);
    void refreshRow(int row);
    void changeRow(int row);
    void touchWaiting();
    void appendContent(int row, const QString &text);
    void appendThoughts(int row, const QString &text);
    [[nodiscard]] std::unique_ptr<Row> makeRow(int row);
    void render();
    void touch(int row, const QList<int> &roles);

    const SessionView &m_view;
    std::vector<std::unique_ptr<Row>> m_rows;
    bool m_connected = false;
    bool m_answering = false;
    FramePacer m_pacer;
    QTimer m_minuteTimer;
};

} // namespace runnel
