#pragma once

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
//! Rows are the visible branch from the root on, then our own messages that are not in the
//! conversation yet. A gap in `seq` is not looked for: the socket loses nothing, and a client that
//! cannot read a frame starts again from a snapshot.
class SessionView
{
public:
    //! What \a frame changed; nothing when it was seen before.
    Changes apply(const ServerFrame &frame);
    //! Shows a message of ours that is on its way; \a message has an id that is not here yet.
    Changes addOutgoing(const SendMessage &message, const QDateTime &at);
    //! A message of ours that will not be taken, for a reason that this end knows.
    Changes refuseOutgoing(const QString &id, const Problem &why);
    //! Takes a message of ours away that was not taken.
    Changes removeOutgoing(const QString &id);

    [[nodiscard]] int count() const { return int(m_taken.size() + m_outgoing.size()); }
    [[nodiscard]] const ViewMessage &at(int row) const;
    //! The turn that is being answered; null when none is.
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

    bool trimTo(const QString &parentId);
    void appendTaken(ViewMessage message);
    ViewMessage *answerOf(const QString &turn);
    bool signOfLife(ViewMessage &answer);
    void endTurn(const QString &turn);
    [[nodiscard]] int outgoingRow(const QString &id) const;

    std::vector<ViewMessage> m_taken;
    std::vector<ViewMessage> m_outgoing;
    QHash<QString, int> m_rowOfTurn;
    QString m_liveTurn;
    SessionHello m_hello;
    Seq m_seq = 0;
};

} // namespace runnel
