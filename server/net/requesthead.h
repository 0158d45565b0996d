#pragma once

#include "net/refusal.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <variant>

namespace runnel {

//! The bounds of a request head.
struct HeadBounds
{
    qsizetype bytes = 16 * 1024; //!< From the method to the empty line, that included.
    int lines = 100;             //!< Header fields.
};

//! The head of an HTTP/1.x request, checked more strictly than most servers do, so that nothing
//! behind it can read the same bytes differently (RFC 9112, 11.2).
struct RequestHead
{
    QByteArray method; //!< GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
    QByteArray target; //!< In origin form: begins with a slash, visible ASCII only.
    int minorVersion = 1;
    QList<HeaderField> fields;
    QByteArray host; //!< Empty only with HTTP/1.0.
    std::optional<qint64> contentLength;
    qsizetype size = 0; //!< Bytes of the head, the empty line included.

    //! The target up to its question mark, as it came (percent-encoded).
    [[nodiscard]] QByteArray path() const;
    //! What stands behind the question mark; empty without one.
    [[nodiscard]] QByteArray query() const;
    //! The values of all fields of that name, joined by ", "; nothing when there is none.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    //! Whether the comma-separated list in \a name has \a token; both in any case.
    [[nodiscard]] bool listContains(QByteArrayView name, QByteArrayView token) const;
    [[nodiscard]] bool isSafe() const; //!< GET, HEAD, OPTIONS.
    [[nodiscard]] bool asksForWebSocket() const;
};

//! The bytes may still become a head.
struct HeadIncomplete
{};

using HeadResult = std::variant<HeadIncomplete, RequestHead, Refusal>;

//! Reads a request head from the first bytes of a connection; knows no socket. Given more and more
//! of the same bytes, it says HeadIncomplete until its answer is sure and then never changes it.
//! Bytes after the head are passed over.
[[nodiscard]] HeadResult parseRequestHead(QByteArrayView bytes, const HeadBounds &bounds = {});

//! The elements of a comma-separated list, trimmed, without empty ones.
[[nodiscard]] QList<QByteArray> splitList(const QByteArray &value);

} // namespace runnel
