#pragma once

#include <QByteArray>
#include <QList>
#include <QUrlQuery>

#include <utility>

namespace runnel::emulator {

//! One HTTP request, whole. Header names are lower case; values are trimmed.
struct HttpRequest
{
    QByteArray method;
    QByteArray path; //!< Percent-decoded, without the query; begins with '/'.
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool keepAlive = true;
    bool chunkedAllowed = true; //!< False for HTTP/1.0: such an answer ends with the connection.

    //! The first value of that header (name in lower case), or a null byte array.
    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        for (const auto &[key, value] : headers) {
            if (key == name)
                return value;
        }
        return {};
    }
};

} // namespace runnel::emulator
