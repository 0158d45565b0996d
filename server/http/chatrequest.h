#pragma once

#include "net/refusal.h"
#include "protocol/frames.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QString>

namespace runnel {

//! What POST /api/agents/chat asks.
struct ChatRequest
{
    QString sessionId; //!< Made here when the client has none.
    SendMessage message;
};

//! Reads the body, `{message, session_id?, agent?, context?}`. \a context is checked to be an
//! object and not used yet. A client's own message `id` is replaced: each request is asked.
[[nodiscard]] Result<ChatRequest, Refusal>
parseChatRequest(const QByteArray &contentType, const QByteArray &body, qint64 maxMessageBytes);

//! The HTTP answer to an error of the chat: the same code and text, and the status that comes
//! nearest.
[[nodiscard]] Refusal refusalFrom(const Error &error,
                                  std::optional<std::chrono::milliseconds> retryAfter = {});

} // namespace runnel
