#include "emulator/geminiservice.h"

#include "emulator/scenarioparser.h"
#include "protocol/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace runnel;
using namespace runnel::emulator;
using namespace Qt::StringLiterals;

namespace {

HttpRequest post(const QString &method, const QByteArray &body,
                 const QString &model = u"gemini-flash-latest"_s)
{
    HttpRequest request;
    request.method = "POST";
    request.path = u"/v1beta/models/%1:%2"_s.arg(model, method).toUtf8();
    request.headers = {{"x-goog-api-key", "key"}};
    request.body = body;
    if (method == "streamGenerateContent"_L1)
        request.query.addQueryItem(u"alt"_s, u"sse"_s);
    return request;
}

QByteArray saying(const QString &text, const QString &more = {})
{
    JsonWriter json;
    json.beginObject().key("contents"_L1).beginArray().beginObject();
    json.key("parts"_L1).beginArray().beginObject().member("text"_L1, text);
    json.endObject().endArray().endObject().endArray();
    return json.take().toUtf8() + more.toUtf8() + '}';
}

GeminiService service(const QString &scenario = u"faults"_s)
{
    return {Scenario::builtIn(scenario), {.tokensPerSecond = 0, .refusedKeys = {u"stolen"_s}}};
}

struct Streamed
{
    QByteArray body;
    AnswerStream::Step end = AnswerStream::Step::Continue;
    QList<QJsonObject> events;
    QString text;

    [[nodiscard]] QJsonObject candidate(qsizetype i) const
    {
        return events.at(i).value(u"candidates"_s).toArray().first().toObject();
    }
};

//! The whole of a streamed reply, as fast as it comes.
Streamed drain(ServiceReply reply)
{
    Streamed seen;
    auto *const stream = std::get_if<StreamReply>(&reply);
    if (!stream)
        return seen;
    while (seen.end == AnswerStream::Step::Continue)
        seen.end = stream->stream->appendNext(seen.body);
    for (const QByteArray &line : seen.body.split('\n')) {
        if (!line.startsWith("data: "))
            continue;
        const QJsonObject event = QJsonDocument::fromJson(line.mid(6).trimmed()).object();
        seen.events.append(event);
        const QJsonArray parts = event.value(u"candidates"_s)
                                     .toArray()
                                     .first()
                                     .toObject()
                                     .value(u"content"_s)
                                     .toObject()
                                     .value(u"parts"_s)
                                     .toArray();
        for (const QJsonValue part : parts) {
            if (!part.toObject().value(u"thought"_s).toBool())
                seen.text += part.toObject().value(u"text"_s).toString();
        }
    }
    return seen;
}

HttpReply whole(ServiceReply reply)
{
    const auto *const http = std::get_if<HttpReply>(&reply);
    return http ? *http : HttpReply{.status = 0};
}

QJsonObject errorOf(const HttpReply &reply)
{
    return QJsonDocument::fromJson(reply.body).object().value(u"error"_s).toObject();
}

} // namespace

class TestGeminiService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answerIsFramedAsGeminiDoes()
    {
        GeminiService gemini = service();
        const Streamed seen = drain(
            gemini.handle(post(u"streamGenerateContent"_s, saying(u"Echo: one two three"_s))));
        QCOMPARE(seen.end, AnswerStream::Step::Finish);
        QCOMPARE(seen.text, u"one two three"_s);
        QVERIFY(
            seen.body.startsWith("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""));
        QVERIFY(seen.body.endsWith("}\r\n\r\n"));
        QCOMPARE(seen.body.count("\r\n\r\n"), seen.events.size());
        const QJsonObject last = seen.candidate(seen.events.size() - 1);
        QCOMPARE(last.value(u"finishReason"_s).toString(), u"STOP"_s);
        QVERIFY(seen.body.contains("\"text\":\"\",\"thoughtSignature\":\""));
    }

    void withoutAltSseItIsOneList()
    {
        GeminiService gemini = service();
        HttpRequest request = post(u"streamGenerateContent"_s, saying(u"Echo: one two three"_s));
        request.query.clear();
        const Streamed seen = drain(gemini.handle(request));
        const QJsonArray list = QJsonDocument::fromJson(seen.body).array();
        QVERIFY(list.size() >= 2);
        request.body = "{";
        QVERIFY(whole(gemini.handle(request)).body.startsWith("[{\"error\":"));
    }

    void usageIsARunningTotal()
    {
        GeminiService gemini = service();
        const Streamed seen = drain(gemini.handle(post(
            u"streamGenerateContent"_s,
            saying(u"Explain quantum computing"_s,
                   u",\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}"_s))));
        int before = 0;
        bool sawThought = false;
        for (const QJsonObject &event : seen.events) {
            const QJsonObject usage = event.value(u"usageMetadata"_s).toObject();
            const int total = usage.value(u"totalTokenCount"_s).toInt();
            QVERIFY(total >= before);
            QCOMPARE(total, usage.value(u"promptTokenCount"_s).toInt() +
                                usage.value(u"candidatesTokenCount"_s).toInt() +
                                usage.value(u"thoughtsTokenCount"_s).toInt());
            before = total;
            sawThought = sawThought || QJsonDocument(event).toJson().contains("\"thought\": true");
        }
        QVERIFY(sawThought);
        QVERIFY(!seen.text.contains(u"Finding the level"_s));
        QVERIFY(seen.text.contains(u"Superposition"_s));
    }

    void sameSeedSameAnswer()
    {
        const auto body = [](quint64 seed) {
            GeminiService gemini(Scenario::builtIn(u"demo"_s),
                                 {.tokensPerSecond = 0, .seed = seed});
            return drain(gemini.handle(post(u"streamGenerateContent"_s, saying(u"Hello"_s)))).body;
        };
        QCOMPARE(body(7), body(7));
        QVERIFY(body(7) != body(8));
    }

    void oddTextComesBackThroughJson_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s;
        QTest::newRow("a lone surrogate") << u"a"_s + QChar(0xd83c) + u"b"_s;
        QTest::newRow("right-to-left marks") << u"\u202e\u200fabc\u2066"_s;
        QTest::newRow("quotes and backslashes") << u"\"\\/\b\f\r\n\t</script>"_s;
        QTest::newRow("64 KiB of emoji") << u"🧑‍🚀🎉"_s.repeated(4096);
        QTest::newRow("64 KiB of NUL") << QString(65536, QChar(0));
    }
    void oddTextComesBackThroughJson()
    {
        QFETCH(QString, text);
        GeminiService gemini = service();
        const QByteArray body = saying(u"Repeat after me: "_s + text);
        QCOMPARE(drain(gemini.handle(post(u"streamGenerateContent"_s, body))).text, text);
    }

    void keysAreChecked()
    {
        GeminiService gemini = service();
        HttpRequest request = post(u"generateContent"_s, saying(u"Hi"_s));
        request.headers.clear();
        QCOMPARE(whole(gemini.handle(request)).status, 403);
        request.query.addQueryItem(u"key"_s, u"good"_s);
        QCOMPARE(whole(gemini.handle(request)).status, 200);
        for (const QByteArray &key : {"bad-key"_ba, "stolen"_ba}) {
            request.headers = {{"x-goog-api-key", key}};
            const HttpReply reply = whole(gemini.handle(request));
            QCOMPARE(reply.status, 400);
            QVERIFY(reply.body.contains("\"reason\":\"API_KEY_INVALID\""));
            QVERIFY(!reply.body.contains(key));
        }
    }

    void modelsAreListedAndFound()
    {
        GeminiService gemini = service();
        HttpRequest request = post({}, {});
        request.method = "GET";
        request.path = "/v1/models";
        request.query.addQueryItem(u"pageSize"_s, u"5"_s);
        QStringList names;
        while (names.size() < 100) {
            const QJsonObject page =
                QJsonDocument::fromJson(whole(gemini.handle(request)).body).object();
            const QJsonArray models = page.value(u"models"_s).toArray();
            QVERIFY(!models.isEmpty() && models.size() <= 5);
            for (const QJsonValue model : models)
                names.append(model.toObject().value(u"name"_s).toString());
            const QString next = page.value(u"nextPageToken"_s).toString();
            if (next.isEmpty())
                break;
            request.query.removeQueryItem(u"pageToken"_s);
            request.query.addQueryItem(u"pageToken"_s,
                                       QString::fromLatin1(QUrl::toPercentEncoding(next)));
        }
        QCOMPARE(names.size(), 16);
        QVERIFY(names.contains(u"models/gemini-flash-latest"_s));
        request.query.clear();
        request.query.addQueryItem(u"pageToken"_s, u"nonsense"_s);
        QCOMPARE(whole(gemini.handle(request)).status, 400);
        request.query.clear();
        request.path = "/v1/models/gemini-3.8-flash";
        QVERIFY(whole(gemini.handle(request)).body.contains("\"outputTokenLimit\":65536"));
        request.path = "/v1/models/gemini-1.0-pro";
        QCOMPARE(whole(gemini.handle(request)).status, 404);
        request.path = "/v2/models";
        QCOMPARE(whole(gemini.handle(request)).status, 404);
    }

    void tokensAreCountedInBothForms()
    {
        GeminiService gemini = service();
        const auto count = [&](const QByteArray &body) {
            const HttpReply reply = whole(gemini.handle(post(u"countTokens"_s, body)));
            return QJsonDocument::fromJson(reply.body).object().value(u"totalTokens"_s).toInt(-1);
        };
        QCOMPARE(count(saying(u"Hello there"_s)), 2);
        QCOMPARE(count("{\"generateContentRequest\":{\"model\":\"models/m\",\"systemInstruction\":{"
                       "\"parts\":[{\"text\":\"Be brief\"}]},\"contents\":[{\"parts\":[{\"text\":"
                       "\"Hello there\"}]}]}}"),
                 4);
    }

    void wrongRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("wanted");
        const QByteArray hi = R"({"role":"user","parts":[{"text":"Hi"}]})";
        const auto contents = [](const QByteArray &list) -> QByteArray {
            return "{\"contents\":[" + list + "]}";
        };
        const auto config = [&](const QByteArray &text) -> QByteArray {
            return "{\"contents\":[" + hi + "],\"generationConfig\":" + text + '}';
        };
        const QByteArray call =
            R"({"role":"model","parts":[{"functionCall":{"name":"f"},"thoughtSignature":"AAAA"}]})";
        const QByteArray response =
            R"({"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]})";

        QTest::newRow("nothing") << ""_ba << u"contents is not specified"_s;
        QTest::newRow("no contents") << "{}"_ba << u"contents is not specified"_s;
        QTest::newRow("no JSON") << "{\"contents\": nope}"_ba
                                 << u"Invalid JSON payload received. Unexpected token."_s;
        QTest::newRow("a list") << "[]"_ba << u"Root element must be a message."_s;
        QTest::newRow("an unknown field")
            << R"({"contents":[{"parts":[{"txt":"Hi"}]}]})"_ba
            << u"Unknown name \"txt\" at 'contents[0].parts[0]': Cannot find field."_s;
        QTest::newRow("an unknown field at the top")
            << R"({"messages":[]})"_ba << u"Unknown name \"messages\": Cannot find field."_s;
        QTest::newRow("a text that is a number")
            << R"({"contents":[{"parts":[{"text":5}]}]})"_ba
            << u"Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 5"_s;
        QTest::newRow("a list for a single field")
            << R"({"contents":[{"parts":[{"text":[]}]}]})"_ba
            << u"Proto field is not repeating, cannot start list."_s;
        QTest::newRow("a signature that is no base64")
            << R"({"contents":[{"parts":[{"text":"","thoughtSignature":"§"}]}]})"_ba
            << u"Base64 decoding failed"_s;
        QTest::newRow("no parts") << contents(R"({"role":"user","parts":[]})")
                                  << u"contents[0].parts: contents.parts must not be empty."_s;
        QTest::newRow("an empty part")
            << contents(R"({"parts":[{}]})") << u"parts[0].data: required oneof field 'data'"_s;
        QTest::newRow("a wrong role") << contents(R"({"role":"system","parts":[{"text":"a"}]})")
                                      << u"Please use a valid role: user, model."_s;
        QTest::newRow("an end with the model")
            << contents(hi + R"(,{"role":"model","parts":[{"text":"a"}]})")
            << u"Requests ending with a model turn are not supported."_s;
        QTest::newRow("a call without its answer")
            << contents(hi + ',' + call + ',' + hi)
            << u"the number of function response parts is equal to"_s;
        QTest::newRow("an answer without a call")
            << contents(hi + ',' + response) << u"function response turn comes immediately after"_s;
        QTest::newRow("a call at the beginning")
            << contents(call + ',' + response) << u"function call turn comes immediately after"_s;
        QTest::newRow("a call without its signature")
            << contents(hi + R"(,{"role":"model","parts":[{"functionCall":{"name":"f"}}]},)" +
                        response)
            << u"missing a thought_signature in functionCall parts"_s;
        QTest::newRow("budget and level of thinking")
            << config(R"({"thinkingConfig":{"thinkingBudget":1,"thinkingLevel":"LOW"}})")
            << u"only set only one of thinking budget and thinking level"_s;
        QTest::newRow("an unknown level of thinking")
            << config(R"({"thinkingConfig":{"thinkingLevel":"much"}})")
            << u"Invalid value at 'generation_config.thinking_config.thinking_level'"_s;
        QTest::newRow("minimal thinking where it is not taken")
            << config(R"({"thinkingConfig":{"thinkingLevel":"MINIMAL"}})")
            << u"MINIMAL is not supported"_s;
        QTest::newRow("no output at all")
            << config(R"({"maxOutputTokens":0})") << u"maxOutputTokens value of 0"_s;
        QTest::newRow("allowed functions under AUTO")
            << QByteArray(
                   "{\"contents\":[" + hi +
                   R"(],"toolConfig":{"functionCallingConfig":{"allowedFunctionNames":["f"]}}})")
            << u"only when function calling mode is ANY"_s;
    }
    void wrongRequestsAreRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, wanted);
        GeminiService gemini = service();
        const HttpReply reply = whole(gemini.handle(post(u"streamGenerateContent"_s, body)));
        QCOMPARE(reply.status, 400);
        const QJsonObject error = errorOf(reply);
        QCOMPARE(error.value(u"status"_s).toString(), u"INVALID_ARGUMENT"_s);
        const QString message = error.value(u"message"_s).toString();
        QVERIFY2(message.contains(wanted), qPrintable(message));
    }

    void rightRequestsAreTaken_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("snake case, and one object for a list")
            << R"({"system_instruction":{"parts":{"text":"x"}},"contents":{"parts":{"text":"Hi"}}})"_ba;
        QTest::newRow("every chunk of an answer as a content of its own")
            << R"({"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]},{"role":"model","parts":[{"text":"","thoughtSignature":"AA=="}]},{"role":"user","parts":[{"text":"c"}]}]})"_ba;
        QTest::newRow("a call of an earlier turn without its signature")
            << R"({"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]},{"role":"model","parts":[{"text":"b"}]},{"role":"user","parts":[{"text":"c"}]}]})"_ba;
        QTest::newRow("the signature that stands for none")
            << R"({"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f"},"thoughtSignature":"skip_thought_signature_validator"}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}]})"_ba;
    }
    void rightRequestsAreTaken()
    {
        QFETCH(QByteArray, body);
        GeminiService gemini = service();
        const HttpReply reply = whole(gemini.handle(post(u"generateContent"_s, body)));
        QVERIFY2(reply.status == 200, reply.body.constData());
    }

    void faultsInPlaceOfAnAnswer_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("bad key") << u"fault key"_s << 400 << "API_KEY_INVALID"_ba;
        QTest::newRow("404") << u"fault 404"_s << 404 << "NOT_FOUND"_ba;
        QTest::newRow("429") << u"fault 429"_s << 429 << "\"retryDelay\":\"1.5s\""_ba;
        QTest::newRow("daily quota") << u"fault quota"_s << 429 << "RequestsPerDay"_ba;
        QTest::newRow("500") << u"fault 500"_s << 500 << "INTERNAL"_ba;
        QTest::newRow("503") << u"fault 503"_s << 503 << "UNAVAILABLE"_ba;
        QTest::newRow("another status") << u"fault 408"_s << 408 << "Request timed out."_ba;
        QTest::newRow("a proxy's page") << u"fault html"_s << 502 << "<h1>502 Bad Gateway</h1>"_ba;
        QTest::newRow("blocked") << u"fault blocked"_s << 200
                                 << "\"blockReason\":\"PROHIBITED_CONTENT\""_ba;
    }
    void faultsInPlaceOfAnAnswer()
    {
        QFETCH(QString, message);
        QFETCH(int, status);
        QFETCH(QByteArray, wanted);
        for (const QString &method : {u"streamGenerateContent"_s, u"generateContent"_s}) {
            GeminiService gemini = service();
            const HttpReply reply = whole(gemini.handle(post(method, saying(message))));
            QCOMPARE(reply.status, status);
            QVERIFY2(reply.body.contains(wanted), reply.body.constData());
        }
    }

    void faultsWithinAnAnswer_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<AnswerStream::Step>("end");
        QTest::addColumn<QByteArray>("last");
        using Step = AnswerStream::Step;
        QTest::newRow("an error in mid-stream")
            << u"fault mid-stream"_s << Step::Finish << "\"status\":\"UNAVAILABLE\"}}\r\n\r\n"_ba;
        QTest::newRow("a stall") << u"fault stall"_s << Step::Stall << "\"}\r\n\r\n"_ba;
        QTest::newRow("a cut") << u"fault cut"_s << Step::Reset << "This sentence will nev"_ba;
        QTest::newRow("a close") << u"fault close"_s << Step::Close << "\"}\r\n\r\n"_ba;
        QTest::newRow("no finish") << u"fault unfinished"_s << Step::Finish << "\"}\r\n\r\n"_ba;
    }
    void faultsWithinAnAnswer()
    {
        QFETCH(QString, message);
        QFETCH(AnswerStream::Step, end);
        QFETCH(QByteArray, last);
        GeminiService gemini = service();
        const Streamed seen =
            drain(gemini.handle(post(u"streamGenerateContent"_s, saying(message))));
        QCOMPARE(seen.end, end);
        QVERIFY2(seen.body.endsWith(last), seen.body.constData());
        QVERIFY(seen.events.size() >= 2);
        QVERIFY(!seen.body.contains("finishReason"));
    }

    void finishReasons_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("hasText");
        QTest::newRow("safety") << u"fault safety"_s << u"SAFETY"_s << true;
        QTest::newRow("recitation") << u"fault recitation"_s << u"RECITATION"_s << true;
        QTest::newRow("max tokens") << u"fault max tokens"_s << u"MAX_TOKENS"_s << true;
        QTest::newRow("max tokens while thinking")
            << u"fault thinking"_s << u"MAX_TOKENS"_s << false;
        QTest::newRow("an empty answer") << u"fault empty"_s << u"STOP"_s << false;
        QTest::newRow("a malformed call")
            << u"fault malformed"_s << u"MALFORMED_FUNCTION_CALL"_s << false;
        QTest::newRow("an unknown reason") << u"fault unknown"_s << u"MOON_PHASE"_s << true;
    }
    void finishReasons()
    {
        QFETCH(QString, message);
        QFETCH(QString, reason);
        QFETCH(bool, hasText);
        GeminiService gemini = service();
        const Streamed seen =
            drain(gemini.handle(post(u"streamGenerateContent"_s, saying(message))));
        QCOMPARE(seen.candidate(seen.events.size() - 1).value(u"finishReason"_s).toString(),
                 reason);
        QCOMPARE(!seen.text.isEmpty(), hasText);
    }

    void aScenarioMayHaveALongerAnswerThanTheModel()
    {
        const QByteArray scenario = R"({"rules": [
            {"match": {"contains": "whole"}, "answer": "to and fro, ", "repeat": 10000, "max_tokens": 80000},
            {"match": {"contains": "less"}, "answer": "to and fro, ", "repeat": 10000, "max_tokens": 100},
            {"match": {"contains": "cut"}, "answer": "to and fro, to and fro, ", "repeat": 10000}]})";
        GeminiService gemini(parseScenario(scenario, QString()).value(), {});
        const auto lengthOf = [&gemini](const QString &message) {
            return drain(gemini.handle(post(u"streamGenerateContent"_s, saying(message))))
                .text.size();
        };
        QCOMPARE(lengthOf(u"whole"_s), 120'000);
        QVERIFY(lengthOf(u"less"_s) < 1000);
        const qsizetype cut = lengthOf(u"cut"_s);
        QVERIFY(cut > 100'000 && cut < 240'000);
    }

    void garbageIsOneEvent()
    {
        GeminiService gemini = service();
        const Streamed seen =
            drain(gemini.handle(post(u"streamGenerateContent"_s, saying(u"fault garbage"_s))));
        QCOMPARE(seen.events.count(QJsonObject()), 1);
        QVERIFY(seen.text.endsWith(u"in order."_s));
    }

    void chunksCarryTheirTime()
    {
        GeminiService gemini = service(u"bench"_s);
        const auto before = std::chrono::steady_clock::now().time_since_epoch().count();
        const Streamed seen = drain(gemini.handle(
            post(u"streamGenerateContent"_s, saying(u"bench chunks=7 rate=1000 size=30"_s))));
        QCOMPARE(seen.events.size(), 8);
        QCOMPARE(seen.text.size(), 7 * 30);
        qint64 last = before;
        for (qsizetype i = 0; i < 7; ++i) {
            const QString chunk = seen.text.mid(i * 30, 30);
            QVERIFY(chunk.startsWith(u'@') && chunk[21] == u';');
            const qint64 stamp = chunk.mid(1, 20).toLongLong();
            QVERIFY(stamp >= last);
            last = stamp;
        }
        QVERIFY(last <= std::chrono::steady_clock::now().time_since_epoch().count());
    }

    void benchIsDueAtAnExactRate()
    {
        GeminiService gemini = service(u"bench"_s);
        ServiceReply reply = gemini.handle(
            post(u"streamGenerateContent"_s, saying(u"bench chunks=100 rate=20 size=24"_s)));
        AnswerStream &stream = *std::get<StreamReply>(reply).stream;
        QByteArray out;
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(stream.due(), std::chrono::milliseconds(50 * i));
            stream.appendNext(out);
        }
        QCOMPARE(stream.due(), std::chrono::seconds(5));
    }

    void demoStreamsAtAHumanPace()
    {
        GeminiService gemini(Scenario::builtIn(u"demo"_s), {});
        ServiceReply reply =
            gemini.handle(post(u"streamGenerateContent"_s, saying(u"Tell me a story"_s)));
        AnswerStream &stream = *std::get<StreamReply>(reply).stream;
        QCOMPARE(stream.due(), std::chrono::milliseconds(350));
        QByteArray out;
        auto before = stream.due();
        while (stream.appendNext(out) == AnswerStream::Step::Continue) {
            QVERIFY(stream.due() >= before);
            QVERIFY(stream.due() - before < std::chrono::milliseconds(1000));
            before = stream.due();
        }
        QVERIFY(stream.duration() > std::chrono::seconds(5));
        QVERIFY(stream.duration() < std::chrono::seconds(31));
    }
};

QTEST_GUILESS_MAIN(TestGeminiService)
#include "tst_geminiservice.moc"
