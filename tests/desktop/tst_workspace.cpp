#include "client/scriptedserver.h"
#include "models/workspace.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray conversation =
    R"({"id": "other", "title": "Rivers: all/of them", "pinned": false, "messages": 2, "answering": false,)"
    R"( "created_at": "2026-01-31T12:00:00.000Z", "updated_at": "2026-01-31T12:00:00.000Z"})";

Workspace::Options optionsFor(const ScriptedServer &server)
{
    Workspace::Options options{server.url(), u"test"_s, {}};
    options.times.backoff = {1h, 1h};
    options.listTimes.betweenRefreshes = 1ms;
    return options;
}

} // namespace

//! Conversations that are opened, left, deleted and brought back.
class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newChatIsAnotherConversation()
    {
        ScriptedServer server;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QTRY_VERIFY(workspace.session()->connected());
        workspace.newChat(); // Nothing was said yet: it is new.
        QCOMPARE(workspace.session()->conversationId(), u"test"_s);

        QVERIFY(workspace.session()->send(u"Hello"_s));
        const QString before = server.path();
        workspace.newChat();
        QCOMPARE(workspace.session()->messages()->rowCount(), 0);
        QTRY_COMPARE(server.connections(), 2);
        QVERIFY(server.path() != before);
    }

    void whatWasBegunInANewChatIsGoneOnWith()
    {
        ScriptedServer server;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QVERIFY(workspace.session()->send(u"Hello"_s));
        workspace.newChat();
        const QString begun = workspace.session()->conversationId();
        workspace.session()->setDraft(u"Why is"_s);
        workspace.open(u"other"_s);
        QVERIFY(workspace.session()->send(u"Hello"_s));
        workspace.newChat();
        QCOMPARE(workspace.session()->conversationId(), begun);
        QCOMPARE(workspace.session()->draft(), u"Why is"_s);
        workspace.newChat();
        QCOMPARE(workspace.session()->conversationId(), begun);
    }

    void whoeverComesBackFindsWhatWasThere()
    {
        ScriptedServer server;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QTRY_VERIFY(workspace.session()->connected());
        QVERIFY(workspace.session()->send(u"Hello"_s));
        workspace.session()->setDraft(u"And then"_s);
        workspace.open(u"other"_s);
        QCOMPARE(workspace.session()->draft(), QString());
        QTRY_COMPARE(server.path(), u"/ws/chat/other"_s);
        workspace.open(u"test"_s);
        QCOMPARE(workspace.session()->draft(), u"And then"_s);
        QCOMPARE(workspace.session()->messages()->rowCount(), 1);
        QCOMPARE(server.connections(), 2); // It was not closed.
    }

    void onlySomeStayOpen()
    {
        ScriptedServer server;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QTRY_VERIFY(workspace.session()->connected());
        QVERIFY(workspace.session()->send(u"Wait for me"_s)); // This one has something unsent.
        const QPointer<ChatSession> busy = workspace.session();
        QList<QPointer<ChatSession>> idle;
        for (int i = 0; i < Workspace::mostIdle + 3; ++i) {
            workspace.open(u"c%1"_s.arg(i));
            idle.append(workspace.session());
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(busy);
        QCOMPARE(idle.removeIf([](const auto &one) { return one; }), Workspace::mostIdle + 1);
    }

    void answerThatEndsElsewhereIsUnread()
    {
        ScriptedServer server;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QTRY_VERIFY(workspace.session()->connected());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        server.say(UserMessage{1, u"m1"_s, {}, u"Hello"_s, {}, now});
        server.say(TurnStarted{2, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"m"_s, now});
        QTRY_VERIFY(workspace.session()->answering());
        server.say(Chunk{3, u"t1"_s, u"Hi there"_s, u"default"_s});
        server.say(TurnComplete{4, u"t1"_s, u"m2"_s, u"default"_s, FinishReason::Stop, {}, now});
        workspace.newChat(); // Before these frames have come.
        QSignalSpy ended(&workspace, &Workspace::answerEnded);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toString(), u"test"_s);
        QCOMPARE(ended[0][2].toString(), u"Hi there"_s);
        QTRY_COMPARE(workspace.conversations()->rowCount(), 1);
        const QModelIndex row = workspace.conversations()->index(0);
        QVERIFY(row.data(ConversationListModel::UnreadRole).toBool());
        workspace.open(u"test"_s);
        QVERIFY(!row.data(ConversationListModel::UnreadRole).toBool());
    }

    void deletedOneCanBeBroughtBack()
    {
        ScriptedServer server;
        server.answerRequestsWith([](const ScriptedServer::Request &request) {
            if (request.method == "DELETE")
                return ScriptedServer::Answer{204, {}};
            if (request.method == "POST")
                return ScriptedServer::Answer{200, conversation};
            return ScriptedServer::Answer{200, R"({"conversations": [)" + conversation + "]}"};
        });
        Workspace workspace(optionsFor(server));
        workspace.start();
        workspace.open(u"other"_s);
        QTRY_COMPARE(workspace.conversations()->rowCount(), 1);
        workspace.remove(u"other"_s);
        QVERIFY(workspace.session()->conversationId() != u"other"_s);
        QTRY_COMPARE(workspace.toast(), u"Deleted."_s);
        QVERIFY(workspace.isUndoable());
        workspace.undo();
        QTRY_COMPARE(workspace.session()->conversationId(), u"other"_s);
        QVERIFY(!workspace.isUndoable());
        QVERIFY(server.requests().contains(u"POST /api/conversations/other/restore"_s));
    }

    void refusedDeletionOpensItAgain()
    {
        ScriptedServer server;
        server.answerRequestsWith([](const ScriptedServer::Request &request) {
            return request.method == "DELETE"
                       ? ScriptedServer::Answer{503, R"({"detail": "Read only just now."})"}
                       : ScriptedServer::Answer{200,
                                                R"({"conversations": [)" + conversation + "]}"};
        });
        Workspace workspace(optionsFor(server));
        workspace.start();
        workspace.open(u"other"_s);
        workspace.remove(u"other"_s);
        QTRY_COMPARE(workspace.toast(), u"It was not deleted. Read only just now."_s);
        QVERIFY(!workspace.isUndoable());
        QCOMPARE(workspace.session()->conversationId(), u"other"_s);
    }

    void undoIsOverAfterAWhile()
    {
        ScriptedServer server;
        server.answerRequestsWith([](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{200, conversation};
        });
        Workspace::Options options = optionsFor(server);
        options.undo = 20ms;
        Workspace workspace(options);
        QStringList toasts;
        connect(&workspace, &Workspace::toastChanged, this,
                [&] { toasts.append(workspace.toast()); });
        workspace.remove(u"other"_s);
        QTRY_COMPARE(toasts, QStringList({u"Deleted."_s, {}}));
        QVERIFY(!workspace.isUndoable());
        QCOMPARE(workspace.toast(), QString());
    }

    void nothingIsToldToWhatHasGone()
    {
        ScriptedServer server;
        int answered = 0;
        server.answerRequestsWith([&](const ScriptedServer::Request &request) {
            answered += request.method == "PATCH" ? 1 : 0;
            return ScriptedServer::Answer{200, conversation};
        });
        auto workspace = std::make_unique<Workspace>(optionsFor(server));
        QSignalSpy said(workspace.get(), &Workspace::said);
        workspace->setPinned(u"other"_s, true);
        QElapsedTimer waited;
        waited.start();
        while (answered == 0 && !waited.hasExpired(5000))
            QCoreApplication::processEvents();
        QCOMPARE(answered, 1);
        workspace.reset();
        // Its list goes in an event loop, which this is not: it is still there when the answer
        // comes.
        waited.start();
        while (!waited.hasExpired(50))
            QCoreApplication::processEvents();
        QCOMPARE(said.count(), 0);
    }

    void anotherServerBeginsAnew()
    {
        ScriptedServer one;
        ScriptedServer other;
        other.answerRequestsWith([](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{200, R"({"conversations": [)" + conversation + "]}"};
        });
        Workspace workspace(optionsFor(one));
        workspace.start();
        QTRY_VERIFY(workspace.session()->connected());
        QVERIFY(workspace.session()->send(u"Hello"_s));
        const QPointer<ChatSession> before = workspace.session();
        QSignalSpy changed(&workspace, &Workspace::serverChanged);
        workspace.useServer(one.url());
        QCOMPARE(changed.size(), 0);
        workspace.useServer(other.url());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(workspace.server(), other.url());
        QTRY_COMPARE(other.connections(), 1);
        QTRY_COMPARE(workspace.conversations()->rowCount(), 1);
        QCOMPARE(workspace.session()->messages()->rowCount(), 0);
        QTRY_VERIFY(!before);
    }

    void anotherServerIsChosenWhileAConversationIsListed()
    {
        ScriptedServer one;
        one.answerRequestsWith([](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{200, R"({"conversations": [)" + conversation + "]}"};
        });
        Snapshot snapshot;
        snapshot.seq = 1;
        snapshot.messages.resize(1);
        snapshot.messages[0].messageId = u"m1"_s;
        snapshot.messages[0].content = u"Which river?"_s;
        snapshot.messages[0].at = QDateTime::currentDateTimeUtc();
        snapshot.active = u"m1"_s;
        one.greetWith({ScriptedServer::hello(), snapshot});
        const ScriptedServer other;
        Workspace::Options options = optionsFor(one);
        options.conversation = u"other"_s;
        Workspace workspace(options);
        workspace.start();
        QTRY_COMPARE(workspace.session()->messages()->rowCount(), 1);
        QTRY_COMPARE(workspace.conversations()->rowCount(), 1);
        QTRY_VERIFY(one.requests().size() > 0);
        workspace.useServer(other.url());
        QTRY_COMPARE(workspace.conversations()->rowCount(), 0);
        QTRY_VERIFY(workspace.session()->connected());
    }

    void importsGoOnAfterAnotherServerWasChosen()
    {
        ScriptedServer silent;
        silent.answerRequestsWith([](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{0, {}};
        });
        ScriptedServer other;
        other.answerRequestsWith([](const ScriptedServer::Request &request) {
            return ScriptedServer::Answer{
                200, request.method == "POST" ? conversation : R"({"conversations": []})"};
        });
        QTemporaryDir folder;
        QFile file(folder.filePath(u"one.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{}") == 2);
        file.close();
        Workspace workspace(optionsFor(silent));
        workspace.start();
        workspace.importFiles({QUrl::fromLocalFile(file.fileName())});
        workspace.useServer(other.url());
        workspace.importFiles({QUrl::fromLocalFile(file.fileName())});
        QTRY_COMPARE(workspace.session()->conversationId(), u"other"_s);
    }

    void filesGoOutAndIn()
    {
        ScriptedServer server;
        server.answerRequestsWith([](const ScriptedServer::Request &request) {
            if (request.path.contains("/export"))
                return ScriptedServer::Answer{200, request.path.contains("markdown") ? "# Rivers\n"
                                                                                     : "{}"};
            if (request.method == "POST" && request.body.contains("large"))
                return ScriptedServer::Answer{413, "<h1>413 Request Entity Too Large</h1>"};
            if (request.method == "POST" && request.body.contains("full"))
                return ScriptedServer::Answer{503, R"({"detail": "The disk is full."})"};
            if (request.method == "POST" && request.body.contains("bad"))
                return ScriptedServer::Answer{422, R"({"detail": "messages[3] has no parent."})"};
            return ScriptedServer::Answer{200, request.method == "POST" ? conversation
                                                                        : R"({"conversations": [)" +
                                                                              conversation + "]}"};
        });
        QTemporaryDir folder;
        Workspace workspace(optionsFor(server));
        workspace.start();
        QTRY_COMPARE(workspace.conversations()->rowCount(), 1);
        const QString name = workspace.exportName(u"other"_s, true);
        QCOMPARE(name, u"Rivers all of them.md"_s);
        const QString path = folder.filePath(name);
        workspace.exportTo(u"other"_s, true, QUrl::fromLocalFile(path));
        QTRY_COMPARE(workspace.toast(), u"Exported to %1."_s.arg(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "# Rivers\n");

        // Qt's own dialog may name a folder, or nothing.
        QCOMPARE(workspace.exportFolder(), QUrl::fromLocalFile(folder.path()));
        const QString second = folder.filePath(u"Rivers all of them (2).md"_s);
        workspace.exportTo(u"other"_s, true, QUrl());
        QTRY_COMPARE(workspace.toast(), u"Exported to %1."_s.arg(second));
        QVERIFY(QFile::exists(second));
        const QString third = folder.filePath(u"Rivers all of them (3).md"_s);
        workspace.exportTo(u"other"_s, true, QUrl::fromLocalFile(folder.path()));
        QTRY_COMPARE(workspace.toast(), u"Exported to %1."_s.arg(third));

        const auto write = [&folder](const QString &as, const QByteArray &bytes) {
            QFile made(folder.filePath(as));
            if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
                qFatal("cannot write");
            return QUrl::fromLocalFile(made.fileName());
        };
        const QList<QUrl> files{write(u"good.json"_s, "{}"), write(u"bad.json"_s, "bad"),
                                QUrl::fromLocalFile(folder.filePath(u"none.json"_s))};
        workspace.importFiles(files);
        QTRY_VERIFY(workspace.toast().contains(
            u"“bad.json” was not imported: It is no conversation that Runnel exported, or it was "
            "changed since. Choose a file that “Export as JSON” made."_s));
        QVERIFY(!workspace.toast().contains(u"parent"_s));
        QVERIFY(workspace.toast().contains(u"“none.json” was not imported"_s));
        // What is not the file's fault is said as it is.
        workspace.importFiles({write(u"large.json"_s, "large"), write(u"full.json"_s, "full")});
        QTRY_COMPARE(workspace.toast(),
                     u"“large.json” was not imported: It is larger than this server takes. "
                     "“full.json” was not imported: The disk is full."_s);
        QCOMPARE(workspace.session()->conversationId(), u"other"_s);
    }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
