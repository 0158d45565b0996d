#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>

namespace runnel::emulator {

//! An error as Google's APIs give it: `{"error":{"code","message","status","details"}}`.
struct GoogleError
{
    int code = 500; //!< The HTTP status.
    QString status; //!< The gRPC name, e.g. `INVALID_ARGUMENT`.
    QString message;
    QStringList details; //!< JSON objects as text, each with its `@type`.

    //! As the body of a reply, or as one event of a stream.
    [[nodiscard]] QByteArray toJson() const;
};

//! What is wrong with a field of the body.
struct FieldViolation
{
    QString field; //!< Path in snake case, e.g. `contents[0].parts`; empty for the top.
    QString description;
};

//! The errors that Gemini is known to give, in its own words.
namespace googleerrors {

[[nodiscard]] GoogleError invalidArgument(const QString &message);
//! Fields of the body are at fault.
[[nodiscard]] GoogleError badFields(const QList<FieldViolation> &violations);
[[nodiscard]] GoogleError badApiKey();
[[nodiscard]] GoogleError noApiKey();
[[nodiscard]] GoogleError pathNotFound();
//! For a call of a model's method.
[[nodiscard]] GoogleError modelNotFound(const QString &model, const QString &version,
                                        const QString &method);
//! For a look at a model itself.
[[nodiscard]] GoogleError noSuchModel(const QString &model, const QString &version);
[[nodiscard]] GoogleError rateLimited(const QString &model, std::chrono::milliseconds retryAfter);
[[nodiscard]] GoogleError dailyQuota(const QString &model);
[[nodiscard]] GoogleError internal();
[[nodiscard]] GoogleError unavailable();
//! Any other: the gRPC name that belongs to that HTTP status.
[[nodiscard]] GoogleError ofStatus(int code, const QString &message);

} // namespace googleerrors

//! The reason phrase of an HTTP status.
[[nodiscard]] QByteArray httpReason(int status);

} // namespace runnel::emulator
