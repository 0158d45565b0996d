#include "sessions/turn.h"

namespace runnel {

Turn::Turn(Identity identity, std::unique_ptr<LanguageModelReply> reply)
    : m_identity(std::move(identity))
    , m_reply(std::move(reply))
{
    //! [text]
    connect(m_reply.get(), &LanguageModelReply::textReceived, this, [this](const QString &text) {
        Q_EMIT produced(Chunk{0, m_identity.turn, text, m_identity.agent});
    });
    //! [text]
    connect(m_reply.get(), &LanguageModelReply::thoughtReceived, this, [this](const QString &text) {
        Q_EMIT produced(Thought{0, m_identity.turn, text, m_identity.agent});
    });
    connect(m_reply.get(), &LanguageModelReply::retrying, this, [this](const RetryNotice &notice) {
        Q_EMIT produced(TurnRetrying{0, m_identity.turn, notice.error.code, notice.error.text,
                                     notice.delay, notice.attempt});
    });
    connect(m_reply.get(), &LanguageModelReply::finished, this, &Turn::onFinished);
}

void Turn::stop()
{
    m_reply->abort();
}

void Turn::interrupt()
{
    m_interrupted = true;
    m_reply->abort();
}

void Turn::onFinished(const Outcome &outcome)
{
    if (outcome.error) {
        ErrorFrame end;
        end.turn = m_identity.turn;
        end.code = toWire(outcome.error->code);
        end.error = outcome.error->text;
        end.retryAfter = outcome.retryAfter;
        Q_EMIT ended(end, outcome.rawParts);
        return;
    }
    TurnComplete end;
    end.turn = m_identity.turn;
    end.messageId = m_identity.messageId;
    end.agent = m_identity.agent;
    end.finishReason = outcome.finishReason.value_or(FinishReason::Interrupted);
    if (m_interrupted && end.finishReason == FinishReason::Stopped)
        end.finishReason = FinishReason::Interrupted;
    end.usage = outcome.usage;
    end.at = QDateTime::currentDateTimeUtc();
    Q_EMIT ended(end, outcome.rawParts);
}

} // namespace runnel
