#pragma once

#include "client/sessionview.h"
#include "models/blocklistmodel.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <ctime>
#include <memory>
#include <vector>

namespace runnel {

//! The rows of a SessionView for QML. It follows the changes that the view reports; a chunk touches
//! one row and one role, and its text is rendered at most once per frame of the screen. A rendering
//! that keeps the window busy, as that of a very long table does, is followed by a pause in
//! proportion, half a second at most: a block's cost grows with its length, so that the whole would
//! not be linear otherwise.
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
        TextRole,   //!< As it came, Markdown and all.
        BlocksRole, //!< BlockListModel of an answer.
        ThoughtsRole,
        ThoughtsTitleRole, //!< "Thinking", "Thought for 6 s".
        AgentRole,
        TimeRole,
        ExactTimeRole,
        StatusRole,
        ProblemTextRole,
        ProblemCodeRole,
        RetryTextRole,   //!< While the turn waits to ask its model again.
        OutcomeTextRole, //!< "Stopped", "The answer reached its length limit."
        ContinuableRole, //!< The answer was cut: the model may be asked to go on.
        DetailsRole,     //!< Model and tokens.
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

Q_SIGNALS:
    void countChanged();
    //! Something new is shown at the end: a message of the conversation, text of the answer, how it
    //! ended. What a snapshot brings is told once; messages of ours that wait are no news.
    void grew();

private:
    struct Row;

    void reset();
    bool keepRows();
    void refreshRow(int row);
    const Row &insertRow(int row);
    void removeRow(int row);
    void changeRow(int row);
    void appendContent(int row, const QString &text);
    void appendThoughts(int row, const QString &text);
    [[nodiscard]] std::unique_ptr<Row> makeRow(int row);
    void render();
    void afterFrame();
    void touch(int row, const QList<int> &roles);

    const SessionView &m_view;
    std::vector<std::unique_ptr<Row>> m_rows;
    QTimer m_frameTimer;
    QTimer m_pauseTimer;
    QElapsedTimer m_sinceRendering;
    std::clock_t m_clockAtRendering = 0; //!< CPU time of the process.
    QTimer m_minuteTimer;
};

} // namespace runnel
