#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"
#include "storage/storedconversation.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace runnel {

//! Keeps conversations while their sessions are not in memory, and longer than the process.
//!
//! What sessions produce is given to the put… functions, which only collect; commit() writes all of
//! it in one transaction. Nothing is shown to anybody before its commit: what a client has seen is
//! in the store. Used from the server's own thread; what may take long (list) comes back as a
//! future, everything else returns at once, which is at most the time of a few pages written to the
//! file's cache, never that of a disk that syncs.
//!
//! Errors are all ErrorCode::StorageFailed, with a sentence that names the file and the reason.
class ConversationStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    //! What a frame adds to the running answer.
    enum class Append {
        Text,
        Thought,
        Nothing, //!< A frame that leaves no trace but its seq: `retry`.
    };

    //! Begins or changes a conversation.
    virtual void putHead(const ConversationHead &head) = 0;
    //! Adds a message, or takes the place of the one with its id. One with MessageState::Running is
    //! the running answer, and there is at most one; what it has so far is in its record.
    virtual void putMessage(const QString &conversation, const StoredMessage &message) = 0;
    //! Adds to the running answer. Once a message of that id is put that no longer runs, what was
    //! appended is forgotten: the message has it.
    virtual void append(const QString &conversation, Seq seq, Append what, const QString &text) = 0;
    //! Writes what was put and appended since, all or nothing. After an error none of it is in the
    //! store, and isBroken() holds until recover() succeeds.
    [[nodiscard]] virtual std::optional<Error> commit() = 0;

    //! Whether who can wait with the next commit should, until rested(), which comes within a
    //! second: the store has something to do that needs a pause.
    [[nodiscard]] virtual bool isResting() const { return false; }

    //! Whether the last commit failed: commits will go on failing until recover() has succeeded.
    [[nodiscard]] virtual bool isBroken() const = 0;
    //! Tries whether it can be written to again. True when it can; costs little while it cannot.
    //! False, too, while something that was put waits for a commit: that has to fail first, for who
    //! put it to hear of it.
    [[nodiscard]] virtual bool recover() = 0;

    //! What is stored of that conversation; nothing when it does not exist (or is removed). An
    //! answer that still runs in the store but not in this process was cut off: it comes as
    //! MessageState::Interrupted with FinishReason::Interrupted, with all that was appended, and
    //! head.seq is one more than the newest seq that a client can have seen: that of the
    //! `complete` frame which nobody was sent. Commits what was collected before.
    [[nodiscard]] virtual Result<std::optional<StoredConversation>, Error>
    load(const QString &id) = 0;

    //! A page of the list. The future's result comes on whatever thread; use then() with a context.
    //! One that is cancelled before its turn has come costs nothing.
    [[nodiscard]] virtual QFuture<Result<ConversationPage, Error>>
    list(const ConversationQuery &query) = 0;

    //! Takes a conversation out of the list; restore() brings it back within undoTime. False when
    //! there is none (of those that are there, or that are removed).
    [[nodiscard]] virtual Result<bool, Error> remove(const QString &id) = 0;
    [[nodiscard]] virtual Result<bool, Error> restore(const QString &id) = 0;
    //! How long a removed conversation can be restored, at least. A new one under the same id ends
    //! it at once.
    static constexpr std::chrono::seconds undoTime{30};

Q_SIGNALS:
    //! isResting() has ended.
    void rested();
};

} // namespace runnel
