#pragma once

#include "client/messagetree.h"
#include "client/sessionchange.h"
#include "client/viewmessage.h"
#include "protocol/frames.h"

#include <QHash>

#include <vector>

namespace runnel {

//! The reducer of the chat protocol: frames in, the state of one conversation out. Pure: it knows
//! no socket and no clock. Live and resumed frames go the same way; a frame that was seen before is
//! dropped, a snapshot replaces all, an unknown type only counts. A chunk costs O(1). Its twin is
//! frontend/js/reducer.js, both are held to tests/data/sessions/.
//!
//! The whole tree is kept; rows are the visible branch from the root on, then our own messages and
//! edits that are not in the conversation yet. A gap in `seq` is not looked for: ChatClient does.
class SessionView
{
public:
    //! The messages that share a row's parent.
    struct Siblings
    {
        QStringList ids; //!< Oldest first, the row's own among them; none of one that is not taken.
        int index = 0;   //!< The row's own.

        [[nodiscard]] int count() const { return int(ids.size()); }
    };

    //! A RegenerateAnswer or ContinueAnswer of ours that is on its way: it has no row of its own.
    struct Asked
    {
        enum class Kind { Regenerate, Continue };

        Kind kind = Kind::Regenerate;
        QString id;
        QString messageId; //!< The question to answer again, or the answer to go on with.
    };

    //! What \a frame changed; nothing when it was seen before.
    Changes apply(const ServerFrame &frame);
    //! Shows a message of ours that is on its way; \a message has an id that is not here yet.
    Changes addOutgoing(const SendMessage &message, const QDateTime &at);
    //! The same of an edit of ours.
    Changes addEdit(const EditMessage &edit, const QDateTime &at);
    //! Marks the answer that \a asked is about, see askedOf().
    Changes addAsked(const Asked &asked);
    //! Something of ours that will not be taken, for a reason that this end knows.
    Changes refuseOutgoing(const QString &id, const Problem &why);
    //! Takes a message of ours away that was not taken.
    Changes removeOutgoing(const QString &id);

    //! The rows of the conversation; those of ours that are not taken come after them.
    [[nodiscard]] int takenCount() const { return m_tree.rows(); }
    [[nodiscard]] int count() const { return m_tree.rows() + int(m_outgoing.size()); }
    [[nodiscard]] const ViewMessage &at(int row) const;
    [[nodiscard]] Siblings siblings(int row) const;
    //! Whether a message of that id was taken, in whatever version of the conversation.
    [[nodiscard]] bool knows(const QString &messageId) const
    {
        return m_tree.find(messageId) != MessageTree::none;
    }
    //! What was asked of the answer in \a row, or of its question, and is neither taken nor refused
    //! yet; null when nothing was.
    [[nodiscard]] const Asked *askedOf(int row) const;
    //! All of that, oldest first.
    [[nodiscard]] const std::vector<Asked> &asked() const { return m_asked; }
    //! As somebody named the conversation; null: after its first message.
    [[nodiscard]] const QString &title() const { return m_title; }
    //! Of the log that seq() counts; empty when the server names none.
    [[nodiscard]] const QString &epoch() const { return m_epoch; }
    //! The turn that is being answered, perhaps in a branch that is not visible; null when none is.
    [[nodiscard]] const QString &liveTurn() const { return m_liveTurn; }
    [[nodiscard]] Seq seq() const { return m_seq; }
    //! Of the last `session` frame; empty before it.
    [[nodiscard]] const SessionHello &hello() const { return m_hello; }
    //! The conversation as the server's own snapshot would say it, all branches: applied to another
    //! view it gives this one, but for what of ours is not taken, for what no snapshot says (that a
    //! turn asks again, when to ask again), and for epoch(), which hello() says. Texts are shared,
    //! not copied.
    [[nodiscard]] Snapshot snapshot() const;

private:
    Changes on(const SessionHello &hello);
    Changes on(const Snapshot &snapshot);
    Changes on(const UserMessage &user);
    Changes on(const TurnStarted &turn);
    Changes on(const Chunk &chunk);
    Changes on(const Thought &thought);
    Changes on(const TurnRetrying &retrying);
    Changes on(const AgentFloor &floor);
    Changes on(const ToolCalled &called);
    Changes on(const ToolAnswered &answered);
    Changes on(const SourcesFound &found);
    Changes on(const TurnComplete &complete);
    Changes on(const ErrorFrame &error);
    Changes on(const BranchSelected &branch);
    Changes on(const TitleChanged &title);
    Changes on(const UnknownFrame &) { return {}; }

    Changes goOn(int node, const TurnStarted &turn);
    Changes appendTaken(ViewMessage message, int ownRow = -1);
    int add(ViewMessage message);
    [[nodiscard]] int answerOf(const QString &turn) const;
    template <typename Change>
    Changes changeAnswer(const QString &turn, Change change);
    [[nodiscard]] Changes rowChanged(int node) const;
    void forgetOutgoing(const QString &id);
    [[nodiscard]] Changes rowChanged(const Asked &asked) const;
    void endTurn(const QString &turn);
    [[nodiscard]] int outgoingRow(const QString &id) const;

    MessageTree m_tree;
    std::vector<ViewMessage> m_outgoing;
    std::vector<Asked> m_asked;
    QHash<QString, int> m_nodeOfTurn;
    QString m_liveTurn;
    SessionHello m_hello;
    QString m_title;
    QString m_epoch;
    Seq m_seq = 0;
};

} // namespace runnel
