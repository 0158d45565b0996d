#include "testlib/scriptedmodel.h"

namespace runnel::test {

void ScriptedReply::abort()
{
    if (m_finished || m_aborted)
        return;
    m_aborted = true;
    // As the contract says: the end comes later, from the event loop.
    QMetaObject::invokeMethod(
        this, [this] { finish(FinishReason::Stopped); }, Qt::QueuedConnection);
}

void ScriptedReply::finish(FinishReason reason, const QByteArray &rawParts)
{
    if (m_finished)
        return;
    m_finished = true;
    Outcome outcome;
    outcome.finishReason = reason;
    outcome.rawParts = rawParts;
    outcome.usage.promptTokens = 3;
    outcome.usage.answerTokens = 4;
    outcome.usage.totalTokens = 7;
    Q_EMIT finished(outcome);
}

void ScriptedReply::fail(ErrorCode code, const QString &text)
{
    m_finished = true;
    Outcome outcome;
    outcome.error = Error{code, text};
    Q_EMIT finished(outcome);
}

std::unique_ptr<LanguageModelReply> ScriptedModel::generate(const CompletionRequest &request)
{
    auto reply = std::make_unique<ScriptedReply>();
    requests.append(request);
    replies.append(reply.get());
    return reply;
}

} // namespace runnel::test
