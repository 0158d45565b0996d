#pragma once

#include "gemini/geminianswer.h"
#include "gemini/geminicall.h"
#include "gemini/geminiconfig.h"
#include "llm/languagemodel.h"

#include <QTimer>

#include <memory>

namespace runnel {

//! One answer of Gemini: asks, asks again where that may help and nothing was shown yet, and ends
//! once. A slot may destroy it.
class GeminiReply : public LanguageModelReply
{
    Q_OBJECT

public:
    //! \a config and \a pool must outlive the reply.
    GeminiReply(const GeminiConfig &config, ManagerPool &pool, const CompletionRequest &request);
    ~GeminiReply() override;

    void abort() override;

private:
    void failLater(const GeminiError &error);
    void ask();
    void onEvent(const SseEvent &event);
    void show(const GeminiEvent &event);
    void onEnded(const GeminiCallEnd &end);
    void onStreamEnd(const GeminiCallEnd &end);
    void askForTheRest();
    //! Asks again after a pause where that may help, or fails.
    void retryOrFail(const GeminiError &error);
    void retry(const GeminiError &error);
    void finish(const Outcome &outcome);

    const GeminiConfig &m_config;
    ManagerPool &m_pool;
    GeminiCodec::ErrorContext m_context;
    QByteArray m_body;
    QString m_continuationToken;              //!< Of the running request; empty in the first.
    const std::shared_ptr<TurnTrace> m_trace; //!< Null: nobody wants to know.
    std::unique_ptr<GeminiCall> m_call;
    GeminiAnswer m_answer;
    QTimer m_retryTimer;
    int m_retries = 0;
    int m_continuations = 0;
    bool m_hasShown = false;      //!< Text or a thought went out: nothing is asked again any more.
    bool m_hasMendedSlip = false; //!< A malformed or empty answer was asked for again: once only.
    bool m_isEnding = false;
    bool m_hasFinished = false;
};

} // namespace runnel
