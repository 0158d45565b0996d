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

//! The longest frame that a client may send, in bytes: JSON may write one byte of text as six
//! (`\u0001`), and the other fields need some room. Longer frames close the connection with 1009.
constexpr qint64 frameBytes(qint64 textBytes)
{
    return 6 * textBytes + 4 * 1024;
}

} // namespace runnel::limits
