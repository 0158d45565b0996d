#include "gemini/geminianswer.h"
#include "gemini/geminicodec.h"
#include "gemini/rawparts.h"
#include "llm/modelname.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace runnel;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

//! JSON with ' for ", which reads better; and moc of Qt 6.4 loses its way in raw strings.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

HistoryMessage user(const QString &text)
{
    return {Role::User, text, {}};
}

HistoryMessage model(const QString &text, const QByteArray &rawParts = {})
{
    return {Role::Model, text, rawParts};
}

CompletionRequest ask(std::vector<HistoryMessage> history)
{
    CompletionRequest request;
    request.model = u"gemini-flash-latest"_s;
    request.history = std::move(history);
    return request;
}

GeminiEvent decoded(const QByteArray &json)
{
    const auto event = GeminiCodec::decodeEvent(json);
    if (!event)
        qFatal("%s", qPrintable(event.error()));
    return *event;
}

//! The raw parts after these events.
QByteArray rawParts(const QList<QByteArray> &events)
{
    RawParts parts;
    for (const QByteArray &json : events) {
        for (const GeminiPart &part : decoded(json).parts)
            parts.append(part);
    }
    return parts.toJson();
}

QByteArray withParts(const QByteArray &parts)
{
    return json("{'candidates':[{'content':{'parts':") + parts + json(",'role':'model'}}]}");
}

} // namespace

class TestGeminiCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsHoldOnlyWhatIsSet_data()
    {
        QTest::addColumn<CompletionRequest>("request");
        QTest::addColumn<QByteArray>("body");

        QTest::newRow("one question")
            << ask({user(u"Hi"_s)})
            << json("{'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}");
        CompletionRequest all = ask({user(u"Hi"_s)});
        all.systemInstruction = u"Be brief"_s;
        all.config.temperature = 0.7;
        all.config.topP = 0.95;
        all.config.topK = 40;
        all.config.maxOutputTokens = 100;
        all.config.seed = 0;
        all.config.presencePenalty = -0.5;
        all.config.frequencyPenalty = 1;
        all.config.stopSequences = {u"END"_s, u"\""_s};
        all.config.thinking = ThinkingConfig{-1, u"LOW"_s, false};
        all.config.safetySettings = {{u"HARM_CATEGORY_HARASSMENT"_s, u"BLOCK_ONLY_HIGH"_s}};
        QTest::newRow("everything")
            << all
            << json("{'systemInstruction':{'parts':[{'text':'Be brief'}]},'generationConfig':{"
                    "'temperature':0.7,'topP':0.95,'topK':40,'maxOutputTokens':100,'seed':0,"
                    "'presencePenalty':-0.5,'frequencyPenalty':1,'stopSequences':['END','\\''],"
                    "'thinkingConfig':{'thinkingBudget':-1,'thinkingLevel':'LOW','includeThoughts':"
                    "false}},"
                    "'safetySettings':[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_"
                    "ONLY_HIGH'}],"
                    "'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}");
        CompletionRequest thoughts = ask({user(u"Hi"_s)});
        thoughts.config.thinking = ThinkingConfig{{}, {}, true};
        QTest::newRow("thoughts asked for, and nothing else of thinking")
            << thoughts
            << json("{'generationConfig':{'thinkingConfig':{'includeThoughts':true}},"
                    "'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}");
        QTest::newRow("a model's turn without raw parts goes as text")
            << ask({user(u"1"_s), model(u"2"_s), user(u"3"_s)})
            << json("{'contents':[{'role':'user','parts':[{'text':'1'}]},"
                    "{'role':'model','parts':[{'text':'2'}]},{'role':'user','parts':[{'text':'3'}]}"
                    "]}");
        QTest::newRow("raw parts go back byte for byte")
            << ask({user(u"1"_s),
                    model(u"2"_s,
                          json("[{ 'text' :'\\u0032','thoughtSignature':'A/b=+', 'x':1e2}]")),
                    user(u"3"_s)})
            << json("{'contents':[{'role':'user','parts':[{'text':'1'}]},{'role':'model','parts':["
                    "{ 'text' :'\\u0032','thoughtSignature':'A/b=+', 'x':1e2}]},"
                    "{'role':'user','parts':[{'text':'3'}]}]}");
        QTest::newRow("a model's turn without a word is left out, and its neighbours are one")
            << ask({user(u"1"_s), model({}), user(u"2"_s), model({}, "[]"), user(u"3"_s)})
            << json("{'contents':[{'role':'user','parts':[{'text':'1'},{'text':'2'},{'text':'3'}]}]"
                    "}");
        QTest::newRow("NUL and line ends are escaped")
            << ask({user(QString(QChar(u'\0')) + u"\r\n\t\"\\"_s)})
            << json("{'contents':[{'role':'user','parts':[{'text':'\\u0000\\r\\n\\t\\'\\\\'}]}]}");
        QTest::newRow("lone surrogates become U+FFFD, pairs stay")
            << ask({user(u"a"_s + QChar(0xd83d) + u"b😀"_s + QChar(0xde00) + QChar(0xd83d))})
            << "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\xef\xbf\xbd"
               "b\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd\"}]}]}"_ba;
    }

    void requestsHoldOnlyWhatIsSet()
    {
        QFETCH(CompletionRequest, request);
        QFETCH(QByteArray, body);
        QCOMPARE(GeminiCodec::encodeRequest(request), body);
        QVERIFY(QJsonDocument::fromJson(body).isObject());
    }

    void aContinuationIsTheSameRequestWithAToken()
    {
        const QByteArray body = GeminiCodec::encodeRequest(ask({user(u"Hi"_s)}));
        const QByteArray more = GeminiCodec::withContinuation(body, u"a\"b"_s);
        QCOMPARE(more, body.chopped(1) + json(",'continuationToken':'a\\'b'}"));
    }

    void modelNamesCannotChangeThePath_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << u"gemini-2.5-flash"_s << true;
        QTest::newRow("with Gemini's prefix") << u"models/gemini-flash-latest"_s << true;
        QTest::newRow("with a version") << u"gemini-pro@001"_s << true;
        QTest::newRow("empty") << u""_s << false;
        QTest::newRow("only the prefix") << u"models/"_s << false;
        QTest::newRow("a slash") << u"a/b"_s << false;
        QTest::newRow("up") << u".."_s << false;
        QTest::newRow("up after the prefix") << u"models/../x"_s << false;
        QTest::newRow("a query") << u"a?key=1"_s << false;
        QTest::newRow("a fragment") << u"a#b"_s << false;
        QTest::newRow("a percent sign") << u"a%2fb"_s << false;
        QTest::newRow("a colon") << u"a:generateContent"_s << false;
        QTest::newRow("a line end") << u"a\r\nb"_s << false;
        QTest::newRow("no ASCII") << u"modèle"_s << false;
        QTest::newRow("too long") << u"a"_s.repeated(129) << false;
    }

    void modelNamesCannotChangeThePath()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        QCOMPARE(isModelName(name), good);
    }

    void anEventIsReadWhole()
    {
        const GeminiEvent event = decoded(json(
            "{'candidates':[{'content':{'parts':[{'text':'Let me "
            "see','thought':true},{'text':'Hi'},"
            "{'text':'!','thoughtSignature':'EqkE'},{'functionCall':{'name':'f'}}],'role':'model'},"
            "'finishReason':'STOP','finishMessage':'done','continuationToken':'t','index':0}],"
            "'usageMetadata':{'promptTokenCount':7,'toolUsePromptTokenCount':3,'"
            "candidatesTokenCount':2,"
            "'cachedContentTokenCount':4,'totalTokenCount':106,'thoughtsTokenCount':94},"
            "'modelVersion':'gemini-3.7-flash','responseId':'WQuq'}"));
        using Kind = GeminiPart::Kind;
        QVERIFY(event.hasCandidate);
        QCOMPARE(event.parts.size(), size_t(4));
        QVERIFY(event.parts[0] == (GeminiPart{Kind::Thought, u"Let me see"_s,
                                              json("{'text':'Let me see','thought':true}")}));
        QVERIFY(event.parts[1] == (GeminiPart{Kind::Text, u"Hi"_s, {}}));
        QVERIFY(event.parts[2] ==
                (GeminiPart{Kind::Text, u"!"_s, json("{'text':'!','thoughtSignature':'EqkE'}")}));
        QVERIFY(event.parts[3] ==
                (GeminiPart{Kind::Other, {}, json("{'functionCall':{'name':'f'}}")}));
        QCOMPARE(event.finishReason, u"STOP"_s);
        QCOMPARE(event.finishMessage, u"done"_s);
        QCOMPARE(event.continuationToken, u"t"_s);
        QCOMPARE(event.modelVersion, u"gemini-3.7-flash"_s);
        QVERIFY(event.usage == (Usage{10, 4, 94, 2, 106}));
        QVERIFY(!event.error);
    }

    //! Whatever is missing or of another kind: the rest is read.
    void everyLevelIsOptional_data()
    {
        QTest::addColumn<QByteArray>("data");
        for (const char *text :
             {"{}", ("{'candidates':[]}"), ("{'candidates':[{}]}"), ("{'candidates':null}"),
              ("{'candidates':[7]}"), ("{'candidates':{'a':1}}"),
              ("{'candidates':[{'content':{}}]}"), ("{'candidates':[{'content':{'parts':[]}}]}"),
              ("{'candidates':[{'content':{'parts':[7,'a',null,[]]}}]}"),
              ("{'candidates':[{'content':{'parts':[{'text':''}]}}]}"),
              ("{'candidates':[{'content':null,'finishReason':7}]}"), ("{'usageMetadata':7}"),
              ("{'usageMetadata':{}}"), ("{'usageMetadata':{'promptTokenCount':'7'}}"),
              ("{'promptFeedback':{}}"), ("{'promptFeedback':[]}"), ("{'modelVersion':{}}"),
              ("{'error':null}"), ("{'tomorrow':[{'a':{'b':[1,2,3]}}]}")})
            QTest::newRow(text) << json(text);
    }

    void everyLevelIsOptional()
    {
        QFETCH(QByteArray, data);
        const GeminiEvent event = decoded(data);
        for (const GeminiPart &part : event.parts)
            QVERIFY(part.text.isEmpty());
        QVERIFY(event.finishReason.isEmpty());
        QVERIFY(event.blockReason.isEmpty());
        QVERIFY(!event.error);
        if (event.usage)
            QVERIFY(*event.usage == Usage{});
    }

    void unknownValuesSurvive()
    {
        const GeminiEvent event = decoded(json("{'candidates':[{'content':{'parts':[{'hologram':{'"
                                               "x':[1,2]}}]},'finishReason':'TIRED'}],"
                                               "'promptFeedback':{'blockReason':'MOOD'}}"));
        QCOMPARE(event.finishReason, u"TIRED"_s);
        QCOMPARE(event.blockReason, u"MOOD"_s);
        QCOMPARE(event.parts.at(0).raw, json("{'hologram':{'x':[1,2]}}"));
    }

    void aLoneSurrogateIsReadAsTheReplacementCharacter()
    {
        const GeminiEvent event =
            decoded(withParts(json("[{'text':'a\\ud83db\\\\ud83d\\ud83d\\ude00\\ude00','x':1}]")));
        QCOMPARE(event.parts.at(0).text, u"a\ufffdb\\ud83d😀\ufffd"_s);
        QCOMPARE(event.parts.at(0).raw,
                 json("{'text':'a\\ufffdb\\\\ud83d\\ud83d\\ude00\\ufffd','x':1}"));
    }

    void whatIsNoObjectIsRefused_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("text") << "[DONE]"_ba;
        QTest::newRow("an array") << "[]"_ba;
        QTest::newRow("a string") << "\"a\""_ba;
        QTest::newRow("cut") << json("{'candidates':[");
        QTest::newRow("two documents") << "{} {}"_ba;
        QTest::newRow("no UTF-8") << "{\"a\":\"\xff\"}"_ba;
        QTest::newRow("deep") << "{\"a\":"_ba + QByteArray(100'000, '[') +
                                     QByteArray(100'000, ']') + '}';
    }

    void whatIsNoObjectIsRefused()
    {
        QFETCH(QByteArray, data);
        QVERIFY(!GeminiCodec::decodeEvent(data));
    }

    void everyCutOfAnEventIsRefused()
    {
        const QByteArray event =
            json("{'candidates':[{'content':{'parts':[{'text':'Hi','thoughtSignature':'E'}]}}]}");
        QVERIFY(bool(GeminiCodec::decodeEvent(event)));
        for (qsizetype cut = 0; cut < event.size(); ++cut)
            QVERIFY(!GeminiCodec::decodeEvent(event.first(cut)));
    }

    void rawPartsAreKeptInOrder_data()
    {
        QTest::addColumn<QList<QByteArray>>("parts");
        QTest::addColumn<QByteArray>("kept");

        QTest::newRow("plain text is one part")
            << QList{json("[{'text':'Hel'}]"), json("[{'text':'lo '},{'text':'\\'you\\''}]")}
            << json("[{'text':'Hello \\'you\\''}]");
        QTest::newRow("a signed part is never merged")
            << QList{json("[{'text':'a'}]"), json("[{'text':'b','thoughtSignature':'S'}]"),
                     json("[{'text':'c'}]")}
            << json("[{'text':'a'},{'text':'b','thoughtSignature':'S'},{'text':'c'}]");
        QTest::newRow("an empty part with a signature is kept")
            << QList{json("[{'text':'a'}]"), json("[{'text':'','thoughtSignature':'S'}]")}
            << json("[{'text':'a'},{'text':'','thoughtSignature':'S'}]");
        QTest::newRow("an empty part of nothing is not")
            << QList{json("[{'text':''}]"), json("[]")} << ""_ba;
        QTest::newRow("thoughts stay what they are")
            << QList{json("[{'text':'hm','thought':true}]"), json("[{'text':'a'}]")}
            << json("[{'text':'hm','thought':true},{'text':'a'}]");
        QTest::newRow("byte for byte: spaces, escapes, numbers, order")
            << QList{json(
                   "[ { 'thoughtSignature' : 'A\\/b' , 'text' : '\\u00e9\\n' , 'n' : 1.50e+01 } ]")}
            << json("[{ 'thoughtSignature' : 'A\\/b' , 'text' : '\\u00e9\\n' , 'n' : 1.50e+01 }]");
        QTest::newRow("a part that is no object is dropped, the rest is kept in our own spelling")
            << QList{json("[7,{'text':'a', 'x':1}]")} << json("[{'text':'a','x':1}]");
        QTest::newRow("calls in parallel")
            << QList{json("[{'functionCall':{'name':'f','args':{'a':[1,{'b':']}'}]}},'"
                          "thoughtSignature':'S'},{'functionCall':{'name':'g'}}]")}
            << json("[{'functionCall':{'name':'f','args':{'a':[1,{'b':']}'}]}},'thoughtSignature':'"
                    "S'},{'functionCall':{'name':'g'}}]");
    }

    void rawPartsAreKeptInOrder()
    {
        QFETCH(QList<QByteArray>, parts);
        QFETCH(QByteArray, kept);
        QList<QByteArray> events;
        for (const QByteArray &list : parts)
            events.append(withParts(list));
        const QByteArray raw = rawParts(events);
        QCOMPARE(raw, kept);
        const QByteArray body =
            GeminiCodec::encodeRequest(ask({user(u"1"_s), model({}, raw), user(u"2"_s)}));
        if (!raw.isEmpty())
            QVERIFY(body.contains(QByteArray(json("{'role':'model','parts':") + raw + '}')));
        QVERIFY(QJsonDocument::fromJson(body).isObject());
    }

    void errorsAreToldToPeople_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<QString>("says");

        QTest::newRow("a wrong key is a 400")
            << 400
            << json("{'error':{'code':400,'message':'API key not valid. Please pass a valid API "
                    "key.','status':'INVALID_ARGUMENT','details':[{'@type':'type.googleapis.com/"
                    "google.rpc.ErrorInfo','reason':'API_KEY_INVALID'}]}}")
            << ErrorCode::BadApiKey << false << u"The API key was refused. Check GOOGLE_API_KEY."_s;
        QTest::newRow("401") << 401 << ""_ba << ErrorCode::BadApiKey << false
                             << u"GOOGLE_API_KEY"_s;
        QTest::newRow("403")
            << 403 << json("{'error':{'code':403,'message':'No.','status':'PERMISSION_DENIED'}}")
            << ErrorCode::BadApiKey << false << u"is not allowed to use"_s;
        QTest::newRow("404") << 404
                             << json("{'error':{'code':404,'message':'gone','status':'NOT_FOUND'}}")
                             << ErrorCode::ModelNotFound << false
                             << u"The model 'gemini-x' was not found. Check DEFAULT_MODEL"_s;
        QTest::newRow("another 400 quotes the reason")
            << 400
            << json("{'error':{'code':400,'message':'Penalty is not "
                    "enabled','status':'INVALID_ARGUMENT'}}")
            << ErrorCode::ModelError << false << u"It said: \"Penalty is not enabled\""_s;
        QTest::newRow("region or billing")
            << 400
            << json("{'error':{'code':400,'message':'User location is not "
                    "supported','status':'FAILED_PRECONDITION'}}")
            << ErrorCode::ModelError << false << u"region"_s;
        QTest::newRow("408") << 408 << ""_ba << ErrorCode::ModelOverloaded << true
                             << u"took too long"_s;
        QTest::newRow("429") << 429 << json("{'error':{'code':429,'status':'RESOURCE_EXHAUSTED'}}")
                             << ErrorCode::QuotaExhausted << true << u"for the moment"_s;
        QTest::newRow("429 of the day")
            << 429
            << json("{'error':{'code':429,'details':[{'violations':[{'quotaId':'"
                    "GenerateRequestsPerDayPerProjectPerModel-FreeTier'}]}]}}")
            << ErrorCode::QuotaExhausted << false << u"Try again tomorrow"_s;
        QTest::newRow("429 of nothing granted")
            << 429 << json("{'error':{'code':429,'message':'Quota exceeded, limit: 0, model: x'}}")
            << ErrorCode::QuotaExhausted << false << u"has no quota for the model 'gemini-x'"_s;
        QTest::newRow("500") << 500 << json("{'error':{'code':500,'status':'INTERNAL'}}")
                             << ErrorCode::ModelError << true << u"The model failed."_s;
        QTest::newRow("502 with a proxy's page")
            << 502 << "<html>Bad Gateway</html>"_ba << ErrorCode::ModelUnreachable << true
            << u"web page"_s;
        QTest::newRow("503") << 503 << json("{'error':{'code':503,'status':'UNAVAILABLE'}}")
                             << ErrorCode::ModelOverloaded << true << u"The model is busy."_s;
        QTest::newRow("the array form")
            << 503 << json("[{'error':{'code':503,'message':'overloaded'}}]")
            << ErrorCode::ModelOverloaded << true << u"overloaded"_s;
        QTest::newRow("in mid-stream, without a number")
            << 0 << json("{'error':{'message':'late','status':'DEADLINE_EXCEEDED'}}")
            << ErrorCode::ModelOverloaded << true << u"late"_s;
        QTest::newRow("with a name for a number")
            << 503 << json("{'error':{'code':'overloaded','message':'m'}}")
            << ErrorCode::ModelOverloaded << true << u"busy"_s;
        QTest::newRow("an error that is a string")
            << 400 << json("{'error':'bad thing'}") << ErrorCode::ModelError << false
            << u"bad thing"_s;
        QTest::newRow("an empty body")
            << 418 << ""_ba << ErrorCode::ModelError << false << u"(418)"_s;
        QTest::newRow("garbage") << 500 << "\xff\xfe{"_ba << ErrorCode::ModelError << true
                                 << u"The model failed."_s;
    }

    void errorsAreToldToPeople()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorCode, code);
        QFETCH(bool, retryable);
        QFETCH(QString, says);
        const GeminiError error = GeminiCodec::decodeError(status, body, {u"gemini-x"_s, {}});
        QCOMPARE(error.code, code);
        QCOMPARE(error.retryable, retryable);
        QVERIFY2(error.text.contains(says), qPrintable(error.text));
        QVERIFY(error.text.startsWith(error.summary));
        QVERIFY(error.summary.endsWith(u'.'));
    }

    void retryInfoIsRead_data()
    {
        QTest::addColumn<QByteArray>("delay");
        QTest::addColumn<std::optional<std::chrono::milliseconds>>("wanted");
        using Delay = std::optional<std::chrono::milliseconds>;
        QTest::newRow("a fraction") << json("'34.4s'") << Delay(34400ms);
        QTest::newRow("whole") << json("'7s'") << Delay(7s);
        QTest::newRow("nothing to wait") << json("'0s'") << Delay(0ms);
        QTest::newRow("longer than a year is a year") << json("'1e300s'") << Delay(365 * 24h);
        QTest::newRow("negative") << json("'-1s'") << Delay();
        QTest::newRow("no unit") << json("'7'") << Delay();
        QTest::newRow("not a number") << json("'nans'") << Delay();
        QTest::newRow("infinite") << json("'infs'") << Delay();
        QTest::newRow("a number") << json("7") << Delay();
    }

    void retryInfoIsRead()
    {
        QFETCH(QByteArray, delay);
        QFETCH(std::optional<std::chrono::milliseconds>, wanted);
        const QByteArray body =
            json("{'error':{'code':429,'details':[{'@type':'x'},{'retryDelay':") + delay + "}]}}";
        QCOMPARE(GeminiCodec::decodeError(429, body).retryAfter.has_value(), wanted.has_value());
        if (wanted)
            QCOMPARE(GeminiCodec::decodeError(429, body).retryAfter->count(), wanted->count());
    }

    void quotesAreHarmless()
    {
        const QString secret = u"AIzaSecret"_s;
        QCOMPARE(GeminiCodec::quotable(u"key AIzaSecret\u202e\r\n\tis\u0007 bad"_s, secret),
                 u"key [key] is bad"_s);
        // The key stands where the quote is cut: no part of it may be left.
        const QString cut = GeminiCodec::quotable(u"a"_s.repeated(295) + secret, secret);
        QVERIFY(!cut.contains(u"AI"));
        const QString emoji = GeminiCodec::quotable(u"😀"_s.repeated(500), {});
        QCOMPARE(emoji.size(), 299);
        QVERIFY(emoji.endsWith(u"😀…"));
        const GeminiError error = GeminiCodec::decodeError(
            400, json("{'error':{'message':'The key AIzaSecret is odd'}}"), {u"m"_s, secret});
        QVERIFY(error.text.contains(u"The key [key] is odd"));
    }
};

QTEST_GUILESS_MAIN(TestGeminiCodec)
#include "tst_geminicodec.moc"
