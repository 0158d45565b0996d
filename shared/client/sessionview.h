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

    //! What \a frame changed; nothing when it was seen before.
    Changes apply(const ServerFrame &frame);
    //! Shows a message of ours that is on its way; \a message has an id that is not here yet.
    Changes addOutgoing(const SendMessage &message, const QDateTime &at);
    //! The same of an edit of ours.
    Changes addEdit(const EditMessage &edit, const QDateTime &at);
    //! The same of a RegenerateAnswer or ContinueAnswer of ours: it has no row, see waiting().
    void addWaiting(const QString &id) { m_waiting.append(id); }
    //! A message of ours that will not be taken, for a reason that this end knows.
    Changes refuseOutgoing(const QString &id, const Problem &why);
    //! Takes a message of ours away that was not taken.
    Changes removeOutgoing(const QString &id);

    [[nodiscard]] int count() const { return m_tree.rows() + int(m_outgoing.size()); }
    [[nodiscard]] const ViewMessage &at(int row) const;
    [[nodiscard]] Siblings siblings(int row) const;
    //! What was given to addWaiting() and is neither taken nor refused.
    [[nodiscard]] const QStringList &waiting() const { return m_waiting; }
    //! As somebody named the conversation; null: after its first message.
    [[nodiscard]] const QString &title() const { return m_title; }
    //! Of the log that seq() counts; empty when the server names none.
    [[nodiscard]] const QString &epoch() const { return m_epoch; }
    //! The turn that is being answered, perhaps in a branch that is not visible; null when none is.
    [[nodiscard]] const QString &liveTurn() const { return m_liveTurn; }
    [[nodiscard]] Seq seq() const { return m_seq; }
    //! Of the last `session` frame; empty before it.
    [[nodiscard]] const SessionHello &hello() const { return m_hello; }

private:
    Changes on(const SessionHello &hello);
    Changes on(const Snapshot &snapshot);
    Changes on(const UserMessage &user);
    Changes on(const TurnStarted &turn);
    Changes on(const Chunk &chunk);
    Changes on(const Thought &thought);
    Changes on(const TurnRetrying &retrying);
    Changes on(const TurnComplete &complete);
    Changes on(const ErrorFrame &error);
    Changes on(const BranchSelected &branch);
    Changes on(const TitleChanged &title);
    Changes on(const UnknownFrame &) { return {}; }

    Changes goOn(int node, const TurnStarted &turn);
    Changes appendTaken(ViewMessage message, int ownRow = -1);
    int add(ViewMessage message);
    [[nodiscard]] int answerOf(const QString &turn) const;
    [[nodiscard]] Changes rowChanged(int node) const;
    void forgetOutgoing(const QString &id);
    void endTurn(const QString &turn);
    [[nodiscard]] int outgoingRow(const QString &id) const;

    MessageTree m_tree;
    std::vector<ViewMessage> m_outgoing;
    QStringList m_waiting;
    QHash<QString, int> m_nodeOfTurn;
    QString m_liveTurn;
    SessionHello m_hello;
    QString m_title;
    QString m_epoch;
    Seq m_seq = 0;
};

} // namespace runnel
