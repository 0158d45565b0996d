// links: runnel_gemini runnel_emulator

#include "emulator/emulatorserver.h"
#include "emulator/scenarioparser.h"
#include "gemini/geminimodel.h"
#include "lib/exercise.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHostAddress>
#include <QList>
#include <QLoggingCategory>
#include <QTimer>

#include <utility>

using namespace runnel;
using namespace runnel::exercise;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using std::chrono::milliseconds;

namespace {

const QString look = u"server/gemini/geminireply.cpp, "_s;
const QString whether = look + u"GeminiReply::retryOrFail()"_s;
const QString when = look + u"GeminiReply::retry(), and at RetryPolicy in geminiconfig.h"_s;
constexpr auto patience = 5s;

constexpr const char *scenario = R"({
    "name": "retries", "pace": { "first_token_ms": 0, "tokens_per_second": 0 },
    "rules": [
        { "match": { "contains": "twice" }, "times": 2, "fault": { "kind": "unavailable" } },
        { "match": { "contains": "always" }, "fault": { "kind": "unavailable" } },
        { "match": { "contains": "quota" }, "times": 1,
          "fault": { "kind": "rate_limited", "retry_after_ms": 700 } },
        { "match": { "contains": "hour" },
          "fault": { "kind": "rate_limited", "retry_after_ms": 3600000 } },
        { "match": { "contains": "wrong" },
          "fault": { "kind": "status", "status": 400, "message": "Wrong request." } },
        { "match": { "contains": "half" }, "answer": "This is the half of it, and no more comes.",
          "fault": { "kind": "stream_error", "status": 503, "after_chunks": 2 } },
        { "match": {}, "answer": "Here it is." }
    ] })";

//! One question to Gemini, and all that came of it.
class Asked
{
public:
    //! Until it has ended or, with \a noticesWanted, so many pauses have been announced.
    Asked(GeminiConfig config, const QString &message, int noticesWanted = 0)
        : m_model(std::move(config))
    {
        during(u"while Gemini is asked \"%1\""_s.arg(message), look + u"GeminiReply"_s);
        CompletionRequest request;
        request.model = u"gemini-2.5-flash"_s;
        request.history = {{Role::User, message, {}}};
        clock.start();
        const auto reply = m_model.generate(request);
        QEventLoop loop;
        QObject::connect(reply.get(), &LanguageModelReply::textReceived, &loop,
                         [this](const QString &more) { text += more; });
        QObject::connect(reply.get(), &LanguageModelReply::retrying, &loop,
                         [&](const RetryNotice &notice) {
                             delays.append(notice.delay);
                             if (delays.size() == noticesWanted)
                                 loop.quit();
                         });
        QObject::connect(reply.get(), &LanguageModelReply::finished, &loop,
                         [&](const Outcome &outcome) {
                             hasEnded = true;
                             error = outcome.error;
                             loop.quit();
                         });
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
        elapsed = milliseconds(clock.elapsed());
    }

    QString text;
    QList<milliseconds> delays; //!< Of the pauses, as they were announced.
    std::optional<Error> error;
    bool hasEnded = false;
    milliseconds elapsed{0};

private:
    QElapsedTimer clock;
    GeminiModel m_model;
};

QString inWords(const QList<milliseconds> &delays)
{
    QStringList words;
    for (const milliseconds delay : delays)
        words.append(QString::number(delay.count()));
    return words.isEmpty() ? u"none"_s : words.join(u", "_s) + u" ms"_s;
}

GeminiConfig configFor(const emulator::EmulatorServer &gemini)
{
    GeminiConfig config;
    config.baseUrl = QUrl(gemini.baseUrl());
    config.apiKey = u"a-key-of-the-emulator"_s;
    config.retry.baseDelay = 20ms;
    config.retry.jitter = [] { return 1.0; };
    return config;
}

void checkWhether(const GeminiConfig &config)
{
    const Asked twice(config, u"twice"_s);
    expect(
        twice.text == u"Here it is."_s && twice.delays.size() == 2,
        u"A 503 passes: at the third time Gemini answers."_s,
        u"Gemini is overloaded (503) twice, and would answer then; it was asked again %1 times and "
        "the answer is \"%2\"."_s.arg(twice.delays.size())
            .arg(twice.text),
        whether);
    const Asked wrong(config, u"wrong"_s);
    expect(wrong.delays.isEmpty() && wrong.error,
           u"A request that is wrong (400) is not sent again."_s,
           u"A request that is wrong (400) was sent again %1 times. It is as wrong the next time."_s
               .arg(wrong.delays.size()),
           whether + u": GeminiError knows whether it may help (geminicodec.h)"_s);
    const Asked half(config, u"half"_s);
    expect(half.delays.isEmpty(), u"What has begun to answer is not asked again."_s,
           u"An answer that broke off was asked for again: its first half is shown already."_s,
           whether);
    const Asked always(config, u"always"_s);
    expect(always.delays.size() == config.retry.maxRetries && always.error,
           u"After %1 times it gives up."_s.arg(config.retry.maxRetries),
           u"Gemini is overloaded for good; %1 retries are the most, and there were %2."_s
               .arg(config.retry.maxRetries)
               .arg(always.delays.size()),
           whether);
    const Asked hour(config, u"hour"_s);
    expect(hour.hasEnded && hour.error && hour.delays.isEmpty(),
           u"Who is told to come back in an hour is told so at once."_s,
           u"Gemini says to come back in an hour, and whoever asked is not told so: what was "
           "announced is %1."_s.arg(inWords(hour.delays)),
           whether + u", and at what RetryPolicy::maxDelay is besides"_s);
}

void checkWhen(GeminiConfig config)
{
    // What Gemini says is no pause of ours: nothing of it is left to chance.
    const auto whole = std::exchange(config.retry.jitter, [] { return 0.5; });
    const Asked quota(config, u"quota"_s);
    config.retry.jitter = whole;
    expect(
        quota.delays.value(0) >= 700ms && quota.elapsed >= 700ms,
        u"When Gemini says \"in 700 ms\" it is asked again after %1 ms."_s.arg(
            quota.elapsed.count()),
        u"Gemini says \"in 700 ms\" and is asked again after %1. That only costs another refusal."_s
            .arg(inWords(quota.delays)),
        when + u": GeminiError::retryAfter"_s);

    config.retry.maxDelay = 100ms;
    const Asked growing(config, u"always"_s);
    const QList<milliseconds> wanted = {20ms, 40ms, 80ms, 100ms};
    expect(
        growing.delays == wanted,
        u"Each pause is twice the one before, up to the longest: %1."_s.arg(inWords(wanted)),
        u"The pauses are %1 and not %2: each is to be twice the one before, and none longer than "
        "maxDelay."_s.arg(inWords(growing.delays), inWords(wanted)),
        when);

    config.retry.jitter = [] { return 0.5; };
    const Asked halved(config, u"always"_s, 1);
    expect(halved.delays.value(0) == 10ms, u"RetryPolicy::jitter is asked."_s,
           u"RetryPolicy::jitter is 0.5, so the first pause is 10 ms and not 20: it is %1."_s.arg(
               inWords(halved.delays)),
           when);

    config.retry = {};
    QList<milliseconds> first;
    for (int i = 0; i < 8; ++i)
        first.append(Asked(config, u"always"_s, 1).delays.value(0));
    const auto [least, most] = std::ranges::minmax(first);
    expect(
        least != most && least >= 500ms && most <= 1000ms,
        u"Those who were refused together come back apart: %1."_s.arg(inWords(first)),
        least == most
            ? u"8 questions that were refused together all come back together, after %1 ms."_s.arg(
                  least.count())
            : u"Without a jitter of its own a pause is to be 0.5 to 1 of what it would be: of 1000 "
              "ms there were %1."_s.arg(inWords(first)),
        when);
}

} // namespace

int main(int argc, char **argv)
{
    endWithin(90);
    const QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"runnel.*=false"_s);
    emulator::EmulatorOptions options;
    if (const auto parsed = emulator::parseScenario(scenario, {}))
        options.scenario = *parsed;
    emulator::EmulatorServer gemini(options);
    if (!options.scenario || !gemini.listen(QHostAddress::LocalHost, 0)) {
        std::puts("The check itself failed: The emulator does not start.");
        return 2;
    }
    checkWhether(configFor(gemini));
    checkWhen(configFor(gemini));
    return result();
}
