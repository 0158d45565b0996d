#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace runnel {

//! One header field as it stands on the wire.
struct HeaderField
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};

//! Why a request is not served: an HTTP status, a name for programs that stays the same, and a
//! sentence for people that says what happened and what would be right.
struct Refusal
{
    int status = 400;
    QByteArray code; //!< `bad_request`, `origin_refused` …: docs/openapi.yaml lists them.
    QString detail;
    QList<HeaderField> headers; //!< Such as Retry-After or Allow.

    friend bool operator==(const Refusal &, const Refusal &) = default;
};

//! "Not Found" for 404; "Error" for a status that HTTP has no phrase for.
[[nodiscard]] QByteArray reasonPhrase(int status);

//! The body of RFC 9457 (`application/problem+json`): type, title, status, detail, code.
[[nodiscard]] QByteArray problemJson(const Refusal &refusal);

//! A whole HTTP/1.1 response with a problem for a body and `Connection: close`.
//! \a more are header fields that every response has. \a withBody is false for an answer to HEAD.
[[nodiscard]] QByteArray refusalResponse(const Refusal &refusal, const QList<HeaderField> &more,
                                         bool withBody = true);

} // namespace runnel
