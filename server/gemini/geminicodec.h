#pragma once

#include "llm/completionrequest.h"
#include "protocol/errorcode.h"
#include "protocol/frames.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace runnel {

//! A failure as Gemini, or something on the way to it, told it.
struct GeminiError
{
    ErrorCode code = ErrorCode::ModelError;
    QString summary; //!< One sentence that says what happened: "The model is busy."
    QString text; //!< For people: the summary, what to do, and the bounded words of the other side.
    //! RetryInfo, or the header Retry-After: asking earlier is useless.
    std::optional<std::chrono::milliseconds> retryAfter;
    bool dailyQuota = false; //!< Used up for today, or never granted: asking again is useless.
    bool retryable = false;  //!< Whether the same request may succeed a little later.
    int httpStatus = 0;      //!< The status that decided, from the body where it has one; 0: none.
};

//! One part of an answer.
struct GeminiPart
{
    enum class Kind {
        Text,    //!< A piece of the answer.
        Thought, //!< A piece of a thought summary.
        Other,   //!< A function call, an image, a kind that this version does not know …
    };

    Kind kind = Kind::Other;
    QString text;
    //! The part as it came, byte for byte; empty for a part that has nothing but `text`.
    QByteArray raw;

    friend bool operator==(const GeminiPart &, const GeminiPart &) = default;
};

//! One event of an answer's stream. Every level of Gemini's JSON is optional; what an event does
//! not say is empty here, and a value that this version does not know is kept as its name.
struct GeminiEvent
{
    std::vector<GeminiPart> parts;
    bool hasCandidate = false;
    QString finishReason; //!< Gemini's name: STOP, MAX_TOKENS …
    QString finishMessage;
    QString continuationToken;
    QString blockReason; //!< Of the prompt: SAFETY, PROHIBITED_CONTENT …
    std::optional<Usage> usage;
    QString modelVersion;
    std::optional<GeminiError> error;
};

//! Pure functions between our types and Gemini's JSON (REST, v1beta; also v1).
namespace GeminiCodec {

//! What an error's text needs to know, and what it must not tell.
struct ErrorContext
{
    QString model;
    QString secret; //!< The API key: it is cut out of whatever the other side says.
};

//! The body of streamGenerateContent, UTF-8. Only what is set is sent. Raw parts of model turns go
//! in unchanged; a lone surrogate, which protobuf's strings cannot hold, becomes U+FFFD.
[[nodiscard]] QByteArray encodeRequest(const CompletionRequest &request);

//! The same body, asking for the rest of an answer that ended with CONTINUATION.
[[nodiscard]] QByteArray withContinuation(const QByteArray &body, const QString &token);

//! An event's data; a text for the log when it is not JSON or no object. The text quotes nothing.
[[nodiscard]] Result<GeminiEvent, QString> decodeEvent(QByteArrayView json,
                                                       const ErrorContext &context = {});

//! The body of an answer with that HTTP status: Gemini's object, the array form of it, a proxy's
//! page, or nothing.
[[nodiscard]] GeminiError decodeError(int httpStatus, QByteArrayView body,
                                      const ErrorContext &context = {});

//! \a words of the other side, fit for a log or a person: without \a secret and control
//! characters, and not longer than 300 characters.
[[nodiscard]] QString quotable(const QString &words, const QString &secret);

} // namespace GeminiCodec

} // namespace runnel
