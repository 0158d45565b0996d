#include "app/opening.h"
#include "cache/cachedatabase.h"
#include "cachecontent.h"
#include "client/scriptedserver.h"
#include "models/workspace.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime someTime = QDateTime::fromMSecsSinceEpoch(1'780'000'000'000).toUTC();

QJsonObject listed(const QString &id, int age)
{
    const QString at = someTime.addSecs(-60 * age).toString(Qt::ISODateWithMs);
    return {{u"id"_s, id},
            {u"title"_s, QString(u"About "_s + id)},
            {u"created_at"_s, at},
            {u"updated_at"_s, at},
            {u"messages"_s, 2}};
}

QByteArray page(const QJsonArray &lines, const QString &next = {})
{
    QJsonObject page{{u"conversations"_s, lines}};
    if (!next.isEmpty())
        page.insert(u"next"_s, next);
    return QJsonDocument(page).toJson();
}

SessionHello helloOf(const QString &epoch, Seq seq, bool resumed)
{
    SessionHello hello = ScriptedServer::hello();
    hello.epoch = epoch;
    hello.seq = seq;
    hello.resumed = resumed;
    return hello;
}

MessageRecord question(const QString &text)
{
    MessageRecord record;
    record.messageId = u"m1"_s;
    record.content = text;
    record.at = someTime;
    return record;
}

MessageRecord answer(const QString &text)
{
    MessageRecord record;
    record.messageId = u"m2"_s;
    record.parentId = u"m1"_s;
    record.role = Role::Model;
    record.content = text;
    record.at = someTime;
    record.turn = u"t1"_s;
    record.agent = u"default"_s;
    return record;
}

//! A question and its answer, of the log "e1" up to 4.
QList<ServerFrame> greeting(const QString &text = u"It flows."_s)
{
    return {helloOf(u"e1"_s, 4, false),
            Snapshot{4, {question(u"What is a runnel?"_s), answer(text)}, u"m2"_s, {}, {}}};
}

QStringList titlesOf(const Workspace &workspace)
{
    auto &model = const_cast<Workspace &>(workspace);
    QStringList titles;
    for (int row = 0; row < model.conversations()->rowCount(); ++row)
        titles.append(
            model.conversations()->index(row).data(ConversationListModel::TitleRole).toString());
    return titles;
}

QStringList textsOf(Workspace &workspace)
{
    QStringList texts;
    const MessageListModel *const messages = workspace.session()->messages();
    for (int row = 0; row < messages->rowCount(); ++row)
        texts.append(messages->index(row).data(MessageListModel::TextRole).toString());
    return texts;
}

//! The program from its start to its end, as far as it is about what is kept.
class Run
{
public:
    Run(const ScriptedServer &server, const QTemporaryDir &folder, const QString &conversation = {})
        : m_workspace(std::make_unique<Workspace>(optionsFor(server, conversation)))
    {
        QObject::connect(&store, &OfflineStore::told, &store,
                         [this](const QString &text) { told.append(text); });
        open(folder);
    }
    //! The key comes late.
    Run(const ScriptedServer &server, const QString &conversation = {})
        : m_workspace(std::make_unique<Workspace>(optionsFor(server, conversation)))
    {}
    ~Run()
    {
        // Sessions go by the event loop, and the program ends without one.
        m_workspace.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    Q_DISABLE_COPY_MOVE(Run)

    void open(const QTemporaryDir &folder)
    {
        store.open({folder.filePath(u"kept.db"_s), keyOf(7)});
    }
    void start() { workspace.start(); }
    [[nodiscard]] ChatSession &session() { return *workspace.session(); }

    QStringList told;
    OfflineStore store;

private:
    std::unique_ptr<Workspace> m_workspace;

public:
    Workspace &workspace = *m_workspace;

private:
    Workspace::Options optionsFor(const ScriptedServer &server, const QString &conversation)
    {
        Workspace::Options options{server.url(), conversation, {}};
        options.times.backoff = {1h, 1h};
        options.listTimes.betweenRefreshes = 1ms;
        options.offline = &store;
        return options;
    }
};

} // namespace

//! What the window has without its server, and what becomes of it when the server is there again.
class TestOffline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    // ---- the list

    void listIsThereBeforeTheServerIs()
    {
        ScriptedServer server;
        listAs(server, {listed(u"new"_s, 1), listed(u"old"_s, 9)});
        keepList(server, 2);
        server.goAway();
        Run run(server, *m_folder);
        QCOMPARE(titlesOf(run.workspace), QStringList({u"About new"_s, u"About old"_s}));
        QCOMPARE(run.workspace.conversations()->problem(), QString());
        run.start();
        QTRY_VERIFY(
            run.workspace.conversations()->problem().startsWith(u"This is the list as of "_s));
        QVERIFY(
            run.workspace.conversations()->problem().endsWith(u"The server does not answer."_s));
        QCOMPARE(titlesOf(run.workspace).size(), 2);
    }

    void serversListReplacesIt()
    {
        ScriptedServer server;
        listAs(server, {listed(u"gone"_s, 1), listed(u"stays"_s, 9)});
        keepList(server, 2);
        listAs(server, {listed(u"newer"_s, 0), listed(u"stays"_s, 9)});
        {
            Run run(server, *m_folder);
            run.start();
            const QStringList now{u"About newer"_s, u"About stays"_s};
            QTRY_COMPARE(titlesOf(run.workspace), now);
            QCOMPARE(run.workspace.conversations()->problem(), QString());
        }
        server.goAway();
        Run run(server, *m_folder);
        QCOMPARE(titlesOf(run.workspace), QStringList({u"About newer"_s, u"About stays"_s}));
    }

    //! The server gives pages: what it has not come to yet stays, and is asked for.
    void allThatIsKnownIsLookedAfter()
    {
        ScriptedServer server;
        QJsonArray lines;
        for (int i = 0; i < 500; ++i)
            lines.append(listed(u"c%1"_s.arg(i), i));
        serveList(server, lines);
        {
            Run run(server, *m_folder);
            run.start();
            while (run.workspace.conversations()->hasMore() ||
                   run.workspace.conversations()->rowCount() == 0) {
                run.workspace.conversations()->fetchNext();
                QVERIFY(QTest::qWaitFor([&] { return !run.workspace.conversations()->isBusy(); }));
                QCoreApplication::processEvents();
            }
            QCOMPARE(titlesOf(run.workspace).size(), 500);
        }
        for (const int gone : {480, 300, 10}) // One on each page, and the last one on none.
            lines.removeAt(gone);
        serveList(server, lines);
        Run run(server, *m_folder);
        QCOMPARE(titlesOf(run.workspace).size(), 500);
        run.start();
        QTRY_COMPARE(titlesOf(run.workspace).size(), 497);
        QVERIFY(!titlesOf(run.workspace).contains(u"About c300"_s));
        QTRY_VERIFY(!run.workspace.conversations()->hasMore());
        QCOMPARE(titlesOf(run.workspace).constLast(), u"About c499"_s);
    }

    // ---- a conversation

    void openedOneIsThereWithoutTheServer()
    {
        ScriptedServer server;
        keepConversation(server);
        server.goAway();
        Run run(server, *m_folder);
        run.start();
        QTRY_VERIFY(!run.session().problemText().isEmpty() ||
                    run.session().connection() == ChatSession::Reconnecting);
        run.workspace.open(u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList({u"What is a runnel?"_s, u"It flows."_s}));
        QCOMPARE(run.session().title(), u"What is a runnel?"_s);
        QVERIFY(!run.session().isAbsent());
        QCOMPARE(run.session().agents()->rowCount(), 2); // Whom one can ask is known, too.
    }

    void onlyWhatIsNewComes()
    {
        ScriptedServer server;
        keepConversation(server);
        server.greetWith(
            {helloOf(u"e1"_s, 5, true), UserMessage{5, u"m3"_s, u"m2"_s, u"And?"_s, {}, someTime}});
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace).size(), 2);
        run.start();
        QTRY_COMPARE(textsOf(run.workspace),
                     QStringList({u"What is a runnel?"_s, u"It flows."_s, u"And?"_s}));
        QCOMPARE(server.query(), u"after=4&epoch=e1"_s);
        QCOMPARE(server.connections(), 2);
    }

    void answerThatWasComingGoesOn()
    {
        ScriptedServer server;
        MessageRecord running = answer(u"It"_s);
        running.state = MessageState::Running;
        server.greetWith({helloOf(u"e1"_s, 4, false),
                          Snapshot{4, {question(u"What?"_s), running}, u"m2"_s, {}, {}}});
        keep(server, u"test"_s);
        server.greetWith(
            {helloOf(u"e1"_s, 6, true), Chunk{5, u"t1"_s, u" flows."_s, u"default"_s},
             TurnComplete{6, u"t1"_s, u"m2"_s, u"default"_s, FinishReason::Stop, {}, someTime}});
        Run run(server, *m_folder, u"test"_s);
        QVERIFY(run.session().answering());
        QSignalSpy ended(&run.session(), &ChatSession::answerEnded);
        run.start();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toString(), u"It flows."_s);
        QCOMPARE(server.query(), u"after=4&epoch=e1"_s);
        QVERIFY(!run.session().answering());
    }

    void anotherLogReplacesIt()
    {
        ScriptedServer server;
        keepConversation(server);
        server.greetWith(
            {helloOf(u"e2"_s, 2, false), Snapshot{2, {question(u"Another?"_s)}, u"m1"_s, {}, {}}});
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            QTRY_COMPARE(textsOf(run.workspace), QStringList{u"Another?"_s});
            QCOMPARE(server.query(), u"after=4&epoch=e1"_s);
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList{u"Another?"_s});
    }

    void whatIsNotHereSaysSo()
    {
        ScriptedServer server;
        listAs(server, {listed(u"far"_s, 1)});
        keepList(server, 1);
        server.goAway();
        Run run(server, *m_folder);
        run.start();
        QVERIFY(!run.session().isAbsent()); // It is a new one.
        run.workspace.open(u"far"_s);
        QVERIFY(run.session().isAbsent());
        QTRY_COMPARE(run.session().absentText(),
                     u"This conversation is not kept on this computer. It is shown once the server "
                     "is reached."_s);
        server.greetWith(greeting());
        server.comeBack();
        run.session().reconnectNow();
        QTRY_COMPARE(textsOf(run.workspace).size(), 2);
        QVERIFY(!run.session().isAbsent());
        QCOMPARE(server.query(), QString());
    }

    //! A snapshot is all of the conversation: it is not written for each word.
    void answerIsKeptAtItsEnd()
    {
        ScriptedServer server;
        server.greetWith(greeting());
        Run run(server, *m_folder, u"test"_s);
        run.start();
        const QString key = run.workspace.server().toString();
        QTRY_COMPARE_WITH_TIMEOUT(keptSeq(run, key), Seq(4), 10'000);
        server.say(UserMessage{5, u"m3"_s, u"m2"_s, u"And?"_s, {}, someTime});
        server.say(TurnStarted{6, u"t2"_s, u"m4"_s, u"m3"_s, u"default"_s, u"m"_s, someTime});
        for (Seq seq = 7; seq < 100; ++seq)
            server.say(Chunk{seq, u"t2"_s, u"word "_s, u"default"_s});
        QTRY_COMPARE(run.session().view().seq(), Seq(99));
        QVERIFY(keptSeq(run, key) < Seq(7));
        server.say(
            TurnComplete{100, u"t2"_s, u"m4"_s, u"default"_s, FinishReason::Stop, {}, someTime});
        QTRY_COMPARE(keptSeq(run, key), Seq(100));
    }

    void leftOneIsKept()
    {
        ScriptedServer server;
        server.greetWith(greeting());
        Run run(server, *m_folder, u"test"_s);
        run.start();
        QTRY_COMPARE(textsOf(run.workspace).size(), 2);
        for (int i = 0; i <= Workspace::mostIdle; ++i)
            run.workspace.open(u"c%1"_s.arg(i));
        QCOMPARE(keptSeq(run, run.workspace.server().toString()), Seq(4)); // At once.
    }

    // ---- what is unsent

    void draftOutlastsTheProgram()
    {
        ScriptedServer server;
        keepConversation(server);
        {
            Run run(server, *m_folder, u"test"_s);
            run.session().setDraft(u"And then"_s);
            run.workspace.newChat();
            run.session().setDraft(u"Something new"_s);
        }
        {
            Run run(server, *m_folder);
            QCOMPARE(run.session().draft(), u"Something new"_s); // It is gone on with.
            QVERIFY(run.session().conversationId() != u"test"_s);
            run.workspace.open(u"test"_s);
            QCOMPARE(run.session().draft(), u"And then"_s);
            run.session().setDraft({});
        }
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(run.session().draft(), QString());
    }

    void whatWaitsIsSentOnceAfterTheNextStart()
    {
        ScriptedServer server;
        keepConversation(server);
        server.goAway();
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            QVERIFY(run.session().send(u"one"_s));
        }
        {
            Run run(server, *m_folder); // Still no server: it waits on.
            QCOMPARE(titlesOf(run.workspace), QStringList{u"What is a runnel?"_s});
            run.workspace.open(u"test"_s);
            QCOMPARE(textsOf(run.workspace).constLast(), u"one"_s);
        }
        server.comeBack();
        server.greetWith({helloOf(u"e1"_s, 4, true)});
        server.answerWith([&server](const ClientFrame &frame) {
            const auto &message = std::get<SendMessage>(frame);
            server.say(UserMessage{5, u"m3"_s, u"m2"_s, message.message, message.id, someTime});
        });
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            QTRY_COMPARE(server.messages(), QStringList{u"one"_s});
            QTRY_VERIFY(!run.session().hasUnsent());
        }
        server.greetWith({helloOf(u"e1"_s, 5, true)});
        Run run(server, *m_folder, u"test"_s);
        run.start();
        QTRY_VERIFY(run.session().connected());
        QVERIFY(!run.session().hasUnsent());
        QCOMPARE(textsOf(run.workspace).size(), 3);
        QCOMPARE(server.query(), u"after=5&epoch=e1"_s);
        QCOMPARE(server.messages(), QStringList{u"one"_s});
    }

    //! Without anybody who opens it.
    void newOneThatWaitsIsSentBehindTheWindow()
    {
        ScriptedServer server;
        server.goAway();
        QString begun;
        {
            Run run(server, *m_folder);
            run.start();
            begun = run.session().conversationId();
            QVERIFY(run.session().send(u"two"_s));
        }
        server.comeBack();
        Run run(server, *m_folder);
        QVERIFY(run.session().conversationId() != begun);
        QCOMPARE(titlesOf(run.workspace), QStringList{u"two"_s});
        run.start();
        QTRY_COMPARE(server.messages(), QStringList{u"two"_s});
        QVERIFY(run.session().conversationId() != begun);
        run.workspace.open(begun);
        QCOMPARE(textsOf(run.workspace), QStringList{u"two"_s});
    }

    //! Whoever was killed before it heard that it was taken sends it again under the same name.
    void whatIsSentAgainHasItsOldName()
    {
        ScriptedServer server;
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            QTRY_VERIFY(run.session().connected());
            QVERIFY(run.session().send(u"one"_s));
            QTRY_COMPARE(server.messages(), QStringList{u"one"_s});
        }
        Run run(server, *m_folder);
        run.start();
        QTRY_COMPARE(server.messages(), QStringList({u"one"_s, u"one"_s}));
        QCOMPARE(std::get<SendMessage>(server.received()[0]).id,
                 std::get<SendMessage>(server.received()[1]).id);
    }

    void refusedOneIsRefusedStill()
    {
        ScriptedServer server;
        keepConversation(server);
        server.greetWith(greeting());
        server.answerWith([&server](const ClientFrame &frame) {
            server.say(ErrorFrame{
                0, {}, u"queue_full"_s, u"Too many wait."_s, {}, std::get<SendMessage>(frame).id});
        });
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            QTRY_VERIFY(run.session().connected());
            QVERIFY(run.session().send(u"one"_s));
            QTRY_COMPARE(statusOfLast(run), MessageListModel::Refused);
        }
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(statusOfLast(run), MessageListModel::Refused);
        QCOMPARE(
            run.session().messages()->index(2).data(MessageListModel::ProblemTextRole).toString(),
            u"Too many wait."_s);
        run.start();
        QTRY_VERIFY(run.session().connected());
        QCOMPARE(server.messages().size(), 1); // It is not sent by itself.
        run.session().discard(2);
        QCOMPARE(textsOf(run.workspace).size(), 2);
    }

    void whatWasAskedOfAnAnswerIsAskedAfterTheNextStart()
    {
        ScriptedServer server;
        keepConversation(server);
        server.goAway();
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            run.session().regenerate(1);
            QVERIFY(run.session().saveEdit(0, u"What is a river?"_s));
        }
        server.comeBack();
        server.greetWith({helloOf(u"e1"_s, 4, true)});
        Run run(server, *m_folder, u"test"_s);
        QVERIFY(run.session().view().askedOf(1));
        run.start();
        QTRY_COMPARE(server.received().size(), std::size_t(2));
        const auto has = [&server]<typename Frame>(const Frame *) {
            return std::ranges::any_of(server.received(), [](const ClientFrame &frame) {
                return std::holds_alternative<Frame>(frame);
            });
        };
        QVERIFY(has(static_cast<const RegenerateAnswer *>(nullptr)));
        QVERIFY(has(static_cast<const EditMessage *>(nullptr)));
    }

    // ---- the file

    void lateKeyBringsItAllTheSame()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepList(server, 1);
        keepConversation(server);
        {
            Run run(server, *m_folder);
            run.session().setDraft(u"Begun"_s);
        }
        server.goAway();
        Run run(server, u"test"_s);
        run.start();
        QCOMPARE(textsOf(run.workspace), QStringList());
        run.open(*m_folder);
        QCOMPARE(textsOf(run.workspace).size(), 2);
        QVERIFY(titlesOf(run.workspace).contains(u"What is a runnel?"_s));
        QCOMPARE(run.session().draft(), QString()); // The conversation was named: it stays.

        Run fresh(server);
        fresh.start();
        run.store.forgetAll(); // Its file is not ours any more, but its lock is.
        fresh.open(*m_folder);
        QVERIFY(!fresh.store.keeps());
    }

    void damagedFileIsSaidAndBuiltAnew()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepConversation(server);
        server.greetWith(greeting());
        writeContent(m_folder->filePath(u"kept.db"_s), QByteArray(20'000, 'x'));
        {
            Run run(server, *m_folder, u"test"_s);
            QCOMPARE(run.told.size(), 1);
            QVERIFY2(run.told[0].contains(u"damaged"), qPrintable(run.told[0]));
            QCOMPARE(run.workspace.toast(), run.told[0]);
            QCOMPARE(textsOf(run.workspace), QStringList());
            run.start();
            QTRY_COMPARE(textsOf(run.workspace).size(), 2);
            QTRY_COMPARE(titlesOf(run.workspace).size(), 1);
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(run.told, QStringList());
        QCOMPARE(textsOf(run.workspace).size(), 2);
        QCOMPARE(titlesOf(run.workspace).size(), 1);
    }

    //! It is found damaged while it is read: what is known is put into the new one.
    void damageThatIsFoundLaterIsSaidToo()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepConversation(server);
        keepList(server, 1);
        {
            Run run(server, *m_folder, u"test"_s);
            run.session().setDraft(u"And then"_s);
        }
        server.greetWith(greeting());
        damageAllBut({u"meta"_s, u"unsent"_s});
        {
            Run run(server, *m_folder, u"test"_s);
            QVERIFY(run.store.keeps());
            QCOMPARE(titlesOf(run.workspace), QStringList());
            QCOMPARE(run.session().draft(), u"And then"_s);
            QTRY_COMPARE(run.told.size(), 1);
            QVERIFY2(run.told[0].contains(u"rebuilt"), qPrintable(run.told[0]));
            run.start();
            QTRY_COMPARE(titlesOf(run.workspace).size(), 1);
            QTRY_COMPARE(textsOf(run.workspace).size(), 2);
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(run.told, QStringList());
        QCOMPARE(textsOf(run.workspace).size(), 2);
        QCOMPARE(run.session().draft(), u"And then"_s);
        QCOMPARE(titlesOf(run.workspace).size(), 1);
    }

    void fullDiskIsSaidAndDraftsAreKeptLater()
    {
        ScriptedServer server;
        keepConversation(server);
        {
            Run run(server, *m_folder, u"test"_s);
            QVERIFY(run.store.cache()->flush(10s));
            {
                const DiskOf disk(QFileInfo(m_folder->filePath(u"kept.db-wal"_s)).size());
                run.session().setDraft(u"While it is full"_s);
                QTRY_COMPARE(run.told.size(), 1);
                QVERIFY2(run.told[0].startsWith(
                             u"Conversations are not kept on this computer just now."_s),
                         qPrintable(run.told[0]));
                QCOMPARE(run.workspace.toast(), run.told[0]);
            }
            run.session().setDraft(u"And when it is not"_s);
        }
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(run.session().draft(), u"And when it is not"_s);
        QCOMPARE(textsOf(run.workspace).size(), 2);
        QCOMPARE(run.told, QStringList());
    }

    void secondOneHasNone()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepList(server, 1);
        Run first(server, *m_folder);
        QCOMPARE(titlesOf(first.workspace).size(), 1);
        Run second(server, *m_folder);
        QVERIFY(!second.store.keeps());
        QVERIFY(!second.workspace.keeps());
        QCOMPARE(second.told.size(), 1);
        second.start(); // It works as one without a cache.
        QTRY_COMPARE(titlesOf(second.workspace).size(), 1);
        second.session().setDraft(u"lost"_s);
        QVERIFY(first.store.keeps());
    }

    // ---- what goes

    void deletedOneIsNoLongerKept()
    {
        ScriptedServer server;
        server.answerRequestsWith([](const ScriptedServer::Request &request) {
            return request.method == "DELETE" ? ScriptedServer::Answer{204, {}}
                                              : ScriptedServer::Answer{200, page({})};
        });
        keepConversation(server);
        server.greetWith(greeting());
        {
            Run run(server, *m_folder, u"test"_s);
            run.start();
            run.session().setDraft(u"And then"_s);
            run.workspace.remove(u"test"_s);
            QTRY_COMPARE(run.workspace.toast(), u"Deleted."_s);
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList());
        QCOMPARE(run.session().draft(), QString());
    }

    void oneThatTheServerLostIsNoLongerKept()
    {
        ScriptedServer server;
        keepConversation(server);
        server.greetWith({helloOf(u"e2"_s, 0, false), Snapshot{}});
        {
            Run run(server, *m_folder, u"test"_s);
            run.session().setDraft(u"And then"_s);
            run.start();
            QTRY_VERIFY(run.session().forgotten());
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList());
        QCOMPARE(run.session().draft(), u"And then"_s); // The person's own is not lost with it.
    }

    void oneThatIsNoLongerListedIsNoLongerKept()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepConversation(server);
        keepList(server, 1);
        listAs(server, {});
        {
            Run run(server, *m_folder);
            run.start();
            QTRY_COMPARE(titlesOf(run.workspace), QStringList());
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList());
    }

    void removedServerLeavesNothing()
    {
        ScriptedServer server;
        listAs(server, {listed(u"test"_s, 1)});
        keepConversation(server);
        server.greetWith(greeting());
        {
            Run run(server, *m_folder, u"test"_s);
            ServerListModel servers(m_folder->filePath(u"servers.ini"_s));
            keepServers(run.workspace, servers);
            forgetServers(run.store, servers);
            run.start();
            QTRY_COMPARE(servers.rowCount(), 1);
            run.session().setDraft(u"And then"_s);
            QVERIFY(servers.remove(servers.currentId()));
            run.session().setDraft(u"And then?"_s); // Nothing comes after it.
        }
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(titlesOf(run.workspace), QStringList());
        QCOMPARE(textsOf(run.workspace), QStringList());
        QCOMPARE(run.session().draft(), QString());
    }

    void allCanBeForgotten()
    {
        ScriptedServer server;
        keepConversation(server);
        {
            Run run(server, *m_folder, u"test"_s);
            QVERIFY(run.workspace.keeps());
            run.workspace.forgetKept();
            QVERIFY(!run.workspace.keeps());
            QVERIFY(run.workspace.toast().startsWith(u"Deleted from this computer."_s));
            run.session().setDraft(u"And then"_s);
        }
        QVERIFY(!contentOfAll(*m_folder).contains("It flows"));
        server.goAway();
        Run run(server, *m_folder, u"test"_s);
        QCOMPARE(textsOf(run.workspace), QStringList());
        QCOMPARE(run.session().draft(), QString());
    }

private:
    void listAs(ScriptedServer &server, const QJsonArray &lines)
    {
        server.answerRequestsWith([lines](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{200, page(lines)};
        });
    }
    //! By pages, as the server does.
    void serveList(ScriptedServer &server, const QJsonArray &lines)
    {
        server.answerRequestsWith([lines](const ScriptedServer::Request &request) {
            const QUrlQuery query(QUrl(QString::fromLatin1(request.path)));
            const qsizetype from = query.queryItemValue(u"cursor"_s).toInt();
            const qsizetype limit = query.queryItemValue(u"limit"_s).toInt();
            QJsonArray some;
            for (qsizetype i = from; i < std::min(from + limit, lines.size()); ++i)
                some.append(lines[i]);
            return ScriptedServer::Answer{200, page(some, from + limit < lines.size()
                                                              ? QString::number(from + limit)
                                                              : QString())};
        });
    }
    //! A run in which the list came.
    void keepList(const ScriptedServer &server, int count)
    {
        Run run(server, *m_folder);
        run.start();
        QTRY_COMPARE(titlesOf(run.workspace).size(), count);
    }
    //! A run in which \a id was open, as the server greets.
    void keep(const ScriptedServer &server, const QString &id)
    {
        Run run(server, *m_folder, id);
        run.start();
        QTRY_COMPARE(textsOf(run.workspace).size(), 2);
    }
    void keepConversation(ScriptedServer &server)
    {
        server.greetWith(greeting());
        keep(server, u"test"_s);
        server.greetWith({ScriptedServer::hello(), Snapshot{}});
    }
    static Seq keptSeq(const Run &run, const QString &server)
    {
        const auto kept = run.store.cache()->snapshot(server, u"test"_s);
        return kept ? kept->seq : 0;
    }
    static int statusOfLast(Run &run)
    {
        const MessageListModel *const messages = run.session().messages();
        return messages->index(messages->rowCount() - 1).data(MessageListModel::StatusRole).toInt();
    }
    //! Of the file at rest.
    void damageAllBut(const QStringList &tables) const
    {
        const QString path = m_folder->filePath(u"kept.db"_s);
        QList<qsizetype> kept{0};
        {
            const auto database = CacheDatabase::open(path);
            QVERIFY(database);
            for (const QString &table : tables) {
                const QByteArray query =
                    "SELECT rootpage FROM sqlite_schema WHERE name = '" + table.toLatin1() + '\'';
                kept.append((*database)->number(query.constData()) - 1);
            }
        }
        QByteArray bytes = contentOf(path);
        constexpr qsizetype pageBytes = 4096;
        for (qsizetype page = 0; page < bytes.size() / pageBytes; ++page) {
            if (!kept.contains(page))
                bytes.replace(pageBytes * page, pageBytes, QByteArray(pageBytes, '\x7f'));
        }
        writeContent(path, bytes);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestOffline)
#include "tst_offline.moc"
