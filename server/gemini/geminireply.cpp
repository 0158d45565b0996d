#include "gemini/geminireply.h"

#include "gemini/callerror.h"
#include "gemini/geminilog.h"
#include "llm/modelname.h"
#include "trace/turntrace.h"

#include <QRandomGenerator>
#include <QSslConfiguration>

#include <algorithm>
#include <cmath>

namespace runnel {

using std::chrono::milliseconds;

namespace {

//! Gemini 4 continues a long answer by requests of 65,536 tokens each.
constexpr int maxContinuations = 32;

QNetworkRequest networkRequest(const GeminiConfig &config, const QString &model)
{
    // The name is checked by isModelName(): nothing in it can change the path.
    const QString name = model.startsWith(QLatin1String("models/")) ? model.sliced(7) : model;
    QUrl url = config.baseUrl.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    QString path = url.path();
    while (path.endsWith(u'/')) // QUrl::StripTrailingSlash of Qt 6.8 leaves a lone one
        path.chop(1);
    url.setPath(path + u'/' + config.apiVersion + QLatin1String("/models/") + name +
                QLatin1String(":streamGenerateContent"));
    url.setQuery(QStringLiteral("alt=sse"));

    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("x-goog-api-key", config.apiKey.trimmed().toUtf8());
    // A compressed stream comes in blocks, not word by word.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "runnel/" RUNNEL_VERSION);
    // The key must not follow a redirect to another host.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    for (const auto attribute :
         {QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::CookieSaveControlAttribute,
          QNetworkRequest::AuthenticationReuseAttribute})
        request.setAttribute(attribute, QNetworkRequest::Manual);
    if (!config.authorities.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(config.authorities);
        request.setSslConfiguration(tls);
    }
    ManagerPool::prepare(request);
    return request;
}

//! "in 4 s", and never "in 0 s".
QString spoken(milliseconds delay)
{
    return QStringLiteral("%1 s").arg(std::max<qint64>(1, (delay.count() + 999) / 1000));
}

milliseconds backoff(const RetryPolicy &policy, int retriesBefore)
{
    const double jitter =
        policy.jitter ? policy.jitter() : 0.5 + QRandomGenerator::global()->bounded(0.5);
    const double delay = double(policy.baseDelay.count()) * std::pow(2.0, retriesBefore);
    return milliseconds(std::llround(std::min(delay, double(policy.maxDelay.count())) * jitter));
}

} // namespace

GeminiReply::GeminiReply(const GeminiConfig &config, ManagerPool &pool,
                         const CompletionRequest &request)
    : m_config(config)
    , m_pool(pool)
    , m_context{request.model, config.apiKey.trimmed()}
    , m_body(GeminiCodec::encodeRequest(request))
    , m_trace(request.trace)
{
    m_retryTimer.setSingleShot(true);
    m_retryTimer.setTimerType(Qt::PreciseTimer); // a coarse one may come early: asked in vain
    connect(&m_retryTimer, &QTimer::timeout, this, &GeminiReply::ask);
    if (isModelName(request.model))
        ask();
    else
        failLater(unusableModelName(request.model));
}

GeminiReply::~GeminiReply()
{
    disconnect();
}

void GeminiReply::abort()
{
    if (m_isEnding)
        return;
    m_isEnding = true;
    m_retryTimer.stop();
    m_call.reset();
    QMetaObject::invokeMethod(
        this, [this] { finish(m_answer.ended(FinishReason::Stopped)); }, Qt::QueuedConnection);
}

void GeminiReply::failLater(const GeminiError &error)
{
    QMetaObject::invokeMethod(
        this,
        [this, error] {
            if (!m_isEnding)
                finish(m_answer.failed(error));
        },
        Qt::QueuedConnection);
}

void GeminiReply::ask()
{
    const QByteArray body = m_continuationToken.isEmpty()
                                ? m_body
                                : GeminiCodec::withContinuation(m_body, m_continuationToken);
    qCDebug(lcGemini, "Asking %s with %lld bytes", qUtf8Printable(m_context.model),
            qlonglong(body.size()));
    m_call = std::make_unique<GeminiCall>(
        m_pool, networkRequest(m_config, m_context.model), body,
        GeminiCall::Bounds{m_config.requestTimeout, m_config.maxEventBytes}, m_trace);
    connect(m_call.get(), &GeminiCall::eventReceived, this, &GeminiReply::onEvent);
    connect(m_call.get(), &GeminiCall::ended, this, &GeminiReply::onEnded);
}

void GeminiReply::onEvent(const SseEvent &event)
{
    // An error may also come as bare JSON, without "data:".
    const bool isStray = event.data.isEmpty();
    const auto decoded = GeminiCodec::decodeEvent(isStray ? event.stray : event.data, m_context);
    if (!decoded) {
        if (!event.complete)
            return; // the stream was cut in it; its end says so
        qCWarning(lcGemini, "Gemini sent what cannot be read: %s", qUtf8Printable(decoded.error()));
        finish(m_answer.failed(unreadableAnswer()));
        return;
    }
    if (decoded->error) {
        retryOrFail(*decoded->error);
        return;
    }
    if (m_trace)
        m_trace->noteParsed(event.data.size());
    m_answer.add(*decoded);
    if (m_answer.size() > m_config.maxAnswerBytes) {
        finish(m_answer.failed(answerTooLong()));
        return;
    }
    show(*decoded);
}

void GeminiReply::show(const GeminiEvent &event)
{
    const QPointer<GeminiReply> self(this);
    //! [show]
    for (const GeminiPart &part : event.parts) {
        if (part.text.isEmpty() || part.kind == GeminiPart::Kind::Other)
            continue;
        m_hasShown = true;
        if (part.kind == GeminiPart::Kind::Thought)
            Q_EMIT thoughtReceived(part.text);
        else
            Q_EMIT textReceived(part.text);
        if (!self || m_isEnding)
            return;
    }
    //! [show]
}

void GeminiReply::onEnded(const GeminiCallEnd &end)
{
    using Kind = GeminiCallEnd::Kind;
    switch (end.kind) {
    case Kind::Refused:
        retryOrFail(refusal(end, m_context));
        return;
    case Kind::Malformed:
        finish(m_answer.failed(unreadableAnswer()));
        return;
    case Kind::TimedOut:
        if (!m_answer.hasBegun()) {
            retryOrFail(silence(m_config.requestTimeout));
            return;
        }
        break;
    case Kind::Cut:
    case Kind::Complete:
        if (!m_answer.hasBegun()) {
            // Qt does not always tell a stream that was cut from one that ended.
            retryOrFail(end.httpStatus == 200 ? noAnswer() : networkFailure(end, m_context));
            return;
        }
        break;
    }
    onStreamEnd(end);
}

void GeminiReply::onStreamEnd(const GeminiCallEnd &end)
{
    using Step = GeminiAnswer::Conclusion::Step;
    const GeminiAnswer::Conclusion conclusion = m_answer.conclude(m_context);
    switch (conclusion.step) {
    case Step::Finish:
        finish(conclusion.outcome);
        return;
    case Step::Continue:
        askForTheRest();
        return;
    case Step::AskAgain:
        break;
    }
    qCInfo(lcGemini, "Gemini's answer was empty or malformed (HTTP %d)", end.httpStatus);
    const bool fresh = !m_hasShown && m_continuations == 0;
    if (fresh && m_retries < m_config.retry.maxRetries && !std::exchange(m_hasMendedSlip, true))
        retry(conclusion.error);
    else
        finish(m_answer.failed(conclusion.error));
}

void GeminiReply::askForTheRest()
{
    if (++m_continuations > maxContinuations) {
        finish(m_answer.failed(answerTooLong()));
        return;
    }
    m_continuationToken = m_answer.continuationToken();
    m_answer.startContinuation();
    ask();
}

void GeminiReply::retryOrFail(const GeminiError &error)
{
    const RetryPolicy &policy = m_config.retry;
    const bool inTime = !error.retryAfter || *error.retryAfter <= policy.maxDelay;
    const bool fresh = !m_answer.hasBegun() && m_continuations == 0;
    if (error.retryable && inTime && fresh && m_retries < policy.maxRetries) {
        retry(error);
        return;
    }
    qCWarning(lcGemini, "Gemini failed: %s (HTTP %d, after %d retries)", toWire(error.code).data(),
              error.httpStatus, m_retries);
    // What Gemini says of a request that it refuses may quote the conversation.
    if (error.httpStatus == 400)
        qCDebug(lcGemini).noquote() << "Gemini said:" << error.text;
    else
        qCWarning(lcGemini).noquote() << "The user is told:" << error.text;
    finish(m_answer.failed(error));
}

void GeminiReply::retry(const GeminiError &error)
{
    m_call.reset();
    m_answer.startAgain();
    const milliseconds delay =
        std::max(backoff(m_config.retry, m_retries), error.retryAfter.value_or(milliseconds(0)));
    ++m_retries;
    if (m_trace)
        m_trace->note(Station::Retrying, 0, m_retries);
    qCInfo(lcGemini, "Asking Gemini again in %lld ms: %s (HTTP %d), retry %d of %d",
           qlonglong(delay.count()), toWire(error.code).data(), error.httpStatus, m_retries,
           m_config.retry.maxRetries);
    m_retryTimer.start(delay);
    const QString text = error.summary + QStringLiteral(" Trying again in %1.").arg(spoken(delay));
    Q_EMIT retrying(RetryNotice{Error{error.code, text}, delay, m_retries});
}

//! The last thing that is done: a slot may destroy the reply.
void GeminiReply::finish(const Outcome &outcome)
{
    if (std::exchange(m_hasFinished, true))
        return;
    m_isEnding = true;
    m_call.reset();
    Q_EMIT finished(outcome);
}

} // namespace runnel
