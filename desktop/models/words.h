#pragma once

#include "client/chatclient.h"
#include "client/viewmessage.h"

#include <QString>

//! The window's words for times and states: plain, short, no blame.
namespace runnel::words {

//! "just now", "5 min ago", "14:03", "23 Nov, 14:03".
[[nodiscard]] QString time(const QDateTime &at, const QDateTime &now);
[[nodiscard]] QString exactTime(const QDateTime &at);

//! "gemini-flash-latest, 1,024 tokens"
[[nodiscard]] QString details(const ViewMessage &answer);

//! What became of an answer that is not simply done; empty for one that is.
[[nodiscard]] QString outcome(const ViewMessage &answer);

//! "The model is busy. Trying again in 4 s."
[[nodiscard]] QString retrying(const RetryNotice &notice);

//! Why a message was not taken by ChatClient::send(); empty when it was.
[[nodiscard]] QString refusal(SendOutcome outcome, qint64 limitBytes);

//! A conversation's title: the first line of its first message, at most 60 characters.
[[nodiscard]] QString title(const QString &firstMessage);

} // namespace runnel::words
