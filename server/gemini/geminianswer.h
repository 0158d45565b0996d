#pragma once

#include "gemini/geminicodec.h"
#include "gemini/rawparts.h"
#include "llm/languagemodel.h"

#include <optional>

namespace runnel {

//! What has come of an answer, and what its end means. It knows neither network nor time.
class GeminiAnswer
{
public:
    //! What follows when a stream has come to its end.
    struct Conclusion
    {
        enum class Step {
            Finish,   //!< `outcome` is the end.
            AskAgain, //!< Worth a second try, as long as nothing was shown; else `error` is the
                      //!< end.
            Continue, //!< The rest is to be asked for with continuationToken().
        };
        Step step = Step::Finish;
        Outcome outcome;
        GeminiError error; //!< With AskAgain.
    };

    void add(const GeminiEvent &event);

    //! Forgets all: the same request is sent again.
    void startAgain() { *this = {}; }

    //! The next events are of a request for the rest of this answer.
    void startContinuation();

    [[nodiscard]] Conclusion conclude(const GeminiCodec::ErrorContext &context) const;

    //! An outcome with what there is of usage, parts and version.
    [[nodiscard]] Outcome ended(FinishReason reason) const;
    [[nodiscard]] Outcome failed(const GeminiError &error) const;

    //! Whether an event of the running request has come.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    [[nodiscard]] bool hasFinishReason() const { return !m_finishReason.isEmpty(); }
    [[nodiscard]] bool hasBlockedPrompt() const;
    [[nodiscard]] const QString &continuationToken() const { return m_continuationToken; }
    [[nodiscard]] qsizetype size() const { return m_parts.size(); }

private:
    [[nodiscard]] Outcome soFar() const;
    [[nodiscard]] Conclusion concludeReason(const GeminiCodec::ErrorContext &context) const;
    [[nodiscard]] Usage usage() const;

    RawParts m_parts;
    Usage m_before; //!< Of the requests that this one continues.
    Usage m_usage;
    QString m_modelVersion;
    QString m_finishReason;
    QString m_finishMessage;
    QString m_continuationToken;
    QString m_blockReason;
    bool m_hasBegun = false;
    bool m_hasCandidate = false;
    bool m_hasContent = false; //!< Text, or a part that is neither text nor thought.
};

} // namespace runnel
