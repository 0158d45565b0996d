#pragma once

#include "llm/completionrequest.h"
#include "protocol/frames.h"

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace runnel {

//! How an answer of a model ended.
struct Outcome
{
    //! Why it ended; nothing when it failed, and then `error` says why.
    std::optional<FinishReason> finishReason;
    std::optional<Error> error;
    //! With `error`: when it is worth asking again, where the provider said so.
    std::optional<std::chrono::milliseconds> retryAfter;
    Usage usage;
    //! The model that really answered, where the provider said so.
    QString modelVersion;
    //! The answer in the provider's own form (for Gemini a JSON array of parts), to be sent back
    //! unchanged as history: it carries thought signatures. Empty when there is nothing to keep.
    QByteArray rawParts;
};

//! A pause before the model is asked again.
struct RetryNotice
{
    Error error;
    std::chrono::milliseconds delay{0};
    int attempt = 1; //!< 1 is the first time that it is asked again.
};

//! One running answer. Signals come in the order: retrying*, (textReceived | thoughtReceived)*,
//! then exactly one finished, which is the last. Nothing is emitted before generate() has returned
//! to the event loop. Destroying a reply cancels it: it is disconnected first, then the request is
//! closed; no signal comes from a destructor. Lives on the thread that made it.
class LanguageModelReply : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    //! Closes the request upstream, then finishes with FinishReason::Stopped and what had arrived.
    //! finished() comes later, from the event loop, once the upstream request is closed. Does
    //! nothing once finished.
    virtual void abort() = 0;

Q_SIGNALS:
    void textReceived(const QString &text);
    void thoughtReceived(const QString &text);
    void retrying(const runnel::RetryNotice &notice);
    void finished(const runnel::Outcome &outcome);
};

//! The seam to any provider of models.
class LanguageModel
{
public:
    LanguageModel() = default;
    virtual ~LanguageModel() = default;
    Q_DISABLE_COPY_MOVE(LanguageModel)

    [[nodiscard]] virtual std::unique_ptr<LanguageModelReply>
    generate(const CompletionRequest &request) = 0;
};

} // namespace runnel
