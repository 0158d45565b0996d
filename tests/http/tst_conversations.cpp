#include "agents/agentmanager.h"
#include "http/conversationsapi.h"
#include "http/fakechat.h"
#include "http/sessionfeed.h"
#include "net/frontserver.h"
#include "net/rawclient.h"
#include "protocol/limits.h"
#include "sessions/sessionregistry.h"
#include "storage/openstore.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::RawClient;

namespace {

//! A store whose lists come when the test says so, and which fails when told to.
class SlowStore final : public ConversationStore
{
public:
    explicit SlowStore(std::unique_ptr<ConversationStore> store)
        : m_store(std::move(store))
    {}

    void putHead(const ConversationHead &head) override { m_store->putHead(head); }
    void putMessage(const QString &id, const StoredMessage &message) override
    {
        m_store->putMessage(id, message);
    }
    void append(const QString &id, Seq seq, Append what, const QString &text) override
    {
        m_store->append(id, seq, what, text);
    }
    std::optional<Error> commit() override
    {
        return fails ? Error{ErrorCode::StorageFailed, u"The disk is full."_s} : m_store->commit();
    }
    bool isBroken() const override { return m_store->isBroken(); }
    bool recover() override { return m_store->recover(); }
    Result<std::optional<StoredConversation>, Error> load(const QString &id) override
    {
        return m_store->load(id);
    }
    QFuture<Result<ConversationPage, Error>> list(const ConversationQuery &) override
    {
        lists.emplace_back();
        lists.back().start();
        return lists.back().future();
    }
    Result<bool, Error> remove(const QString &id) override { return m_store->remove(id); }
    Result<bool, Error> restore(const QString &id) override { return m_store->restore(id); }

    std::vector<QPromise<Result<ConversationPage, Error>>> lists;
    bool fails = false;

private:
    std::unique_ptr<ConversationStore> m_store;
};

struct House
{
    explicit House(ConversationStore &store, const ConversationsApi::Limits &limits = {},
                   const QStringList &corsOrigins = {})
        : agents(test::makeAgents(model))
        , sessions(*agents, {}, store)
    {
        HttpApiContext context = chat.context();
        context.sessions = &sessions;
        context.conversations = limits;
        api = std::make_unique<HttpApi>(context);
        FrontServerConfig config;
        config.port = 0;
        config.lingerTimeout = 300ms;
        config.corsOrigins = corsOrigins;
        ConversationsApi::describe(config);
        front = std::make_unique<FrontServer>(config);
        if (!front->listen())
            qFatal("cannot listen");
        api->serve(front.get());
    }

    [[nodiscard]] quint16 port() const { return front->serverPort(); }

    //! A question and its answer in that session.
    void say(const QString &id, const QString &question, const QString &answer)
    {
        Session *const session = *sessions.findOrCreate(id);
        if (session->ask({question, {}, {}}))
            qFatal("not asked");
        model.replies.last()->say(answer);
        model.replies.last()->finish();
        (void)session->snapshot(); // commits
    }

    test::FakeChat chat;
    test::ScriptedModel model;
    std::unique_ptr<AgentManager> agents;
    SessionRegistry sessions;
    std::unique_ptr<HttpApi> api;
    std::unique_ptr<FrontServer> front;
};

QByteArray request(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                   const QByteArray &headers = {})
{
    QByteArray bytes = method + " /api/conversations" + path + " HTTP/1.1\r\n";
    if (!headers.contains("Host:"))
        bytes += "Host: 127.0.0.1:8000\r\n";
    if (!body.isEmpty() && !headers.contains("Content-Type:"))
        bytes += "Content-Type: application/json\r\n";
    return bytes + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
           body;
}

QJsonObject objectOf(const RawClient &client)
{
    return QJsonDocument::fromJson(client.body()).object();
}

QStringList idsOf(const RawClient &client)
{
    QStringList ids;
    for (const auto &one : objectOf(client)[u"conversations"].toArray())
        ids.append(one[u"id"].toString());
    return ids;
}

} // namespace

//! The list of conversations by REST, with the real sessions and both stores.
class TestConversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void listHasPagesAndTellsWhatRuns_data() { stores(); }
    void listHasPagesAndTellsWhatRuns()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"How long is the Danube?"_s, u"2850 km"_s);
        house.say(u"c2"_s, u"Hi"_s, u"Hello"_s);
        house.say(u"c3"_s, u"Bye"_s, u"See you"_s);
        QVERIFY(!(*house.sessions.load(u"c3"_s))->ask({u"And?"_s, {}, {}}));
        QVERIFY(!(*house.sessions.load(u"c1"_s))->setPinned(true));
        (void)(*house.sessions.load(u"c3"_s))->snapshot();

        RawClient first(house.port(), request("GET", "?limit=2"));
        QTRY_VERIFY(first.isClosed());
        QCOMPARE(first.status(), 200);
        QCOMPARE(first.header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(first.header("Cache-Control"), QByteArray("no-store"));
        QCOMPARE(idsOf(first), QStringList({u"c1"_s, u"c3"_s}));
        const QJsonArray lines = objectOf(first)[u"conversations"].toArray();
        QCOMPARE(lines[0][u"title"].toString(), u"How long is the Danube?"_s);
        QCOMPARE(lines[0][u"pinned"].toBool(), true);
        QCOMPARE(lines[0][u"messages"].toInt(), 2);
        QCOMPARE(lines[0][u"answering"].toBool(true), false);
        QVERIFY(!lines[0].toObject().contains(u"match"_s));
        QCOMPARE(lines[1][u"answering"].toBool(), true);
        QCOMPARE(lines[1][u"messages"].toInt(), 4);

        const QByteArray next = objectOf(first)[u"next"].toString().toLatin1();
        RawClient second(house.port(), request("GET", "?limit=2&cursor=" + next));
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(idsOf(second), QStringList(u"c2"_s));
        QVERIFY(!objectOf(second).contains(u"next"_s));

        RawClient head(house.port(), request("HEAD", {}));
        QTRY_VERIFY(head.isClosed());
        QCOMPARE(head.status(), 200);
        QVERIFY(head.body().isEmpty());
    }

    void searchShowsThePlace_data() { stores(); }
    void searchShowsThePlace()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"How long is it?"_s, u"The blue *Danube* has 2850 km"_s);
        house.say(u"c2"_s, u"Hi"_s, u"Hello"_s);
        QVERIFY(!(*house.sessions.load(u"c2"_s))->rename(u"The Danube"_s));
        (void)(*house.sessions.load(u"c2"_s))->snapshot();
        RawClient client(house.port(), request("GET", "?q=danube"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(idsOf(client), QStringList({u"c2"_s, u"c1"_s}));
        const QJsonArray lines = objectOf(client)[u"conversations"].toArray();
        QVERIFY(!lines[0].toObject().contains(u"match"_s)); // in the title
        const QJsonObject match = lines[1][u"match"].toObject();
        QCOMPARE(match[u"message_id"].toString(), u"m2"_s);
        const QString text = match[u"text"].toString();
        const QJsonArray range = match[u"ranges"][0].toArray();
        QCOMPARE(text.mid(range[0].toInt(), range[1].toInt() - range[0].toInt()), u"Danube"_s);
    }

    void oneIsShownWhetherInMemoryOrNot_data() { stores(); }
    void oneIsShownWhetherInMemoryOrNot()
    {
        const auto store = open();
        QByteArray inMemory;
        {
            House house(*store);
            house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
            RawClient client(house.port(), request("GET", "/c1"));
            QTRY_VERIFY(client.isClosed());
            QCOMPARE(client.status(), 200);
            inMemory = client.body();
        }
        House house(*store);
        RawClient client(house.port(), request("GET", "/c1"));
        RawClient none(house.port(), request("GET", "/c2"));
        QTRY_VERIFY(client.isClosed() && none.isClosed());
        QCOMPARE(client.body(), inMemory);
        QCOMPARE(house.sessions.count(), 0);
        QCOMPARE(none.status(), 404);
        QCOMPARE(none.problem(u"code"_s), u"not_found"_s);
        // One that is open, and in which nothing was said.
        QVERIFY(bool(house.sessions.findOrCreate(u"c2"_s)));
        for (const char *method : {"GET", "PATCH", "DELETE"}) {
            RawClient blank(house.port(), request(method, "/c2", R"({"pinned":true})"));
            QTRY_VERIFY(blank.isClosed());
            QCOMPARE(blank.status(), 404);
        }
    }

    void renamedOneIsTitledForAllWhoHaveItOpen_data() { stores(); }
    void renamedOneIsTitledForAllWhoHaveItOpen()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        Session *const session = *house.sessions.load(u"c1"_s);
        const QSignalSpy appended(session, &Session::appended);
        RawClient client(house.port(),
                         request("PATCH", "/c1", R"({"title":" A name ","pinned":true})"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        QCOMPARE(objectOf(client)[u"title"].toString(), u"A name"_s);
        QCOMPARE(objectOf(client)[u"pinned"].toBool(), true);
        QVERIFY(!appended.isEmpty());
        const ServerFrame *const frame = session->log().frame(session->log().newest());
        QVERIFY(frame && std::holds_alternative<TitleChanged>(*frame));
        QCOMPARE(std::get<TitleChanged>(*frame).title, u"A name"_s);
        QCOMPARE((*store->load(u"c1"_s))->head.title, u"A name"_s);

        RawClient back(house.port(), request("PATCH", "/c1", R"({"title":null})"));
        QTRY_VERIFY(back.isClosed());
        QCOMPARE(objectOf(back)[u"title"].toString(), u"Hi"_s);
        QCOMPARE(objectOf(back)[u"pinned"].toBool(), true);
    }

    void deletedOneIsGoneAndComesBack_data() { stores(); }
    void deletedOneIsGoneAndComesBack()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        Session *const session = *house.sessions.load(u"c1"_s);
        session->addFollower();
        const QSignalSpy left(session, &Session::left);
        RawClient gone(house.port(), request("DELETE", "/c1"));
        QTRY_VERIFY(gone.isClosed());
        QCOMPARE(gone.status(), 204);
        QVERIFY(gone.body().isEmpty());
        QCOMPARE(left.size(), 1);
        RawClient list(house.port(), request("GET", {}));
        RawClient again(house.port(), request("DELETE", "/c1"));
        QTRY_VERIFY(list.isClosed() && again.isClosed());
        QVERIFY(idsOf(list).isEmpty());
        QCOMPARE(again.status(), 404);

        RawClient restored(house.port(), request("POST", "/c1/restore"));
        QTRY_VERIFY(restored.isClosed());
        QCOMPARE(restored.status(), 200);
        QCOMPARE(objectOf(restored)[u"messages"].toInt(), 2);
        RawClient twice(house.port(), request("POST", "/c1/restore"));
        QTRY_VERIFY(twice.isClosed());
        QCOMPARE(twice.status(), 404);

        // Not once another has begun under its id.
        RawClient goneAgain(house.port(), request("DELETE", "/c1"));
        QTRY_VERIFY(goneAgain.isClosed());
        house.say(u"c1"_s, u"Anew"_s, u"Yes"_s);
        RawClient late(house.port(), request("POST", "/c1/restore"));
        QTRY_VERIFY(late.isClosed());
        QCOMPARE(late.status(), 404);
        session->removeFollower();
    }

    void exportedOneIsImported_data() { stores(); }
    void exportedOneIsImported()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"Wie lang ist die Donau?"_s, u"2850 km 👋"_s);
        house.say(u"c1"_s, u"Und der Rhein?"_s, u"1230 km"_s);
        QVERIFY(!(*house.sessions.load(u"c1"_s))->rename(u"Flüsse"_s));
        RawClient file(house.port(), request("GET", "/c1/export"));
        RawClient markdown(house.port(), request("GET", "/c1/export?format=markdown"));
        QTRY_VERIFY(file.isClosed() && markdown.isClosed());
        QCOMPARE(file.status(), 200);
        QCOMPARE(file.header("Content-Disposition"),
                 QByteArray("attachment; filename=\"Flusse.json\"; "
                            "filename*=UTF-8''Fl%C3%BCsse.json"));
        QCOMPARE(markdown.header("Content-Type"), QByteArray("text/markdown; charset=utf-8"));
        QVERIFY(markdown.body().startsWith("# Flüsse\n\n## You"));

        RawClient imported(house.port(), request("POST", {}, file.body()));
        QTRY_VERIFY(imported.isClosed());
        QCOMPARE(imported.status(), 201);
        const QByteArray id = objectOf(imported)[u"id"].toString().toLatin1();
        QVERIFY(id != "c1" && !id.isEmpty());
        QCOMPARE(imported.header("Location"), "/api/conversations/" + id);
        RawClient again(house.port(), request("GET", "/" + id + "/export"));
        QTRY_VERIFY(again.isClosed());
        QCOMPARE(objectOf(again)[u"conversation"], objectOf(file)[u"conversation"]);

        // It goes on as any other, and is found.
        house.say(QString::fromLatin1(id), u"Und die Elbe?"_s, u"1094 km"_s);
        const Snapshot snapshot = (*house.sessions.load(QString::fromLatin1(id)))->snapshot();
        QCOMPARE(snapshot.messages.size(), 6);
        QCOMPARE(snapshot.messages[4].parentId, u"m4"_s);
        QCOMPARE(snapshot.messages[5].turn, u"t3"_s);
        QCOMPARE(house.model.requests.last().history.size(), std::size_t(5));
        RawClient found(house.port(), request("GET", "?q=elbe"));
        QTRY_VERIFY(found.isClosed());
        QCOMPARE(idsOf(found), QStringList(QString::fromLatin1(id)));
    }

    void importedIdsAreNotGivenTwice_data() { stores(); }
    void importedIdsAreNotGivenTwice()
    {
        const auto store = open();
        House house(*store);
        RawClient client(house.port(),
                         request("POST", {}, R"({"format":"runnel-conversation","version":1,
            "conversation":{"messages":[{"message_id":"m2","role":"user","content":"Hi",
            "at":"2026-01-31T12:00:00.000Z"}]}})"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 201);
        const QString id = objectOf(client)[u"id"].toString();
        house.say(id, u"And?"_s, u"Yes"_s);
        QStringList ids;
        for (const MessageRecord &message : (*house.sessions.load(id))->snapshot().messages)
            ids.append(message.messageId);
        QCOMPARE(ids, QStringList({u"m2"_s, u"m3"_s, u"m4"_s}));
    }

    void importThatIsWrongStoresNothing_data() { stores(); }
    void importThatIsWrongStoresNothing()
    {
        const auto store = open();
        House house(*store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        RawClient file(house.port(), request("GET", "/c1/export"));
        QTRY_VERIFY(file.isClosed());
        QByteArray body = file.body();
        body.replace("\"parent_id\":\"m1\"", "\"parent_id\":\"m7\"");
        RawClient wrong(house.port(), request("POST", {}, body));
        QTRY_VERIFY(wrong.isClosed());
        QCOMPARE(wrong.status(), 422);
        QVERIFY2(wrong.problem(u"detail"_s).contains(u"conversation.messages[1].parent_id"_s),
                 qPrintable(wrong.problem(u"detail"_s)));
        RawClient list(house.port(), request("GET", {}));
        QTRY_VERIFY(list.isClosed());
        QCOMPARE(idsOf(list), QStringList(u"c1"_s));
    }

    //! The largest that is taken, in Chinese: 5 MB; and a body that is larger than any other's.
    void largeImportIsTaken_data() { stores(); }
    void largeImportIsTaken()
    {
        const auto store = open();
        House house(*store);
        QByteArray body =
            R"({"format":"runnel-conversation","version":1,"conversation":{"messages":[)";
        const QByteArray text = u"山谷里的河流。"_s.repeated(228).toUtf8(); // 1596 characters
        for (int i = 0; i < 1000; ++i) {
            const QByteArray id = "\"m" + QByteArray::number(i + 1) + '"';
            body += QByteArray(i == 0 ? "" : ",") + "{\"message_id\":" + id +
                    ",\"parent_id\":null,\"role\":\"user\",\"content\":\"" + text +
                    "\",\"at\":\"2026-01-31T12:00:00.000Z\"}";
        }
        body += "]}}";
        QVERIFY(body.size() > 4 * 1024 * 1024);
        RawClient client(house.port(), request("POST", {}, body));
        QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 20'000);
        QCOMPARE(client.status(), 201);
        QCOMPARE(objectOf(client)[u"messages"].toInt(), 1000);

        RawClient larger(house.port(),
                         request("POST", {}, QByteArray(limits::importBytes + 1, ' ')));
        QTRY_VERIFY(larger.isClosed());
        QCOMPARE(larger.status(), 413);
        RawClient elsewhere(house.port(),
                            request("PATCH", "/c1", QByteArray(1024 * 1024 + 1, ' ')));
        QTRY_VERIFY(elsewhere.isClosed());
        QCOMPARE(elsewhere.status(), 413);
    }

    void wrongRequestsAreToldWhatIsRight_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &bytes, int status,
                            const QString &code) {
            QTest::newRow(name) << bytes << status << code;
        };
        row("a wrong field", request("GET", "?limit=0"), 422, u"bad_field"_s);
        row("a wrong change", request("PATCH", "/c1", R"({"title":""})"), 422, u"bad_field"_s);
        row("no JSON", request("PATCH", "/c1", "title=x"), 400, u"bad_frame"_s);
        row("a form", request("PATCH", "/c1", "title=x", "Content-Type: text/plain\r\n"), 415,
            u"unsupported_media_type"_s);
        row("another format", request("GET", "/c1/export?format=pdf"), 422, u"bad_field"_s);
        row("nothing to export", request("GET", "/c9/export"), 404, u"not_found"_s);
        row("nothing to rename", request("PATCH", "/c9", R"({"title":"x"})"), 404, u"not_found"_s);
        row("an id that is none", request("GET", "/a%20b"), 404, u"not_found"_s);
        row("an id too long", request("GET", "/" + QByteArray(65, 'x')), 404, u"not_found"_s);
        row("no id", request("GET", "/"), 404, u"not_found"_s);
        row("an address below", request("GET", "/c1/export/x"), 404, u"not_found"_s);
        row("another verb", request("POST", "/c1/rename"), 404, u"not_found"_s);
        row("a neighbour's address", "GET /api/conversationsx HTTP/1.1\r\nHost: a\r\n\r\n", 404,
            u"not_found"_s);
        row("a method for none", request("PUT", "/c1"), 405, u"method_not_allowed"_s);
        row("a method for all", request("DELETE", {}), 405, u"method_not_allowed"_s);
        row("a foreign page that writes",
            request("DELETE", "/c1", {}, "Origin: https://evil.example\r\n"), 403,
            u"origin_refused"_s);
        row("a foreign page that reads", request("GET", {}, {}, "Origin: https://evil.example\r\n"),
            403, u"origin_refused"_s);
        row("a name that was made to resolve to us",
            request("GET", {}, {}, "Host: evil.example:8000\r\n"), 403, u"origin_refused"_s);
        row("a file of that name", request("GET", "/c1/export", {}, "Host: evil.example:8000\r\n"),
            403, u"origin_refused"_s);
    }
    void wrongRequestsAreToldWhatIsRight()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(QString, code);
        const auto store = *openStore(u"memory:"_s, 1024 * 1024);
        House house(*store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        RawClient client(house.port(), bytes);
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), status);
        QCOMPARE(client.header("Content-Type"), QByteArray("application/problem+json"));
        QCOMPARE(client.problem(u"code"_s), code);
        QVERIFY(bool(*store->load(u"c1"_s)));
        if (status == 405)
            QVERIFY(client.header("Allow").contains("GET, HEAD"));
    }

    void pagesThatAreAllowedMayReadAndChange()
    {
        const auto store = *openStore(u"memory:"_s, 1024 * 1024);
        House house(*store, {}, {u"https://chat.example.org"_s});
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        const QByteArray origin("Origin: https://chat.example.org\r\n");
        RawClient preflight(
            house.port(),
            request("OPTIONS", "/c1", {}, origin + "Access-Control-Request-Method: PATCH\r\n"));
        RawClient change(house.port(), request("PATCH", "/c1", R"({"pinned":true})", origin));
        // Through a proxy by that name: the page's own GET names no origin.
        RawClient own(house.port(), request("GET", {}, {}, "Host: chat.example.org\r\n"));
        RawClient native(house.port(), request("GET", {}));
        QTRY_VERIFY(preflight.isClosed() && change.isClosed() && own.isClosed() &&
                    native.isClosed());
        QCOMPARE(preflight.status(), 204);
        for (const char *method : {"PATCH", "DELETE", "POST"})
            QVERIFY(preflight.header("Access-Control-Allow-Methods").contains(method));
        QCOMPARE(change.status(), 200);
        QCOMPARE(change.header("Access-Control-Allow-Origin"),
                 QByteArray("https://chat.example.org"));
        QVERIFY(change.header("Access-Control-Expose-Headers").contains("Location"));
        QCOMPARE(own.status(), 200);
        QCOMPARE(native.status(), 200);
    }

    void listsThatWaitAreBounded()
    {
        SlowStore store(*openStore(u"memory:"_s, 1024 * 1024));
        House house(store, {2, 10s});
        RawClient first(house.port(), request("GET", {}));
        RawClient gone(house.port(), request("GET", {}));
        QTRY_COMPARE(store.lists.size(), std::size_t(2));
        RawClient third(house.port(), request("GET", {}));
        QTRY_VERIFY(third.isClosed());
        QCOMPARE(third.status(), 503);
        QCOMPARE(third.problem(u"code"_s), u"busy"_s);
        QVERIFY(!third.header("Retry-After").isEmpty());

        // A client that has gone: its list is cancelled, and counts until the store has seen it.
        gone.socket()->abort();
        QTRY_VERIFY(store.lists[1].isCanceled());
        RawClient fourth(house.port(), request("GET", {}));
        QTRY_VERIFY(fourth.isClosed());
        QCOMPARE(fourth.status(), 503);
        store.lists[1].finish();
        store.lists[0].addResult(ConversationPage{{}, u"0-1-2"_s});
        store.lists[0].finish();
        QTRY_VERIFY(first.isClosed());
        QCOMPARE(first.status(), 200);
        QCOMPARE(objectOf(first)[u"next"].toString(), u"0-1-2"_s);

        RawClient fifth(house.port(), request("GET", {}));
        QTRY_COMPARE(store.lists.size(), std::size_t(3));
        store.lists[2].addResult(Result<ConversationPage, Error>(
            Failure{Error{ErrorCode::StorageFailed, u"Damaged."_s}}));
        store.lists[2].finish();
        QTRY_VERIFY(fifth.isClosed());
        QCOMPARE(fifth.status(), 500);
        QCOMPARE(fifth.problem(u"code"_s), u"storage_failed"_s);
        QCOMPARE(fifth.problem(u"detail"_s), u"Damaged."_s);
    }

    void listThatTakesTooLongIsGivenUp()
    {
        SlowStore store(*openStore(u"memory:"_s, 1024 * 1024));
        House house(store, {2, 50ms});
        RawClient client(house.port(), request("GET", {}));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 503);
        QVERIFY(store.lists[0].isCanceled());
        store.lists[0].finish();
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void whatCannotBeStoredIsAnError()
    {
        SlowStore store(*openStore(u"memory:"_s, 1024 * 1024));
        House house(store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        RawClient file(house.port(), request("GET", "/c1/export"));
        QTRY_VERIFY(file.isClosed());
        store.fails = true;
        RawClient imported(house.port(), request("POST", {}, file.body()));
        QTRY_VERIFY(imported.isClosed());
        QCOMPARE(imported.status(), 500);
        QCOMPARE(imported.problem(u"code"_s), u"storage_failed"_s);
        RawClient renamed(house.port(), request("PATCH", "/c1", R"({"title":"x"})"));
        QTRY_VERIFY(renamed.isClosed());
        QCOMPARE(renamed.status(), 500);
        QCOMPARE(renamed.problem(u"detail"_s), u"The disk is full."_s);
    }

    void nothingIsChangedWhileShuttingDown()
    {
        const auto store = *openStore(u"memory:"_s, 1024 * 1024);
        House house(*store);
        house.say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        house.api->drain();
        RawClient gone(house.port(), request("DELETE", "/c1"));
        RawClient list(house.port(), request("GET", {}));
        QTRY_VERIFY(gone.isClosed() && list.isClosed());
        QCOMPARE(gone.status(), 503);
        QCOMPARE(gone.problem(u"code"_s), u"draining"_s);
        QCOMPARE(idsOf(list), QStringList(u"c1"_s));
    }

private:
    void stores()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("in memory") << u"memory:"_s;
        QTest::newRow("in SQLite") << u"sqlite:"_s;
    }

    std::unique_ptr<ConversationStore> open()
    {
        QFETCH(QString, url);
        return *openStore(url == u"sqlite:" ? url + m_dir->filePath(u"r.db"_s) : url,
                          64 * 1024 * 1024);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestConversations)
#include "tst_conversations.moc"
