#pragma once

#include "llm/languagemodel.h"

#include <QList>
#include <QPointer>

namespace runnel::test {

//! A reply that says what the test tells it to.
class ScriptedReply : public LanguageModelReply
{
    Q_OBJECT

public:
    ~ScriptedReply() override { Q_EMIT cancelled(); }

    void abort() override;

    void say(const QString &text) { Q_EMIT textReceived(text); }
    void think(const QString &text) { Q_EMIT thoughtReceived(text); }
    void retry(const RetryNotice &notice) { Q_EMIT retrying(notice); }
    void finish(FinishReason reason = FinishReason::Stop, const QByteArray &rawParts = {});
    void fail(ErrorCode code, const QString &text);

    [[nodiscard]] bool wasAborted() const { return m_aborted; }

Q_SIGNALS:
    //! Comes from the destructor, for whoever waits for the end of the request.
    void cancelled();

private:
    bool m_aborted = false;
    bool m_finished = false;
};

//! A model whose replies a test drives by hand; it keeps what it was asked.
class ScriptedModel : public LanguageModel
{
public:
    [[nodiscard]] std::unique_ptr<LanguageModelReply>
    generate(const CompletionRequest &request) override;

    QList<CompletionRequest> requests;
    QList<QPointer<ScriptedReply>> replies; //!< In the order of the requests; null once destroyed.
};

} // namespace runnel::test
