#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"

#include <QUrl>

namespace runnel {

//! A server as a person names it: `http://127.0.0.1:8000`, `https://chat.example.org/ai`, or the
//! same with ws and wss; a missing scheme is http. Refused with a sentence that says what it may
//! be.
[[nodiscard]] Result<QUrl, Error> parseServerUrl(const QString &text);

//! Where the conversation \a session of \a server is spoken to: `ws://host:port/prefix/ws/chat/ID`.
//! \a server comes from parseServerUrl() and \a session is a valid id.
[[nodiscard]] QUrl chatEndpoint(const QUrl &server, const QString &session);

//! 128 random bits as a name for a new conversation.
[[nodiscard]] QString newSessionId();

} // namespace runnel
