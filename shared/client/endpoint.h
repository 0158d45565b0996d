#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"

#include <QUrl>

namespace runnel {

//! A server as a person names it: `http://127.0.0.1:8000`, `https://chat.example.org/ai`, or the
//! same with ws and wss; a missing scheme is http. Refused with a sentence that says what it may
//! be.
[[nodiscard]] Result<QUrl, Error> parseServerUrl(const QString &text);

//! The one spelling of a server, to compare by: http or https, no default port, no slash at the
//! end, nobody's name and password. \a server comes from parseServerUrl().
[[nodiscard]] QUrl canonicalServer(const QUrl &server);

//! Whether \a host is this computer by its spelling alone: localhost, 127.0.0.0/8, ::1. No name is
//! looked up.
[[nodiscard]] bool isLoopbackHost(const QString &host);

//! Where the conversation \a session of \a server is spoken to: `ws://host:port/prefix/ws/chat/ID`.
//! \a server comes from parseServerUrl() and \a session is a valid id.
[[nodiscard]] QUrl chatEndpoint(const QUrl &server, const QString &session);

//! 128 random bits as a name for a new conversation.
[[nodiscard]] QString newSessionId();

} // namespace runnel
