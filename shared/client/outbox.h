#pragma once

#include "protocol/frames.h"

#include <QStringList>

#include <deque>

namespace runnel {

//! True when \a error is the answer of a server that shuts down to a message of ours: no refusal,
//! the next server may take it.
[[nodiscard]] bool isPutOff(const ErrorFrame &error);

//! What we asked for and the server has not answered for yet: SendMessage, EditMessage,
//! RegenerateAnswer and ContinueAnswer, all with an id. A frame stays until a `user` or `turn`
//! frame has its id, its refusal, or a snapshot that knows it; on a new connection what is left is
//! sent again, and the server knows it by its id. What a server that shuts down does not take stays
//! too: it is for the next one. Bounded by its owner.
class Outbox
{
public:
    struct Entry
    {
        ClientFrame frame;
        QString id;
        bool written = false; //!< On the connection that is there now.
    };

    [[nodiscard]] qsizetype size() const { return qsizetype(m_entries.size()); }
    //! \a id is that of \a frame.
    void add(const ClientFrame &frame, const QString &id) { m_entries.push_back({frame, id}); }

    //! Takes away what \a frame answers for.
    void settle(const ServerFrame &frame);
    //! Takes \a id away; false when it is not here.
    bool remove(const QString &id);
    //! A new connection: nothing is written yet.
    void forgetWritten();
    //! The oldest that is not written yet, or null.
    [[nodiscard]] Entry *nextUnwritten();
    //! The ids of what was written on this connection.
    [[nodiscard]] QStringList writtenIds() const;
    [[nodiscard]] bool isWritten(const QString &id) const { return writtenIds().contains(id); }

private:
    void putOff(const QString &id);

    std::deque<Entry> m_entries;
};

} // namespace runnel
