#include "emulator/responder.h"
#include "emulator/scenarioparser.h"
#include "emulator/tokenizer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace runnel;
using namespace runnel::emulator;
using namespace Qt::StringLiterals;

namespace {

QString errorOf(const QByteArray &json, const QString &folder = {})
{
    const auto scenario = parseScenario(json, folder);
    return scenario ? u"no error"_s : scenario.error();
}

Scenario scenarioOf(const QByteArray &json)
{
    auto scenario = parseScenario(json, {});
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error()));
    return std::move(scenario).value();
}

GenerateRequest say(const QStringList &messages, const QString &system = {})
{
    GenerateRequest request;
    request.model = u"gemini-flash-latest"_s;
    request.systemInstruction = system;
    for (const QString &message : messages) {
        if (!request.contents.empty())
            request.contents.push_back({true, {GeminiPart{.text = u"An answer."_s}}});
        request.contents.push_back({false, {GeminiPart{.text = message}}});
    }
    return request;
}

QString answer(Responder &responder, const QStringList &messages, const QString &system = {})
{
    return responder.respond(say(messages, system)).text;
}

//! The keys of a schema's object, by a path of keys from its root.
QStringList schemaKeys(const QStringList &path)
{
    QFile file(QStringLiteral(RUNNEL_SOURCE_DIR "/emulator/scenarios/scenario.schema.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    for (const QString &step : path)
        object = object.value(step).toObject();
    QStringList keys = object.value(u"properties"_s).toObject().keys();
    keys.sort();
    return keys;
}

} // namespace

class TestScenario : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badFilesNameTheSpot_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("wanted");

        const auto rule = [](const QByteArray &text) -> QByteArray {
            return "{\"rules\":[{\"answer\":\"a\"}," + text + "]}";
        };
        QTest::newRow("no JSON") << "{\n\"rules\": oops\n}"_ba << u"line 2 is no JSON"_s;
        QTest::newRow("an empty file") << ""_ba << u"line 1 is no JSON"_s;
        QTest::newRow("a list") << "[]"_ba << u"the file must be an object, is a list"_s;
        QTest::newRow("no rules") << "{}"_ba << u"rules is missing"_s;
        QTest::newRow("rules that are no list")
            << R"({"rules":{}})"_ba << u"rules must be a list, is an object"_s;
        QTest::newRow("an unknown key")
            << R"({"rules":[],"ruels":[]})"_ba << u"ruels is not known; known are"_s;
        QTest::newRow("an unknown key of a rule")
            << rule(R"({"anwser":"x"})") << u"rules[1].anwser is not known; known are"_s;
        QTest::newRow("a rule that says nothing") << rule("{}") << u"rules[1] says nothing"_s;
        QTest::newRow("two answers")
            << rule(R"({"answer":"a","echo":true})") << u"rules[1] must have only one of"_s;
        QTest::newRow("an answer that is a number")
            << rule(R"({"answer":5})") << u"rules[1].answer must be a text, is a number"_s;
        QTest::newRow("an empty list of answers")
            << rule(R"({"answer":[]})") << u"rules[1].answer must not be empty"_s;
        QTest::newRow("a wrong answer in a list")
            << rule(R"({"answer":["a",null]})") << u"rules[1].answer[1] must be a text, is null"_s;
        QTest::newRow("a broken regular expression")
            << rule(R"({"answer":"a","match":{"regex":"*"}})")
            << u"rules[1].match.regex is no regular expression: quantifier does not follow"_s;
        QTest::newRow("an unknown kind of fault")
            << rule(R"({"fault":{"kind":"boom"}})")
            << u"rules[1].fault.kind is \"boom\", it may be bad_key, blocked_prompt, close"_s;
        QTest::newRow("a fault without kind")
            << rule(R"({"fault":{}})") << u"rules[1].fault.kind is missing"_s;
        QTest::newRow("a status that is none")
            << rule(R"({"fault":{"kind":"status","status":200}})")
            << u"rules[1].fault.status must be a number from 400 to 599"_s;
        QTest::newRow("half a request") << rule(R"({"answer":"a","match":{"request":1.5}})")
                                        << u"rules[1].match.request must be a whole number"_s;
        QTest::newRow("a pace below nothing")
            << rule(R"({"answer":"a","pace":{"tokens_per_second":-1}})")
            << u"rules[1].pace.tokens_per_second must be a number from 0 to 1000000"_s;
        QTest::newRow("chunk sizes the wrong way round")
            << rule(R"({"answer":"a","pace":{"chunk_tokens":[5,2]}})")
            << u"rules[1].pace.chunk_tokens must be a list of two numbers, the smaller first"_s;
        QTest::newRow("too many chunks")
            << rule(R"({"generate":{"chunks":1e9}})")
            << u"rules[1].generate.chunks must be a number from 1 to 1000000"_s;
        QTest::newRow("a call without a name") << rule(R"({"function_calls":[{"args":{}}]})")
                                               << u"rules[1].function_calls[0].name is missing"_s;
        QTest::newRow("arguments that are no object")
            << rule(R"({"function_calls":[{"name":"f","args":[]}]})")
            << u"rules[1].function_calls[0].args must be an object"_s;
        QTest::newRow("a Markdown file that is not there")
            << rule(R"({"markdown":"nowhere.md"})")
            << u"rules[1].markdown cannot be read: nowhere.md: No such file"_s;
        QTest::newRow("a Markdown file from elsewhere")
            << rule(R"({"markdown":"../secret.md"})")
            << u"rules[1].markdown must be a file beside the scenario"_s;
        QTest::newRow("a fact without a group")
            << R"({"rules":[],"facts":[{"name":"n","regex":"x"}]})"_ba
            << u"facts[0].regex needs a group that is the fact"_s;
        QTest::newRow("an echo that is none")
            << rule(R"({"echo":false})") << u"rules[1].echo can only be true"_s;
        QTest::newRow("a truth value that is a text")
            << R"({"rules":[],"timestamps":"yes"})"_ba
            << u"timestamps must be true or false, is a text"_s;
        QTest::newRow("a text that is too long")
            << rule("{\"answer\":\"" + QByteArray(300'000, 'a') + "\"}")
            << u"rules[1].answer has 300000 characters, at most 262144 are allowed"_s;
        QTest::newRow("a file that is too large")
            << QByteArray(1024 * 1024 + 1, ' ') << u"the file has 1048577 bytes"_s;
    }
    void badFilesNameTheSpot()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, wanted);
        const QString error = errorOf(json, QDir::tempPath() + u"/no-such-folder"_s);
        QVERIFY2(error.startsWith(wanted), qPrintable(error));
        QVERIFY(!error.contains(u'\n'));
    }

    void brokenFileNamesItself()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"mine.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"rules\":[{}]}");
        file.close();
        const auto scenario = Scenario::load(path);
        QVERIFY(!scenario);
        QVERIFY(scenario.error().startsWith(u"Scenario %1: rules[0] says nothing"_s.arg(path)));
        QVERIFY(Scenario::load(folder.filePath(u"none.json"_s)).error().contains(u"Cannot read"_s));
    }

    void shippedScenariosLoad_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u"demo"_s, u"faults"_s, u"bench"_s})
            QTest::newRow(qPrintable(name)) << name;
    }
    void shippedScenariosLoad()
    {
        QFETCH(QString, name);
        QCOMPARE(Scenario::builtIn(name).name, name);
        const auto file = Scenario::load(QStringLiteral(RUNNEL_SOURCE_DIR "/emulator/scenarios/") +
                                         name + u".json"_s);
        QVERIFY2(bool(file), qPrintable(file ? QString() : file.error()));
        QCOMPARE(file->rules.size(), Scenario::builtIn(name).rules.size());
    }

    //! The parser's "known are …" and the schema's properties must say the same.
    void schemaKnowsWhatTheParserKnows_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("path");
        const QString defs = u"$defs"_s;
        QTest::newRow("root") << R"({"?":1})"_ba << QStringList{};
        QTest::newRow("rule") << R"({"rules":[{"?":1}]})"_ba << QStringList{defs, u"rule"_s};
        QTest::newRow("match") << R"({"rules":[{"match":{"?":1}}]})"_ba
                               << QStringList{defs, u"match"_s};
        QTest::newRow("pace") << R"({"pace":{"?":1}})"_ba << QStringList{defs, u"pace"_s};
        QTest::newRow("fault") << R"({"rules":[{"fault":{"?":1}}]})"_ba
                               << QStringList{defs, u"fault"_s};
        QTest::newRow("generate") << R"({"rules":[{"generate":{"?":1}}]})"_ba
                                  << QStringList{defs, u"generate"_s};
        QTest::newRow("call") << R"({"rules":[{"function_calls":[{"?":1}]}]})"_ba
                              << QStringList{defs, u"call"_s};
        QTest::newRow("fact") << R"({"facts":[{"?":1}]})"_ba << QStringList{defs, u"fact"_s};
        QTest::newRow("opening") << R"({"openings":[{"?":1}]})"_ba
                                 << QStringList{defs, u"opening"_s};
    }
    void schemaKnowsWhatTheParserKnows()
    {
        QFETCH(QByteArray, json);
        QFETCH(QStringList, path);
        QStringList known = errorOf(json).section(u"known are "_s, 1).split(u", "_s);
        known.sort();
        QCOMPARE(schemaKeys(path), known);
    }

    void rulesMatch()
    {
        Responder responder(scenarioOf(R"({"rules":[
            {"match":{"request":2},"answer":"second"},
            {"match":{"contains":"TEA"},"answer":"tea"},
            {"match":{"regex":"^say (\\w+).*"},"answer":"you said {{1}}"},
            {"match":{"system":"poet"},"answer":"verse"},
            {"match":{"model":"gemini-2.5-pro"},"answer":"pro"},
            {"match":{"has_history":true},"answer":"again"},
            {"answer":"first"}]})"),
                            1);
        QCOMPARE(answer(responder, {u"hello"_s}), u"first"_s);
        QCOMPARE(answer(responder, {u"some tea"_s}), u"second"_s);
        QCOMPARE(answer(responder, {u"some tea"_s}), u"tea"_s);
        QCOMPARE(answer(responder, {u"Say hello"_s}), u"you said hello"_s);
        QCOMPARE(answer(responder, {u"hello"_s}, u"You are a POET."_s), u"verse"_s);
        QCOMPARE(answer(responder, {u"a"_s, u"b"_s}), u"again"_s);
        GenerateRequest pro = say({u"hello"_s});
        pro.model = u"gemini-2.5-pro"_s;
        QCOMPARE(responder.respond(pro).text, u"pro"_s);
    }

    void timesAreCounted()
    {
        Responder once(scenarioOf(R"({"rules":[{"times":2,"answer":"fails"},{"answer":"works"}]})"),
                       1);
        Responder cycle(
            scenarioOf(
                R"({"rules":[{"times":1,"cycle":true,"answer":"fails"},{"answer":"works"}]})"),
            1);
        QStringList seenOnce;
        QStringList seenInCycle;
        for (int i = 0; i < 4; ++i) {
            seenOnce.append(answer(once, {u"x"_s}));
            seenInCycle.append(answer(cycle, {u"x"_s}));
        }
        QCOMPARE(seenOnce, QStringList({u"fails"_s, u"fails"_s, u"works"_s, u"works"_s}));
        QCOMPARE(seenInCycle, QStringList({u"fails"_s, u"works"_s, u"fails"_s, u"works"_s}));
    }

    void unmatchedIsTheDemoOrAnError()
    {
        Responder demo(scenarioOf(R"({"rules":[]})"), 1);
        QVERIFY(answer(demo, {u"Hello"_s}).contains(u"demo model"_s));
        Responder strict(scenarioOf(R"({"rules":[],"otherwise":"error"})"), 1);
        QVERIFY(strict.respond(say({u"Hello"_s})).fault.has_value());
    }

    //! As the server asks when somebody presses Continue: what comes is joined to what there is.
    void demoGoesOnWhereItWasCutOff_data()
    {
        QTest::addColumn<QString>("question");
        QTest::newRow("a story") << u"Tell me a story about a river"_s;
        QTest::newRow("one of several texts") << u"Write a poem about the sea"_s;
        QTest::newRow("with thoughts") << u"Explain quantum computing"_s;
        QTest::newRow("what it does not know") << u"Where is Ulm?"_s;
    }
    void demoGoesOnWhereItWasCutOff()
    {
        QFETCH(QString, question);
        const QString goOn = u"Your answer was cut off. Go on with it exactly where it ends."_s;
        for (const Scenario &scenario :
             {Scenario::builtIn(u"demo"_s), scenarioOf(R"({"rules":[]})")}) {
            Responder responder(scenario, 1);
            GenerateRequest request = say({u"Good day"_s, question});
            const QString whole = responder.respond(request).text;
            const QString said = whole.left(whole.size() / 3);
            request.contents.push_back({true, {GeminiPart{.text = said}}});
            request.contents.push_back({false, {GeminiPart{.text = goOn}}});
            QCOMPARE(said + responder.respond(request).text, whole);
        }
    }

    void oddTextIsEchoed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s;
        QTest::newRow("a lone surrogate") << u"a"_s + QChar(0xd800) + u"b"_s;
        QTest::newRow("right-to-left marks") << u"\u202e\u200fabc\u2066"_s;
        QTest::newRow("line separators") << u"a\u2028b\r\n\tc"_s;
        QTest::newRow("placeholders") << u"{{question}} {{name}}"_s;
        QTest::newRow("64 KiB of emoji") << u"🎉"_s.repeated(16384);
    }
    void oddTextIsEchoed()
    {
        QFETCH(QString, text);
        Responder responder(Scenario::builtIn(u"demo"_s), 1);
        QCOMPARE(answer(responder, {u"Repeat after me: "_s + text}), text);
        QCOMPARE(answer(responder, {u"echo:"_s + text}), text);
    }

    void demoRemembers()
    {
        Responder responder(Scenario::builtIn(u"demo"_s), 1);
        const QString name = u"My name is Ada Lovelace."_s;
        QVERIFY(answer(responder, {name}).contains(u"**Ada Lovelace**"_s));
        const QString known =
            answer(responder, {name, u"Show me a table"_s, u"What is my name?"_s});
        QVERIFY(known.contains(u"**Ada Lovelace**"_s));
        QVERIFY(answer(responder, {u"My name is Ada and I like tea"_s}).contains(u"**Ada**"_s));
        QVERIFY(answer(responder, {u"What is my name?"_s}).contains(u"not told me"_s));
        QVERIFY(answer(responder, {u"Good day"_s, u"What did I ask first?"_s})
                    .contains(u"> Good day"_s));
        QVERIFY(answer(responder, {u"Where is Ulm?"_s}).contains(u"> Where is Ulm?"_s));
        QVERIFY(answer(responder, {u"What day is it today?"_s},
                       u"Be brief. Today is Monday, 23 November 2026. Be kind."_s)
                    .contains(u"**Monday, 23 November 2026**"_s));
        QVERIFY(answer(responder, {u"What is today's date?"_s}).contains(u"no clock"_s));
    }

    void demoAnswersTheGuide_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *message, const char *wanted) {
            QTest::newRow(message) << QString::fromUtf8(message) << QString::fromUtf8(wanted);
        };
        row("Explain quantum computing in simple terms", "Superposition");
        row("Hello", "demo model");
        row("What can you do?", "echo");
        row("Write some code", "```rust");
        row("Write a Python script", "```python");
        row("Show me C++", "```cpp");
        row("Show me a table", "|:--|:-:|");
        row("Markdown showcase", "- [x]");
        row("What is a WebSocket?", "101 Switching Protocols");
        row("What happens if we remove the Upgrade headers?", "hop-by-hop");
        row("Why does streaming feel faster?", "first");
        row("Tell me a story", "lighthouse");
        row("Write a poem", "**");
        // What the page and the window suggest.
        row("Compare SQL and NoSQL databases in a table", "NoSQL");
        row("Show me a C++ example of a range-based loop", "for (int &depth : depths)");
        row("Write a haiku about running water", "the small stream says");
        row("Compare TCP and UDP in a table", "UDP");
        row("Show me a C++ program that reads a file line by line", "std::getline");
        row("Summarize this", "nothing to summarise");
        row("Are you Gemini?", "not** Gemini");
        row("Thank you!", "welcome");
    }
    void demoAnswersTheGuide()
    {
        QFETCH(QString, message);
        QFETCH(QString, wanted);
        Responder responder(Scenario::builtIn(u"demo"_s), 1);
        const QString text = answer(responder, {message});
        QVERIFY2(text.contains(wanted), qPrintable(text));
        QVERIFY2(!text.contains(u"{{"_s), qPrintable(text));
    }

    //! The demo shares a thread with the whole server, so no message may keep its expressions busy.
    void noMessageTakesLong_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text : {u"what "_s, u"what i ask "_s, u"my name is "_s, u"\n \t"_s, u"a"_s,
                                 u"tell which did i say "_s, u"🎉"_s})
            QTest::addRow("64 KiB of '%s'", qPrintable(text.simplified()))
                << text.repeated(65536 / text.size());
    }
    void noMessageTakesLong()
    {
        QFETCH(QString, text);
        Responder responder(Scenario::builtIn(u"demo"_s), 1);
        const QStringList history(50, text);
        const std::clock_t begin = std::clock();
        QVERIFY(!answer(responder, history, text).isEmpty());
        const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
        // Time of this process alone, and far more than is usual, for sanitizers.
        QVERIFY2(seconds < 2, qPrintable(QString::number(seconds)));
    }

    void tokensNeverCutACharacter()
    {
        const QString text = u"Grüße, 世界! 🧑‍🚀 123456 \u0000\t  end"_s;
        QStringView rest(text);
        int tokens = 0;
        while (!rest.isEmpty()) {
            const QStringView token = rest.first(tokenLength(rest));
            QVERIFY(!token.isEmpty());
            QVERIFY(!token.back().isHighSurrogate());
            rest = rest.sliced(token.size());
            ++tokens;
        }
        QCOMPARE(countTokens(text), tokens);
        QCOMPARE(countTokens(u""), 0);
        QCOMPARE(tokenLength(QString(QChar(0xd800))), 1);
    }
};

QTEST_GUILESS_MAIN(TestScenario)
#include "tst_scenario.moc"
