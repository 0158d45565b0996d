#pragma once

#include <QByteArrayView>

class QIODevice;

namespace runnel {

//! Writes the text as a server's WebSocket frames (RFC 6455, 5.2): one, or 16 KiB a piece where it
//! is longer, since each piece tells a client on a slow line that the server is there. \a utf8 is
//! cut between characters: QWebSocket (seen in 6.4.2) takes one that two frames share for an error.
//!
//! Here, and not QWebSocket::sendTextMessage(): a frame of the log is UTF-8 already, is sent as it
//! is to however many read it, and goes out in one write.
void writeText(QIODevice &socket, QByteArrayView utf8);

} // namespace runnel
