#include "http/chatrequest.h"
#include "protocol/codec.h"

#include <QTest>

using namespace runnel;

namespace {

const QByteArray json = "application/json; charset=utf-8";
constexpr qint64 bound = 64;

} // namespace

class TestChatRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeRequestIsRead()
    {
        const auto request = parseChatRequest(
            json,
            R"({"message":"Grüße \ud83d","session_id":"s_1","agent":"poet","context":{"a":1},"id":"x","more":1})",
            bound);
        QVERIFY(bool(request));
        QCOMPARE(request->sessionId, QStringLiteral("s_1"));
        QCOMPARE(request->message.agent, QStringLiteral("poet"));
        QCOMPARE(request->message.message, QString(QStringLiteral("Grüße ") + QChar(0xd83d)));
        // A client's own id must not make the request one that was asked before.
        QVERIFY(request->message.id != QStringLiteral("x"));
        QVERIFY(isValidId(request->message.id));
    }

    void aMessageAloneGetsASessionOfItsOwn()
    {
        const auto first = parseChatRequest(json, R"({"message":"Hi"})", bound);
        const auto second = parseChatRequest({}, R"({"message":"Hi","session_id":null})", bound);
        QVERIFY(first && second);
        QVERIFY(isValidId(first->sessionId));
        QVERIFY(first->sessionId != second->sessionId);
        QVERIFY(first->message.agent.isEmpty());
    }

    void badRequestsNameTheField_data()
    {
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &body, int status, const char *says,
                            const QByteArray &type = json) {
            QTest::newRow(name) << type << body << status << QString::fromLatin1(says);
        };
        row("a form", "message=Hi", 415, "application/json", "application/x-www-form-urlencoded");
        row("no JSON", "hello", 400, "JSON");
        row("nothing", "", 400, "JSON");
        row("an array", "[]", 400, "object");
        row("no UTF-8", "{\"message\":\"\xff\"}", 400, "UTF-8");
        row("no message", "{}", 400, "\"message\"");
        row("an empty message", R"({"message":" "})", 400, "\"message\"");
        row("a message that is a number", R"({"message":1})", 400, "\"message\"");
        row("a message too long", "{\"message\":\"" + QByteArray(65, 'x') + "\"}", 413, "64");
        row("an agent with a path", R"({"message":"Hi","agent":"../x"})", 400, "\"agent\"");
        row("a session that is a number", R"({"message":"Hi","session_id":5})", 400,
            "\"session_id\"");
        row("an empty session", R"({"message":"Hi","session_id":""})", 400, "\"session_id\"");
        row("a context that is a list", R"({"message":"Hi","context":[]})", 400, "\"context\"");
        row("a stop", R"({"type":"stop","turn":"t1"})", 400, "\"type\"");
    }
    void badRequestsNameTheField()
    {
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, says);
        const auto request = parseChatRequest(contentType, body, bound);
        QVERIFY(!request);
        QCOMPARE(request.error().status, status);
        QVERIFY2(request.error().detail.contains(says), qPrintable(request.error().detail));
    }

    void everyCodeHasAStatus()
    {
        for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
            const Refusal refusal = refusalFrom({ErrorCode(i), QStringLiteral("Because.")});
            QVERIFY(refusal.status >= 400 && refusal.status < 600);
            QVERIFY(reasonPhrase(refusal.status) != "Error");
            QCOMPARE(QString::fromLatin1(refusal.code), QString(toWire(ErrorCode(i))));
        }
        const Refusal later = refusalFrom({ErrorCode::ModelOverloaded, QStringLiteral("Busy.")},
                                          std::chrono::milliseconds(3500));
        QCOMPARE(later.headers, QList<HeaderField>({{"Retry-After", "4"}}));
    }
};

QTEST_GUILESS_MAIN(TestChatRequest)
#include "tst_chatrequest.moc"
