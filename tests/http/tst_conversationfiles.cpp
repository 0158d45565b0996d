#include "http/conversationexport.h"
#include "http/conversationimport.h"
#include "http/conversationjson.h"
#include "http/conversationrequest.h"
#include "protocol/limits.h"
#include "storage/listcursor.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

#include <functional>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

using Edit = std::function<void(QJsonObject &file)>;

const QDateTime now(QDate(2026, 2, 1), QTime(8, 30), QTimeZone::utc());
const QDateTime earlier(QDate(2026, 1, 31), QTime(12, 0, 0, 7), QTimeZone::utc());

StoredMessage question(const QString &id, const QString &parent, const QString &text)
{
    StoredMessage message;
    message.record.messageId = id;
    message.record.parentId = parent;
    message.record.content = text;
    message.record.at = earlier;
    message.record.id = u"own-"_s + id;
    return message;
}

StoredMessage answer(const QString &id, const QString &parent, const QString &turn,
                     const QString &text)
{
    StoredMessage message;
    MessageRecord &record = message.record;
    record.messageId = id;
    record.parentId = parent;
    record.role = Role::Model;
    record.content = text;
    record.at = earlier;
    record.turn = turn;
    record.agent = u"default"_s;
    record.model = u"a-model"_s;
    record.thoughts = u"Hm."_s;
    record.agents = {{u"default"_s, {}, true}, {u"critic"_s, u"default"_s, true}};
    record.tools = {{u"c1"_s,
                     u"search"_s,
                     {{u"q"_s, u"the \"Danube\""_s}},
                     u"default"_s,
                     ToolState::Done,
                     u"2850 km"_s,
                     {},
                     std::chrono::milliseconds(231)},
                    {u"c2"_s,
                     u"measure"_s,
                     {},
                     u"critic"_s,
                     ToolState::Failed,
                     {},
                     u"No ruler is that long."_s,
                     std::chrono::milliseconds(12)},
                    {u"c3"_s, u"delete"_s, {}, u"default"_s, ToolState::Unfinished, {}, {}, {}}};
    record.sources = {{u"Rivers"_s, u"https://example.org/rivers"_s, {{0, 4}, {5, 7}}}};
    record.finishReason = FinishReason::Stop;
    record.usage = Usage{7, -1, 3, 2, 12, 0.0021};
    return message;
}

//! Two versions of an answer, the first one with a question and a failed answer below.
StoredConversation tree()
{
    StoredConversation conversation;
    conversation.head = {u"c1"_s, u"e1"_s, 9,  3, u"m5"_s, u"Rivers \"of\" Europe"_s,
                         true,    earlier, now};
    conversation.messages = {
        question(u"m1"_s, {}, u"How long is the Danube?"_s),
        answer(u"m2"_s, u"m1"_s, u"t1"_s, u"2850 km 👩‍👩‍👧 \u0001"_s),
        answer(u"m3"_s, u"m1"_s, u"t2"_s, u"Long."_s),
        question(u"m4"_s, u"m2"_s, u"And the Rhine?"_s),
        answer(u"m5"_s, u"m4"_s, u"t3"_s, u"About ```\n"_s)};
    MessageRecord &failed = conversation.messages.back().record;
    failed.content = u"About:\n```\n1230"_s;
    failed.state = MessageState::Failed;
    failed.finishReason.reset();
    failed.usage.reset();
    failed.error = Error{ErrorCode::ModelOverloaded, u"The model is *busy*."_s};
    return conversation;
}

Result<StoredConversation, Refusal> import(const QByteArray &body)
{
    return parseImport("application/json; charset=utf-8", body, now);
}

void setMessage(QJsonObject &file, int index, const QString &key, const QJsonValue &value)
{
    QJsonObject conversation = file[u"conversation"].toObject();
    QJsonArray messages = conversation[u"messages"].toArray();
    QJsonObject message = messages[index].toObject();
    if (value.isUndefined())
        message.remove(key);
    else
        message[key] = value;
    messages[index] = message;
    conversation[u"messages"_s] = messages;
    file[u"conversation"_s] = conversation;
}

void set(QJsonObject &file, const QString &key, const QJsonValue &value)
{
    QJsonObject conversation = file[u"conversation"].toObject();
    conversation[key] = value;
    file[u"conversation"_s] = conversation;
}

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestConversationFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsExportedIsImported()
    {
        const StoredConversation conversation = tree();
        const auto imported = import(exportJson(conversation, now));
        QVERIFY2(bool(imported), imported ? "" : qPrintable(imported.error().detail));
        QCOMPARE(imported->messages, conversation.messages);
        ConversationHead head = imported->head;
        QVERIFY(head.id != conversation.head.id && head.id.size() == 32);
        head.id = conversation.head.id;
        head.epoch = conversation.head.epoch;
        head.seq = conversation.head.seq;
        QCOMPARE(head, conversation.head);
        // And once more, to the byte.
        StoredConversation again = *imported;
        QCOMPARE(exportJson(again, now), exportJson(conversation, now));
    }

    void answerThatRanIsInterrupted()
    {
        StoredConversation conversation = tree();
        MessageRecord &last = conversation.messages.back().record;
        last.state = MessageState::Running;
        last.error.reset();
        const auto imported = import(exportJson(conversation, now));
        QVERIFY(bool(imported));
        QCOMPARE(imported->messages.back().record.state, MessageState::Interrupted);
        QCOMPARE(imported->messages.back().record.finishReason, FinishReason::Interrupted);
    }

    void whatIsLeftOutHasItsDefault()
    {
        QJsonObject file = QJsonDocument::fromJson(exportJson(tree(), now)).object();
        QJsonObject conversation{{u"messages"_s, file[u"conversation"][u"messages"].toArray()}};
        file[u"conversation"_s] = conversation;
        file.remove(u"exported_at"_s);
        file[u"of tomorrow"_s] = 1;
        const auto imported = import(QJsonDocument(file).toJson());
        QVERIFY(bool(imported));
        QVERIFY(imported->head.title.isNull() && !imported->head.pinned);
        QCOMPARE(imported->head.active, u"m5"_s);
        QCOMPARE(imported->head.createdAt, earlier);
        QCOMPARE(imported->head.updatedAt, earlier);
    }

    void nothingIsOfTimesToCome()
    {
        QJsonObject file = QJsonDocument::fromJson(exportJson(tree(), now)).object();
        set(file, u"updated_at"_s, u"9999-01-01T00:00:00.000Z"_s);
        setMessage(file, 0, u"at"_s, u"9999-01-01T00:00:00.000Z"_s);
        const auto imported = import(QJsonDocument(file).toJson());
        QVERIFY(bool(imported));
        QCOMPARE(imported->head.updatedAt, now);
        QCOMPARE(imported->messages[0].record.at, now);
    }

    void loneSurrogatesAreReplaced()
    {
        // QJsonDocument writes none: they come as a sender's escapes.
        const QString marked = u"BROKEN"_s;
        const QString whole = u"a\ufffdb 😀\ufffd"_s;
        QJsonObject file = QJsonDocument::fromJson(exportJson(tree(), now)).object();
        set(file, u"title"_s, marked);
        setMessage(file, 0, u"content"_s, marked);
        setMessage(file, 1, u"thoughts"_s, marked);
        setMessage(file, 1, u"model"_s, marked);
        setMessage(file, 4, u"error"_s, QJsonObject{{u"error"_s, marked}});
        QByteArray json = QJsonDocument(file).toJson();
        QCOMPARE(json.count("BROKEN"), 5);
        json.replace("BROKEN", R"(a\ud83db \ud83d\ude00\ude00)");
        const auto imported = import(json);
        QVERIFY(bool(imported));
        QCOMPARE(imported->head.title, whole);
        QCOMPARE(imported->messages[0].record.content, whole);
        QCOMPARE(imported->messages[1].record.thoughts, whole);
        QCOMPARE(imported->messages[1].record.model, whole);
        QCOMPARE(imported->messages[4].record.error->text, whole);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QString>("detail"); // has
        const auto row = [](const char *name, const Edit &edit, const QString &detail) {
            QTest::newRow(name) << edit << detail;
        };
        const auto message = [&row](const char *name, int index, const QString &key,
                                    const QJsonValue &value, const QString &detail) {
            row(
                name, [=](QJsonObject &file) { setMessage(file, index, key, value); }, detail);
        };
        const auto head = [&row](const char *name, const QString &key, const QJsonValue &value,
                                 const QString &detail) {
            row(
                name, [=](QJsonObject &file) { set(file, key, value); }, detail);
        };
        row(
            "another format", [](QJsonObject &f) { f[u"format"_s] = u"chatgpt"_s; },
            u"\"format\" must be \"runnel-conversation\"; it was \"chatgpt\""_s);
        row(
            "no format", [](QJsonObject &f) { f.remove(u"format"_s); }, u"it was missing"_s);
        row(
            "a version of tomorrow", [](QJsonObject &f) { f[u"version"_s] = 2; },
            u"\"version\" must be 1"_s);
        row(
            "no conversation", [](QJsonObject &f) { f[u"conversation"_s] = QJsonArray(); },
            u"\"conversation\" must be an object; it was an array"_s);
        head("no messages", u"messages"_s, QJsonArray(),
             u"has 0 messages; it may have 1 to 10000"_s);
        head("messages that are none", u"messages"_s, 3, u"must be an array; it was a number"_s);
        head("a message that is none", u"messages"_s, QJsonArray{1},
             u"\"conversation.messages[0]\" must be an object; it was a number"_s);
        message("no role", 3, u"role"_s, QJsonValue::Undefined,
                u"\"conversation.messages[3].role\" must be a string; it is missing"_s);
        message("a role that is none", 3, u"role"_s, u"system"_s,
                u"\"conversation.messages[3].role\" must be \"user\" or \"model\""_s);
        message("a text that is a number", 3, u"content"_s, 4,
                u"\"conversation.messages[3].content\" must be a string; it was a number"_s);
        message("an empty question", 3, u"content"_s, u" \n"_s,
                u"\"conversation.messages[3].content\" is empty"_s);
        message("a parent that is nowhere", 3, u"parent_id"_s, u"m9"_s,
                u"\"conversation.messages[3].parent_id\" is \"m9\", which names no message"_s);
        message(
            "a parent that comes later", 0, u"parent_id"_s, u"m2"_s,
            u"\"conversation.messages[0].parent_id\" is \"m2\", which names no message before"_s);
        message("a parent that is itself", 3, u"parent_id"_s, u"m4"_s,
                u"names no message before"_s);
        message("an answer without its question", 1, u"parent_id"_s, QJsonValue::Null,
                u"\"conversation.messages[1].parent_id\" must name a user's message"_s);
        message("an answer to an answer", 2, u"parent_id"_s, u"m2"_s, u"must name a user's"_s);
        message("a question below a question", 3, u"parent_id"_s, u"m1"_s,
                u"\"conversation.messages[3].parent_id\" is \"m1\", which is a question; that of a "
                "question must name an answer"_s);
        message("an id twice", 2, u"message_id"_s, u"m2"_s,
                u"\"conversation.messages[2].message_id\" is \"m2\", as of a message before"_s);
        message("an id that is none", 0, u"message_id"_s, u"a b"_s,
                u"\"conversation.messages[0].message_id\" must be 1 to 64 characters"_s);
        message("a client's id that is none", 0, u"id"_s, u"../x"_s,
                u"\"conversation.messages[0].id\" must be 1 to 64 characters"_s);
        message("an agent that is none", 1, u"agent"_s, u"<b>"_s,
                u"\"conversation.messages[1].agent\" must be 1 to 64 characters"_s);
        message("a model of many words", 1, u"model"_s, QString(201, u'm'),
                u"\"conversation.messages[1].model\" has 201 characters; at most 200"_s);
        message("a time that is none", 1, u"at"_s, u"yesterday"_s,
                u"\"conversation.messages[1].at\" must be a time such as"_s);
        message("a time before computers", 1, u"at"_s, u"1815-12-10T00:00:00.000Z"_s,
                u"\"conversation.messages[1].at\" must be a time of 1970 or later"_s);
        message("a state that is none", 1, u"state"_s, u"lost"_s,
                u"\"conversation.messages[1].state\" must be"_s);
        message("no state", 1, u"state"_s, QJsonValue::Undefined, u"messages[1].state\" must be"_s);
        message("an end that is none", 1, u"finish_reason"_s, u"bored"_s,
                u"\"conversation.messages[1].finish_reason\" must be"_s);
        head("a visible branch that is nowhere", u"active"_s, u"m9"_s,
             u"\"conversation.active\" is \"m9\", which names no message"_s);
        head("a visible branch that does not end there", u"active"_s, u"m2"_s,
             u"\"conversation.active\" is \"m2\"; it must name the last message"_s);
        head("a title of two lines", u"title"_s, u"a\nb"_s,
             u"\"conversation.title\" must be one line"_s);
        head("a title too long", u"title"_s, QString(201, u'x'),
             u"\"conversation.title\" has 201 characters; it may have 1 to 200"_s);
        head("a pin that is a word", u"pinned"_s, u"yes"_s,
             u"\"conversation.pinned\" must be a boolean; it was a string"_s);
        head("a time of the conversation that is none", u"updated_at"_s, 5,
             u"\"conversation.updated_at\" must be a time such as"_s);
        const auto call = [](const QString &id, const QString &tool) {
            return QJsonObject{{u"call"_s, id}, {u"tool"_s, tool}};
        };
        message("two calls of one name", 1, u"tools"_s,
                QJsonArray{call(u"c1"_s, u"a"_s), call(u"c1"_s, u"b"_s)},
                u"\"conversation.messages[1].tools\" has the call \"c1\""_s);
        message("a call that is a path", 1, u"tools"_s, QJsonArray{call(u"../c"_s, u"a"_s)},
                u"\"conversation.messages[1].tools\" has the call \"../c\""_s);
        message("a call of no tool", 1, u"tools"_s, QJsonArray{call(u"c1"_s, {})},
                u"\"conversation.messages[1].tools\" has the call \"c1\""_s);
        QJsonArray many;
        for (int i = 0; i <= limits::partsOfAnswer; ++i)
            many.append(call(u"c%1"_s.arg(i), u"a"_s));
        message("very many calls", 1, u"tools"_s, many,
                u"\"conversation.messages[1].tools\" has 201 entries; at most 200"_s);
        message("an agent that is a path", 1, u"agents"_s,
                QJsonArray{QJsonObject{{u"agent"_s, u"a/b"_s}}},
                u"\"conversation.messages[1].agents.agent\" must be"_s);
        message("too much text", 1, u"content"_s, QString(limits::importCharacters, u'x'),
                u"\"conversation.messages\" have 21"_s);
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(Edit, edit);
        QFETCH(QString, detail);
        QJsonObject file = QJsonDocument::fromJson(exportJson(tree(), now)).object();
        edit(file);
        const auto imported = import(QJsonDocument(file).toJson(QJsonDocument::Compact));
        QVERIFY(!imported);
        QCOMPARE(imported.error().status, 422);
        QCOMPARE(imported.error().code, QByteArray("bad_field"));
        QVERIFY2(imported.error().detail.contains(detail), qPrintable(imported.error().detail));
    }

    void importedCallsNeverWaitAndCountsAreWhatThePageCanRead()
    {
        QJsonObject file = QJsonDocument::fromJson(exportJson(tree(), now)).object();
        QJsonObject conversation = file[u"conversation"_s].toObject();
        QJsonArray messages = conversation[u"messages"_s].toArray();
        QJsonObject answer = messages[1].toObject();
        answer[u"state"_s] = u"running"_s;
        answer[u"agents"_s] =
            QJsonArray{QJsonObject{{u"agent"_s, u"a"_s}, {u"state"_s, u"started"_s}}};
        answer[u"tools"_s] = QJsonArray{
            QJsonObject{{u"call"_s, u"c1"_s}, {u"tool"_s, u"rm"_s}, {u"state"_s, u"waiting"_s}},
            QJsonObject{{u"call"_s, u"c2"_s},
                        {u"tool"_s, u"rm"_s},
                        {u"state"_s, u"running"_s},
                        {u"ms"_s, 1e17}}};
        answer[u"usage"_s] = QJsonObject{{u"total_tokens"_s, 1e17}};
        messages[1] = answer;
        conversation[u"messages"_s] = messages;
        file[u"conversation"_s] = conversation;
        const auto imported = import(QJsonDocument(file).toJson());
        QVERIFY2(bool(imported), imported ? "" : qPrintable(imported.error().detail));
        const MessageRecord &record = imported->messages[1].record;
        QCOMPARE(record.state, MessageState::Interrupted);
        QVERIFY(record.agents[0].finished);
        QCOMPARE(record.tools[0].state, ToolState::Unfinished);
        QCOMPARE(record.tools[1].state, ToolState::Unfinished);
        constexpr qint64 most = (qint64(1) << 53) - 1; // what JavaScript counts
        QCOMPARE(record.tools[1].took->count(), most);
        QCOMPARE(record.usage->totalTokens, most);
    }

    void whatIsNoFileIsRefused_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const QByteArray json("application/json");
        QTest::newRow("nothing") << json << QByteArray() << 400;
        QTest::newRow("half a file") << json << exportJson(tree(), now).chopped(20) << 400;
        QTest::newRow("not UTF-8") << json << QByteArray("{\"format\":\"\xff\"}") << 400;
        QTest::newRow("an array") << json << QByteArray("[]") << 400;
        QTest::newRow("very deep") << json << QByteArray(100'000, '[') << 400;
        QTest::newRow("a form") << QByteArray("application/x-www-form-urlencoded")
                                << exportJson(tree(), now) << 415;
        QTest::newRow("no type") << QByteArray() << exportJson(tree(), now) << 415;
        QTest::newRow("millions of values")
            << json << QByteArray("[") + QByteArray("[],").repeated(limits::importBytes / 3) + "[]]"
            << 413;
    }
    void whatIsNoFileIsRefused()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        const auto imported = parseImport(type, body, now);
        QVERIFY(!imported);
        QCOMPARE(imported.error().status, status);
    }

    //! Commas and brackets of a text are no values.
    void textOfManySignsIsImported()
    {
        StoredConversation conversation = tree();
        conversation.messages[0].record.content = u"[{,\\\"\""_s.repeated(200'000);
        QVERIFY(bool(import(exportJson(conversation, now))));
    }

    void markdownHasTheVisibleBranch()
    {
        StoredConversation conversation = tree();
        conversation.head.title = u"Rivers *of* <Europe>"_s;
        QCOMPARE(QString::fromUtf8(exportMarkdown(conversation)), uR"(# Rivers \*of\* \<Europe\>

## You, 2026-01-31 12:00 UTC

How long is the Danube?

## default (a-model), 2026-01-31 12:00 UTC

2850 km 👩‍👩‍👧 )"_s + QChar(1) + uR"(

## You, 2026-01-31 12:00 UTC

And the Rhine?

## default (a-model), 2026-01-31 12:00 UTC

About:
```
1230
```

*(failed: The model is \*busy\*.)*
)"_s);
        conversation.head.active = u"m3"_s;
        QVERIFY(exportMarkdown(conversation).contains("Long."));
        QVERIFY(!exportMarkdown(conversation).contains("Rhine"));
    }

    void filesAreNamedAfterTheirTitle_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QByteArray>("disposition");
        const auto row = [](const QString &title, const char *ascii, const char *utf8) {
            QTest::newRow(ascii) << title
                                 << "attachment; filename=\"" + QByteArray(ascii) +
                                        ".json\"; filename*=UTF-8''" + utf8 + ".json";
        };
        row(u"Rivers"_s, "Rivers", "Rivers");
        row(u"Flüsse der Welt"_s, "Flusse der Welt", "Fl%C3%BCsse%20der%20Welt");
        row(u"东京"_s, "__", "%E4%B8%9C%E4%BA%AC");
        row(u"../../etc/passwd"_s, "-..-etc-passwd", "-..-etc-passwd");
        row(u"a\"b\\c\r\nX: y"_s, "a-b-c X- y", "a-b-c%20X-%20y");
        row(u"exe\u202Egnp.x"_s, "exe-gnp.x", "exe-gnp.x");
        row(u"a\uFF02; x=\uFF02b"_s, "a-; x=-b", "a%EF%BC%82%3B%20x%3D%EF%BC%82b");
        row(u"a\uFF3Cb\uFF0Fc"_s, "a-b-c", "a%EF%BC%BCb%EF%BC%8Fc");
        row(u"\uFF0E\u2025b\u2026"_s, "b", "%EF%BC%8E%E2%80%A5b%E2%80%A6");
        row(u"a\u0001\u007F\u009Cb"_s, "a---b", "a---b");
        row(u"\u202Egnp.\u2066exe"_s, "-gnp.-exe", "-gnp.-exe");
        row(u"50% 👋"_s, "50_ __", "50%25%20%F0%9F%91%8B");
        row(u"..."_s, "conversation", "conversation");
        row(QString(300, u'x'), QByteArray(80, 'x').constData(), QByteArray(80, 'x').constData());
    }
    void filesAreNamedAfterTheirTitle()
    {
        QFETCH(QString, title);
        QFETCH(QByteArray, disposition);
        QCOMPARE(attachmentNamed(title, "json"), disposition);
    }

    void placesOfWordsAreCounted_data()
    {
        QTest::addColumn<QString>("snippet"); // with [ and ] for the marks
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ranges");
        QTest::newRow("two words")
            << u"the [blue] 👋 [Danube]!"_s << u"the blue 👋 Danube!"_s << u"4-8 12-18"_s;
        QTest::newRow("no word") << u"the"_s << u"the"_s << QString();
        QTest::newRow("half marks") << u"]a[b[c]d]["_s << u"abcd"_s << u"2-3"_s;
        QTest::newRow("nothing marked") << u"a[]b"_s << u"ab"_s << QString();
    }
    void placesOfWordsAreCounted()
    {
        QFETCH(QString, snippet);
        QFETCH(QString, text);
        QFETCH(QString, ranges);
        const FoundText found =
            foundText(snippet.replace(u'[', QChar(0xE000)).replace(u']', QChar(0xE001)));
        QStringList places;
        for (const auto &[from, to] : found.ranges)
            places.append(u"%1-%2"_s.arg(from).arg(to));
        QCOMPARE(found.text, text);
        QCOMPARE(places.join(u' '), ranges);
    }

    void queriesOfTheListAreRead_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("read"); // limit|cursor|search, or what the refusal has
        const auto row = [](const char *query, const QString &read) {
            QTest::newRow(query) << QByteArray(query) << read;
        };
        row("", u"50||"_s);
        row("limit=1", u"1||"_s);
        row("limit=200&q=a+b%20c%2Bd&cursor=1-5-7", u"200|1-5-7|a b c+d"_s);
        row("q=%E4%B8%9C%E4%BA%AC&other=1", u"50||东京"_s);
        row("q=&cursor=", u"50||"_s);
        row("limit=0", u"\"limit\" is \"0\"; it may be a number from 1 to 200"_s);
        row("limit=201", u"\"limit\" is \"201\""_s);
        row("limit=", u"\"limit\" is \"\""_s);
        row("limit=ten", u"\"limit\" is \"ten\""_s);
        row("cursor=2-5-7", u"\"cursor\" is \"2-5-7\"; it may be the \"next\""_s);
        row("cursor=1-x-7", u"\"cursor\" is"_s);
        row("cursor=1-5-", u"\"cursor\" is"_s);
        row("cursor=1-5-';", u"\"cursor\" is"_s);
        row("q=%FF", u"\"q\" is not UTF-8"_s);
    }
    void queriesOfTheListAreRead()
    {
        QFETCH(QByteArray, query);
        QFETCH(QString, read);
        const auto asked = parseListQuery(query);
        if (asked) {
            QCOMPARE(u"%1|%2|%3"_s.arg(asked->limit).arg(asked->cursor, asked->search), read);
        } else {
            QCOMPARE(asked.error().status, 422);
            QVERIFY2(asked.error().detail.contains(read), qPrintable(asked.error().detail));
        }
    }

    void longSearchIsRefused()
    {
        QVERIFY(bool(parseListQuery("q=" + QByteArray(200, 'x'))));
        const auto refused = parseListQuery("q=" + QByteArray(201, 'x'));
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains(u"has 201 characters; at most 200"_s));
    }

    void cursorsAreReadAsTheyAreWritten()
    {
        for (const ListCursor &cursor :
             {ListCursor{true, 0, u"1"_s}, ListCursor{false, 1767225600000, u"a-b_c-"_s}})
            QCOMPARE(ListCursor::from(cursor.text()), cursor);
    }

    void changesAreRead_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("read");
        const auto row = [](const char *body, const QString &read) {
            QTest::newRow(body) << QByteArray(body) << read;
        };
        row(R"({"title":"  A name "})", u"'A name' -"_s);
        row(R"({"title":"a\ud83db \ud83d\ude00\ud800"})", u"'a\ufffdb 😀\ufffd' -"_s);
        row(R"({"title":null,"pinned":false})", u"null false"_s);
        row(R"({"pinned":true,"other":1})", u"- true"_s);
        row(R"({})", u"The body has neither \"title\" nor \"pinned\""_s);
        row(R"({"title":""})", u"\"title\" has 0 characters; it may have 1 to 200, or be null"_s);
        row(R"({"title":"a\tb"})", u"\"title\" must be one line"_s);
        row(R"({"title":7})", u"\"title\" must be a string or null; it was a number"_s);
        row(R"({"pinned":null})", u"\"pinned\" must be a boolean; it was null"_s);
        row(R"({"pinned":1})", u"\"pinned\" must be a boolean; it was a number"_s);
        row(R"({"title")", u"The body is not JSON"_s);
        row(R"([1])", u"The body must be a JSON object"_s);
    }
    void changesAreRead()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, read);
        const auto change = parseChange("application/json", body);
        if (!change) {
            QVERIFY2(change.error().detail.contains(read), qPrintable(change.error().detail));
            return;
        }
        const QString title = !change->title            ? u"-"_s
                              : change->title->isNull() ? u"null"_s
                                                        : u'\'' + *change->title + u'\'';
        const QString pinned = !change->pinned ? u"-"_s : *change->pinned ? u"true"_s : u"false"_s;
        QCOMPARE(QString(title + u' ' + pinned), read);
    }
};

QTEST_GUILESS_MAIN(TestConversationFiles)
#include "tst_conversationfiles.moc"
