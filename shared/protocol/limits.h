#pragma once

#include <QtGlobal>

//! The bounds that both ends of the protocol know. Those that a server may set differently are the
//! defaults.
namespace runnel::limits {

//! Text of one user message, in bytes of UTF-8 (the setting MAX_MESSAGE_BYTES).
inline constexpr qint64 messageBytes = 64 * 1024;

//! Messages that wait behind the running answer of a session; one more gets `queue_full`.
inline constexpr int queuedMessages = 8;

//! A session id, an agent's name, a client's own message id, a turn: `[A-Za-z0-9_-]`, at most so
//! many characters.
inline constexpr qsizetype idCharacters = 64;

//! A title that somebody gives a conversation, and what the list is searched for: characters, in
//! UTF-16 code units.
inline constexpr qsizetype titleCharacters = 200;
inline constexpr qsizetype searchCharacters = 200;

//! A conversation that is imported: the body, its messages, and all their texts with what a message
//! costs besides (Conversation::messageCharacters), in UTF-16 code units. A conversation that is
//! full, and one answer more, has room; its snapshot, which escapes may make six times as long,
//! stays under 16 MiB.
inline constexpr qint64 importBytes = qint64(16) * 1024 * 1024;
inline constexpr qsizetype importMessages = 10'000;
inline constexpr qsizetype importCharacters = 2 * 1024 * 1024;

//! Of an answer that is imported: its agents, its tool calls, its sources, each so many.
inline constexpr qsizetype partsOfAnswer = 200;

//! The longest frame that a client may send, in bytes: JSON may write one byte of text as six
//! (`\u0001`), and the other fields need some room. Longer frames close the connection with 1009.
constexpr qint64 frameBytes(qint64 textBytes)
{
    return 6 * textBytes + 4 * 1024;
}

} // namespace runnel::limits
