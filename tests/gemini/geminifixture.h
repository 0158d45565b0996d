#pragma once

#include "gemini/geminiconfig.h"
#include "llm/languagemodel.h"
#include "testlib/scriptedhttpserver.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>

//! What the tests of GeminiModel share: events of Gemini, and one who listens to a reply.
namespace runnel::test {

inline const QString key = QStringLiteral("test-key-0123456789");
inline constexpr auto patience = std::chrono::seconds(10);

inline QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

inline QByteArray textEvent(const QByteArray &text)
{
    return json("{'candidates':[{'content':{'parts':[{'text':'") + text + json("'}]}}]}");
}

inline QByteArray lastEvent(const QByteArray &text = "!", const QByteArray &reason = "STOP")
{
    return json("{'candidates':[{'content':{'parts':[{'text':'") + text +
           json("'}]},'finishReason':'") + reason +
           json("'}],'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':2,"
                "'totalTokenCount':9},'modelVersion':'gemini-9'}");
}

inline QByteArray answer()
{
    return sseAnswer({textEvent("Hello"), textEvent(", you"), lastEvent()});
}

inline QByteArray emptyStop()
{
    return sseAnswer({lastEvent("")});
}

//! A JSON error with that HTTP status.
inline QByteArray failure(int status, const char *details = "[]")
{
    return httpAnswer(status, json("{'error':{'code':") + QByteArray::number(status) +
                                  json(",'message':'said so','details':") + json(details) + "}}");
}

inline CompletionRequest request(const QString &model = QStringLiteral("gemini-x"))
{
    CompletionRequest request;
    request.model = model;
    request.history = {{Role::User, QStringLiteral("Hi"), {}}};
    return request;
}

//! Everything that a reply said.
class Listener : public QObject
{
public:
    explicit Listener(std::unique_ptr<LanguageModelReply> reply)
        : m_reply(std::move(reply))
    {
        connect(m_reply.get(), &LanguageModelReply::textReceived, this, [this](const QString &t) {
            text += t;
            ++signalsSeen;
        });
        connect(m_reply.get(), &LanguageModelReply::thoughtReceived, this,
                [this](const QString &t) {
                    thoughts += t;
                    ++signalsSeen;
                });
        connect(m_reply.get(), &LanguageModelReply::retrying, this, [this](const RetryNotice &n) {
            notices.append(n);
            ++signalsSeen;
        });
        connect(m_reply.get(), &LanguageModelReply::finished, this, [this](const Outcome &o) {
            outcome = o;
            ++finishes;
            ++signalsSeen;
        });
    }

    LanguageModelReply &reply() { return *m_reply; }
    void destroyReply() { m_reply.reset(); }
    //! By a real event loop: QTRY_ and its like sleep between their looks at it.
    [[nodiscard]] bool waitUntilFinished()
    {
        QSignalSpy spy(m_reply.get(), &LanguageModelReply::finished);
        return finishes > 0 || spy.wait(int(std::chrono::milliseconds(patience).count()));
    }
    [[nodiscard]] ErrorCode errorCode() const
    {
        return outcome.error ? outcome.error->code : ErrorCode::Internal;
    }

    QString text;
    QString thoughts;
    QList<RetryNotice> notices;
    Outcome outcome;
    int finishes = 0;
    int signalsSeen = 0;

private:
    std::unique_ptr<LanguageModelReply> m_reply;
};

inline GeminiConfig configFor(const QUrl &url)
{
    GeminiConfig config;
    config.baseUrl = url;
    config.apiKey = key;
    config.requestTimeout = std::chrono::seconds(20);
    config.retry.baseDelay = std::chrono::milliseconds(1);
    config.retry.jitter = [] { return 1.0; };
    return config;
}

} // namespace runnel::test
