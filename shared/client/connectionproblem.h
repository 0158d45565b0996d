#pragma once

#include <QAbstractSocket>
#include <QDateTime>
#include <QNetworkReply>
#include <QSslError>
#include <QString>
#include <QUrl>

namespace runnel {

//! What stands between us and a server, in words for people: what is wrong, and what to do. Nothing
//! here makes an error go away; a connection that has one is not made. Names from a certificate are
//! cut and cleaned, since whoever answers there wrote them.

//! What the handshake complained of; empty when \a errors is. \a now is this computer's clock.
[[nodiscard]] QString explainTlsErrors(const QUrl &server, const QList<QSslError> &errors,
                                       const QDateTime &now = QDateTime::currentDateTimeUtc());

//! Why a WebSocket or another socket to \a server was not made. \a text is the socket's
//! errorString(), from which TLS's own words and an HTTP status are known. After explainTlsErrors()
//! had something to say, that is the better sentence.
[[nodiscard]] QString explainSocketError(const QUrl &server, QAbstractSocket::SocketError error,
                                         const QString &text);

//! As explainSocketError(), of a request by HTTP.
[[nodiscard]] QString explainReplyError(const QUrl &server, QNetworkReply::NetworkError error,
                                        const QString &text);

} // namespace runnel
