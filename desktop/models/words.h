#pragma once

#include "client/chatclient.h"
#include "client/sessionview.h"

#include <QString>

//! The window's words for times and states: plain, short, no blame.
namespace runnel::words {

//! "just now", "5 min ago", "14:03", "23 Nov, 14:03".
[[nodiscard]] QString time(const QDateTime &at, const QDateTime &now);
//! The same without "ago", for what does not change while it is looked at: "14:03", "23 Nov,
//! 14:03".
[[nodiscard]] QString moment(const QDateTime &at);
[[nodiscard]] QString exactTime(const QDateTime &at);

//! "gemini-flash-latest, 1,024 tokens, $0.0021"
[[nodiscard]] QString details(const ViewMessage &answer);

//! What became of an answer that is not simply done; empty for one that is.
[[nodiscard]] QString outcome(const ViewMessage &answer);

//! "The model is busy. Trying again in 4 s."
[[nodiscard]] QString retrying(const RetryNotice &notice);

//! "Thinking", while the answer has not begun.
[[nodiscard]] QString thinking();
//! "Thought for 6 s"; "Thoughts" when \a ms is negative, which is unknown.
[[nodiscard]] QString thoughts(qint64 ms);

//! "0.2 s", "2 min 5 s".
[[nodiscard]] QString duration(std::chrono::milliseconds took);
//! A tool's name, at most 120 characters of it.
[[nodiscard]] QString tool(const QString &name);
//! "poet wants to use this tool."
[[nodiscard]] QString asksForTool(const QString &agent);
//! The same for somebody who does not see which one.
[[nodiscard]] QString asksForTool(const QString &agent, const QString &tool);
//! "Only the first 100,000 characters are shown."
[[nodiscard]] QString notWhole(qsizetype shown);
//! "poet → critic", in the order in which they came; empty for one alone.
[[nodiscard]] QString agents(const QList<AgentOnFloor> &agents);

//! What holds something of ours up that is not taken yet.
enum class WaitsFor {
    Connection,
    Turn,   //!< Another answer comes just now.
    Server, //!< It is on its way.
};
//! Below a message or an edit of ours: "Waiting for its turn".
[[nodiscard]] QString waiting(const ViewMessage &own, WaitsFor what);
//! Below an answer that something was asked of.
[[nodiscard]] QString waiting(SessionView::Asked::Kind asked, WaitsFor what);

//! Why a message was not taken by ChatClient::send(); empty when it was.
[[nodiscard]] QString refusal(SendOutcome outcome, qint64 limitBytes);

//! A conversation's title while nobody named it: the first line of its first message, at most 60
//! characters.
[[nodiscard]] QString title(const QString &firstMessage);

} // namespace runnel::words
