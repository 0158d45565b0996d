#include "agents/agentmanager.h"
#include "sessions/sessionregistry.h"
#include "storage/memorystore.h"
#include "storage/sqlitestore.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<test::ScriptedModel>();
        m_agents = test::makeAgents(*m_model);
        m_store = std::make_unique<MemoryStore>();
        m_commits = std::make_unique<CommitQueue>(*m_store);
        m_session = makeSession(SessionConfig{});
        m_session->addFollower();
    }

    void answerIsLoggedInOrder()
    {
        QVERIFY(!ask(u"Hi"_s, u"c1"_s));
        reply(0)->think(u"Hm."_s);
        reply(0)->say(u"Hel"_s);
        reply(0)->say(u"lo"_s);
        reply(0)->finish();

        QCOMPARE(types(), u"user turn thought chunk chunk complete"_s);
        for (Seq seq = 1; seq <= m_session->log().newest(); ++seq)
            QCOMPARE(seqOf(frameAt(seq)), seq);
        const auto user = std::get<UserMessage>(frameAt(1));
        QCOMPARE(user.id, u"c1"_s);
        const auto turn = std::get<TurnStarted>(frameAt(2));
        QCOMPARE(turn.parentId, user.messageId);
        QCOMPARE(turn.agent, u"default"_s);
        const auto complete = std::get<TurnComplete>(frameAt(6));
        QCOMPARE(complete.turn, turn.turn);
        QCOMPARE(complete.messageId, turn.messageId);
        QCOMPARE(complete.usage.totalTokens, 7);
        QVERIFY(!m_session->isAnswering());
    }

    void costIsOfAllTurnsOfAnAnswer()
    {
        SessionConfig config;
        config.prices = *ModelPrices::parse(u"test-model=1/10"_s);
        m_session = makeSession(config);
        m_session->addFollower();
        QVERIFY(!ask(u"Hi"_s));
        reply(0)->say(u"Hel"_s);
        reply(0)->finish(FinishReason::Length);
        const std::optional<double> once = std::get<TurnComplete>(frameAt(4)).usage.costUsd;
        QVERIFY(once && *once > 0);
        QVERIFY(!m_session->take(ContinueAnswer{u"m2"_s, {}}));
        reply(1)->say(u"lo"_s);
        reply(1)->finish();
        QCOMPARE(std::get<TurnComplete>(frameAt(7)).usage.costUsd, std::optional(2 * *once));
        QCOMPARE(m_session->snapshot().messages.back().usage->costUsd, std::optional(2 * *once));
    }

    void snapshotEqualsWhatTheFramesTold()
    {
        QVERIFY(!ask(u"Hi"_s));
        reply(0)->say(u"Hal"_s);
        const Snapshot running = m_session->snapshot();
        QCOMPARE(running.seq, m_session->log().newest());
        QCOMPARE(running.messages.back().content, u"Hal"_s);
        QCOMPARE(running.messages.back().state, MessageState::Running);
        reply(0)->fail(ErrorCode::ModelOverloaded, u"Busy."_s);
        const Snapshot failed = m_session->snapshot();
        QCOMPARE(failed.messages.back().state, MessageState::Failed);
        QCOMPARE(failed.messages.back().error->code, ErrorCode::ModelOverloaded);
        QCOMPARE(types(), u"user turn chunk error"_s);
    }

    void secondMessageWaitsAndSeesTheFirstAnswer()
    {
        QVERIFY(!ask(u"One"_s));
        QVERIFY(!ask(u"Two"_s));
        QCOMPARE(m_model->requests.size(), 1);
        reply(0)->say(u"Eins"_s);
        reply(0)->finish(FinishReason::Stop, "[{\"text\":\"Eins\"}]");
        QCOMPARE(m_model->requests.size(), 2);
        const auto &history = m_model->requests[1].history;
        QCOMPARE(history.size(), std::size_t(3));
        QCOMPARE(history[1].rawParts, QByteArray("[{\"text\":\"Eins\"}]"));
        QCOMPARE(history[2].text, u"Two"_s);
        reply(1)->finish();
        QCOMPARE(types(), u"user turn chunk complete user turn complete"_s);
        // The second question hangs under the first answer.
        const auto second = std::get<UserMessage>(frameAt(5));
        QCOMPARE(second.parentId, std::get<TurnStarted>(frameAt(2)).messageId);
    }

    void eightMessagesWaitAndANinthIsRefused()
    {
        QVERIFY(!ask(u"running"_s));
        for (int i = 0; i < limits::queuedMessages; ++i)
            QVERIFY(!ask(u"waits"_s));
        const auto refused = ask(u"one too many"_s);
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::QueueFull);
        for (int i = 0; i <= limits::queuedMessages; ++i)
            reply(i)->finish();
        QCOMPARE(m_model->requests.size(), limits::queuedMessages + 1);
        QVERIFY(!m_session->isAnswering());
    }

    void sameIdIsNotAskedTwice()
    {
        QVERIFY(!ask(u"One"_s, u"c1"_s));
        QVERIFY(!ask(u"One"_s, u"c1"_s));
        QVERIFY(!ask(u"Two"_s, u"c2"_s));
        QVERIFY(!ask(u"Two"_s, u"c2"_s)); // waits already
        reply(0)->finish();
        reply(1)->finish();
        QVERIFY(!ask(u"One"_s, u"c1"_s)); // answered already
        QCOMPARE(m_model->requests.size(), 2);
    }

    void unknownAgentIsRefusedAndNothingIsLogged()
    {
        const auto refused = m_session->ask({u"Hi"_s, u"nobody"_s, {}});
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::UnknownAgent);
        QVERIFY2(refused->text.contains(u"nobody") && refused->text.contains(u"default"),
                 qPrintable(refused->text));
        QCOMPARE(m_session->log().newest(), Seq(0));
    }

    void stopNamesItsTurn()
    {
        QVERIFY(!ask(u"One"_s));
        QVERIFY(!ask(u"Two"_s));
        m_session->stop(u"t2"_s); // does not run yet: none of its business
        m_session->stop(u"t1"_s);
        QVERIFY(reply(0)->wasAborted());
        reply(0)->say(u"still on its way"_s);
        QTRY_COMPARE(m_model->requests.size(), 2);
        QVERIFY(!reply(1)->wasAborted());
        m_session->stop(u"t1"_s); // late: the next answer goes on
        QVERIFY(!reply(1)->wasAborted());
        reply(1)->finish();
        const auto stopped = std::get<TurnComplete>(frameAt(4));
        QCOMPARE(stopped.finishReason, FinishReason::Stopped);
    }

    void answerGoesOnWithNobodyThere()
    {
        QVERIFY(!ask(u"Hi"_s));
        m_session->removeFollower();
        reply(0)->say(u"Hello"_s);
        reply(0)->finish();
        m_session->addFollower();
        QCOMPARE(m_session->snapshot().messages.back().content, u"Hello"_s);
        QCOMPARE(m_session->snapshot().messages.back().state, MessageState::Done);
        QCOMPARE(m_session->snapshot().seq, Seq(4));
    }

    void regeneratedAnswerIsASibling()
    {
        QVERIFY(!ask(u"Hi"_s));
        reply(0)->say(u"One"_s);
        reply(0)->finish();
        QVERIFY(!m_session->take(RegenerateAnswer{u"m1"_s, {}, u"r-1"_s}));
        QVERIFY(!m_session->take(RegenerateAnswer{u"m1"_s, {}, u"r-1"_s})); // sent again
        QCOMPARE(m_model->requests.size(), 2);
        QCOMPARE(m_model->requests[1].history.size(), std::size_t(1));
        reply(1)->say(u"Two"_s);
        reply(1)->finish();
        QCOMPARE(types(), u"user turn chunk complete turn chunk complete"_s);
        const Snapshot snapshot = m_session->snapshot();
        QCOMPARE(snapshot.messages.size(), 3);
        QCOMPARE(snapshot.messages[2].parentId, u"m1"_s);
        QCOMPARE(snapshot.messages[2].id, u"r-1"_s);
        QCOMPARE(snapshot.active, u"m3"_s);
        QCOMPARE(m_session->take(RegenerateAnswer{u"m2"_s, {}, {}})->code,
                 ErrorCode::UnknownMessage);
    }

    void editedQuestionIsASiblingAndSelectSwitches()
    {
        QVERIFY(!ask(u"Before"_s));
        reply(0)->say(u"So"_s);
        reply(0)->finish();
        QVERIFY(!ask(u"Hi"_s));
        reply(1)->say(u"One"_s);
        reply(1)->finish();
        QVERIFY(!m_session->take(EditMessage{u"m3"_s, u"Hello"_s, {}, u"e-1"_s}));
        QCOMPARE(m_model->requests[2].history.size(), std::size_t(3));
        QCOMPARE(m_model->requests[2].history[2].text, u"Hello"_s);
        reply(2)->finish();
        Snapshot snapshot = m_session->snapshot();
        QCOMPARE(snapshot.messages[4].parentId, u"m2"_s);
        QCOMPARE(snapshot.active, u"m6"_s);

        QVERIFY(!m_session->select(u"m3"_s));
        QVERIFY(!m_session->select(u"m4"_s)); // it is visible already
        QCOMPARE(m_session->snapshot().active, u"m4"_s);
        QCOMPARE(std::get<BranchSelected>(frameAt(m_session->log().newest())).active, u"m4"_s);
        QVERIFY(!ask(u"More"_s)); // below what is visible
        QCOMPARE(m_session->snapshot().messages[6].parentId, u"m4"_s);
        QCOMPARE(m_session->select(u"m99"_s)->code, ErrorCode::UnknownMessage);
    }

    void stoppedAnswerGoesOnAndIsJoined()
    {
        QVERIFY(!ask(u"Hi"_s));
        reply(0)->say(u"Hel"_s);
        m_session->stop(u"t1"_s);
        QTRY_VERIFY(!m_session->isAnswering());
        QVERIFY(!m_session->take(ContinueAnswer{u"m2"_s, u"c-1"_s}));
        const auto &history = m_model->requests[1].history;
        QCOMPARE(history.size(), std::size_t(3));
        QCOMPARE(history[1].text, u"Hel"_s);
        QCOMPARE(history[2].role, Role::User);
        QCOMPARE(m_session->take(ContinueAnswer{u"m2"_s, {}})->code, ErrorCode::QueueFull);
        reply(1)->say(u"lo"_s);
        reply(1)->finish();
        const Snapshot snapshot = m_session->snapshot();
        QCOMPARE(snapshot.messages.size(), 2);
        QCOMPARE(snapshot.messages[1].content, u"Hello"_s);
        QCOMPARE(snapshot.messages[1].state, MessageState::Done);
        QCOMPARE(snapshot.messages[1].turn, u"t2"_s);
        QCOMPARE(m_session->take(ContinueAnswer{u"m2"_s, {}})->code, ErrorCode::BadFrame);
        QCOMPARE(types(), u"user turn chunk complete turn chunk complete"_s);
    }

    //! A client that was cut off between its request and the answer's turn asks again, perhaps of
    //! a server that was started anew and after another client's request for the same answer.
    void requestThatAnotherOvertookIsKnownStill()
    {
        SessionRegistry registry(*m_agents, {}, *m_store);
        Session *before = *registry.findOrCreate(u"left"_s);
        QVERIFY(!before->ask({u"Hi"_s, {}, u"c-1"_s}));
        for (const QString &id : {u"go-1"_s, u"go-2"_s, u"go-3"_s}) {
            before->interrupt();
            QTRY_VERIFY(!before->isAnswering());
            QVERIFY(!before->take(ContinueAnswer{u"m2"_s, id}));
        }
        before->interrupt();
        QTRY_VERIFY(!before->isAnswering());
        const QStringList taken{u"go-1"_s, u"go-2"_s};
        QCOMPARE(before->snapshot().taken, taken);
        QCOMPARE(before->snapshot().messages[1].id, u"go-3"_s);
        registry.evictIdle(std::chrono::steady_clock::now() + std::chrono::hours(1000));

        Session *after = *registry.findOrCreate(u"left"_s);
        QCOMPARE(after->snapshot().taken, taken);
        for (const QString &id : {u"go-1"_s, u"go-2"_s, u"go-3"_s})
            QVERIFY(!after->take(ContinueAnswer{u"m2"_s, id}));
        QVERIFY(!after->isAnswering());
        QCOMPARE(m_model->requests.size(), 4);
    }

    void nothingIsShownBeforeItIsStored()
    {
        QVERIFY(!ask(u"Hi"_s));
        QCOMPARE(m_session->log().newest(), Seq(0));
        QSignalSpy appended(m_session.get(), &Session::appended);
        QTRY_COMPARE(appended.count(), 1); // at the end of the turn of the loop
        QCOMPARE(m_session->log().newest(), Seq(2));
        QCOMPARE(m_store->load(u"s1"_s).value()->messages.size(), std::size_t(2));
    }

    void sessionComesBackFromTheStore()
    {
        SessionRegistry registry(*m_agents, {}, *m_store);
        Session *before = *registry.findOrCreate(u"left"_s);
        QVERIFY(!before->ask({u"Hi"_s, {}, u"c-1"_s}));
        reply(0)->say(u"Hello"_s);
        reply(0)->finish();
        QVERIFY(!before->rename(u"Greeting"_s));
        const Snapshot snapshot = before->snapshot();
        const QString epoch = before->epoch();
        registry.evictIdle(std::chrono::steady_clock::now() + std::chrono::hours(1000));
        QVERIFY(!registry.find(u"left"_s));

        Session *after = *registry.findOrCreate(u"left"_s);
        QCOMPARE(after->snapshot(), snapshot);
        QCOMPARE(after->epoch(), epoch);
        QVERIFY(!after->ask({u"Hi"_s, {}, u"c-1"_s})); // known still
        QCOMPARE(m_model->requests.size(), 1);
        QVERIFY(!after->ask({u"And?"_s, {}, {}}));
        QCOMPARE(m_model->requests[1].history.size(), std::size_t(3));
        QCOMPARE(after->snapshot().messages.back().turn, u"t2"_s);
    }

    void removedConversationIsGoneUntilItIsRestored()
    {
        SessionRegistry registry(*m_agents, {}, *m_store);
        Session *session = *registry.findOrCreate(u"here"_s);
        session->addFollower();
        QVERIFY(!session->ask({u"Hi"_s, {}, {}}));
        reply(0)->finish();
        const Snapshot snapshot = session->snapshot();
        QSignalSpy left(session, &Session::left);
        QVERIFY(*registry.remove(u"here"_s));
        QCOMPARE(left.count(), 1);
        Session *blank = *registry.findOrCreate(u"here"_s);
        QVERIFY(blank != session);
        QVERIFY(blank->snapshot().messages.isEmpty());
        session->removeFollower();
        QVERIFY(*registry.restore(u"here"_s));
        QCOMPARE((*registry.findOrCreate(u"here"_s))->snapshot(), snapshot);
    }

    void refusingStoreEndsTheSessionAndLosesNothing()
    {
        const auto store = fullStore();
        SessionRegistry registry(*m_agents, {}, *store);
        Session *session = *registry.findOrCreate(u"s"_s);
        QVERIFY(!session->ask({u"Hi"_s, {}, {}}));
        reply(0)->say(u"Hello"_s);
        QCOMPARE(session->snapshot().messages.back().content, u"Hello"_s);
        limitPages(*store, true);
        QSignalSpy left(session, &Session::left);
        QSignalSpy appended(session, &Session::appended);
        reply(0)->say(u"x"_s.repeated(200'000));
        QTRY_COMPARE(left.count(), 1);
        QCOMPARE(left[0][0].value<Error>().code, ErrorCode::StorageFailed);
        QCOMPARE(appended.count(), 0); // nothing is shown that is not stored
        QTRY_VERIFY(!registry.find(u"s"_s));
        session = *registry.findOrCreate(u"s"_s);
        QCOMPARE(session->snapshot().messages.back().content, u"Hello"_s);
        QCOMPARE(session->snapshot().messages.back().state, MessageState::Interrupted);
        QCOMPARE(session->ask({u"More"_s, {}, {}})->code, ErrorCode::StorageFailed);
        limitPages(*store, false);
        QTRY_VERIFY(!session->ask({u"More"_s, {}, {}})); // a second later it is tried again
    }

    //! Nobody comes back for it, and the journal is kept from its first word on until it has ended.
    void answerThatWasCutOffByAFullDiskEndsInTheStore()
    {
        const auto store = fullStore();
        SessionRegistry registry(*m_agents, {}, *store);
        QVERIFY(!(*registry.findOrCreate(u"s"_s))->ask({u"Hi"_s, {}, {}}));
        reply(0)->say(u"Hello"_s);
        (void)(*registry.findOrCreate(u"s"_s))->snapshot();
        limitPages(*store, true);
        reply(0)->say(u"x"_s.repeated(200'000));
        QTRY_VERIFY(!registry.find(u"s"_s));
        limitPages(*store, false);
        QTRY_VERIFY(!(*registry.findOrCreate(u"other"_s))->ask({u"More"_s, {}, {}}));
        reply(1)->finish();
        QTRY_COMPARE(
            store->connection()
                .value(u"SELECT count(*) FROM messages WHERE state = 'running' AND content <> ''"_s)
                .toInt(),
            0);
        QTRY_COMPARE(store->connection()
                         .value(u"SELECT state FROM messages WHERE content = 'Hello'"_s)
                         .toString(),
                     u"interrupted"_s);
    }

    void answersThatGoOnInMemoryDoNotKeepTheStoreFromRecovering()
    {
        const auto store = fullStore();
        SessionRegistry::Config config;
        config.onStorageFailure = StorageFailure::Continue;
        SessionRegistry registry(*m_agents, config, *store);
        Session *session = *registry.findOrCreate(u"s"_s);
        QVERIFY(!session->ask({u"Hi"_s, {}, {}}));
        limitPages(*store, true);
        reply(0)->say(u"x"_s.repeated(200'000));
        QTRY_VERIFY(!session->isStored());
        limitPages(*store, false);
        const QDeadlineTimer patience(5000);
        while (!session->isStored() && !patience.hasExpired()) {
            reply(0)->say(u"more"_s); // far more than one chunk a second
            (void)session->select(u"m1"_s);
            QTest::qWait(20);
        }
        QVERIFY(session->isStored());
        reply(0)->finish();
        const QString shown = session->snapshot().messages.back().content;
        QCOMPARE(store->load(u"s"_s).value()->messages[1].record.content, shown);
    }

    void continuingStoreGoesOnInMemoryAndStoresItLater()
    {
        const auto store = fullStore();
        SessionRegistry::Config config;
        config.onStorageFailure = StorageFailure::Continue;
        SessionRegistry registry(*m_agents, config, *store);
        Session *session = *registry.findOrCreate(u"s"_s);
        QVERIFY(!session->ask({u"Hi"_s, {}, {}}));
        QCOMPARE(session->snapshot().messages.size(), 2);
        limitPages(*store, true);
        QSignalSpy noticed(session, &Session::noticed);
        const QString text = u"x"_s.repeated(200'000);
        reply(0)->say(text);
        QTRY_COMPARE(noticed.count(), 1);
        reply(0)->finish();
        QCOMPARE(session->snapshot().messages.back().content, text);
        QVERIFY(!session->isStored());
        registry.evictIdle(std::chrono::steady_clock::now() + std::chrono::hours(1000));
        QCOMPARE(registry.find(u"s"_s), session);
        limitPages(*store, false);
        // Whatever is asked for has the store tried again, once a second at most.
        QTRY_VERIFY(!session->select(u"m1"_s) && session->isStored());
        (void)session->snapshot();
        QCOMPARE(store->load(u"s"_s).value()->messages[1].record.content, text);
    }

    void retriesAreTold()
    {
        QVERIFY(!ask(u"Hi"_s));
        reply(0)->retry({{ErrorCode::ModelOverloaded, u"Busy."_s}, std::chrono::seconds(4), 1});
        reply(0)->finish();
        QCOMPARE(types(), u"user turn retry complete"_s);
        QCOMPARE(std::get<TurnRetrying>(frameAt(3)).retryAfter, std::chrono::milliseconds(4000));
    }

    void fullConversationIsRefused()
    {
        SessionConfig config;
        config.maxConversationCharacters = 10;
        const auto small = makeSession(config);
        QVERIFY(!small->ask({u"123456789"_s, {}, {}}));
        const auto refused = small->ask({u"12"_s, {}, {}});
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::TooLarge);
    }

    void memoryIsSharedAndTheLeftOnesMakeRoom()
    {
        SessionRegistry::Config config;
        config.maxBytes = 3000;
        SessionRegistry registry(*m_agents, config, *m_store);
        Session *here = *registry.findOrCreate(u"here"_s);
        here->addFollower();
        QVERIFY(!(*registry.findOrCreate(u"left"_s))->ask({u"x"_s.repeated(2000), {}, {}}));
        QVERIFY(registry.bytes() >= 4000);
        reply(0)->finish();
        QVERIFY(!here->ask({u"y"_s.repeated(2000), {}, {}})); // "left" went for it
        QVERIFY(!registry.find(u"left"_s));
        const auto refused = here->ask({u"z"_s, {}, {}}); // nobody is left to go
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::RateLimited);
        here->removeFollower();
    }

    void logsGoBeforeConversations()
    {
        SessionRegistry::Config config;
        config.maxBytes = 40'000;
        SessionRegistry registry(*m_agents, config, *m_store);
        QVERIFY(!(*registry.findOrCreate(u"left"_s))->ask({u"Hi"_s, {}, {}}));
        reply(0)->finish();
        Session *here = *registry.findOrCreate(u"here"_s);
        here->addFollower();
        QVERIFY(!here->ask({u"Hi"_s, {}, {}}));
        for (int i = 0; i < 100; ++i)
            reply(1)->say(u"a hundred characters, about, in many frames "_s);
        reply(1)->finish();
        QVERIFY2(registry.bytes() >= config.maxBytes, "the frames are counted");
        QVERIFY(!here->ask({u"And?"_s, {}, {}}));
        QVERIFY(registry.find(u"left"_s));
        QVERIFY(registry.bytes() < config.maxBytes);
        here->removeFollower();
    }

    void whatWaitsIsCounted()
    {
        SessionRegistry::Config config;
        config.maxBytes = 20'000;
        SessionRegistry registry(*m_agents, config, *m_store);
        Session *here = *registry.findOrCreate(u"here"_s);
        here->addFollower();
        QVERIFY(!here->ask({u"Hi"_s, {}, {}}));
        const qint64 before = registry.bytes();
        QVERIFY(!here->ask({u"x"_s.repeated(1000), {}, {}}));
        QCOMPARE(registry.bytes() - before, 2000);
        here->removeFollower();
    }

    void destroyedSessionClosesItsRequest()
    {
        QVERIFY(!ask(u"Hi"_s));
        QSignalSpy cancelled(reply(0), &test::ScriptedReply::cancelled);
        m_session.reset();
        QCOMPARE(cancelled.count(), 1);
    }

    void drainingLetsTheAnswerEndAndTakesNothingNew()
    {
        QVERIFY(!ask(u"One"_s));
        QVERIFY(!ask(u"Two"_s));
        m_session->drain();
        QCOMPARE(ask(u"Three"_s)->code, ErrorCode::Interrupted);
        reply(0)->say(u"E"_s);
        m_session->interrupt();
        QTRY_VERIFY(!m_session->isAnswering());
        QCOMPARE(types(), u"user turn chunk complete"_s);
        QCOMPARE(std::get<TurnComplete>(frameAt(4)).finishReason, FinishReason::Interrupted);
    }

    void registryEvictsTheIdleAndKeepsTheFollowed()
    {
        SessionRegistry::Config config;
        config.maxSessions = 2;
        SessionRegistry registry(*m_agents, config, *m_store);
        Session *followed = *registry.findOrCreate(u"followed"_s);
        followed->addFollower();
        QVERIFY(bool(registry.findOrCreate(u"left"_s)));
        QVERIFY(bool(registry.findOrCreate(u"third"_s))); // "left" goes
        QVERIFY(!registry.find(u"left"_s));
        registry.find(u"third"_s)->addFollower();
        QVERIFY(!registry.findOrCreate(u"fourth"_s)); // all are followed
        registry.find(u"third"_s)->removeFollower();

        registry.evictIdle(std::chrono::steady_clock::now() + config.idle +
                           std::chrono::minutes(1));
        QVERIFY(!registry.find(u"third"_s));
        QCOMPARE(registry.find(u"followed"_s), followed);
    }

    void evictionKeepsARunningAnswerAndDropsABlankSession()
    {
        SessionRegistry registry(*m_agents, {}, *m_store);
        QVERIFY(!(*registry.findOrCreate(u"busy"_s))->ask({u"Hi"_s, {}, {}}));
        QVERIFY(bool(registry.findOrCreate(u"blank"_s)));
        registry.dropIfBlank(u"busy"_s);
        registry.dropIfBlank(u"blank"_s);
        registry.evictIdle(std::chrono::steady_clock::now() + std::chrono::hours(1000));
        QVERIFY(registry.find(u"busy"_s));
        QVERIFY(!registry.find(u"blank"_s));

        QSignalSpy idle(&registry, &SessionRegistry::allIdle);
        registry.drain();
        QCOMPARE(idle.count(), 0);
        reply(0)->finish();
        QCOMPARE(idle.count(), 1);
    }

    void cleanup()
    {
        m_session.reset();
        m_commits.reset();
        m_store.reset();
        m_agents.reset();
        m_model.reset();
    }

private:
    std::unique_ptr<SqliteStore> fullStore()
    {
        return *SqliteStore::open(m_dir.filePath(u"%1.db"_s.arg(++m_files)));
    }

    //! SQLite's own limit to a database's size stands for the disk's.
    static void limitPages(SqliteStore &store, bool limited)
    {
        QCOMPARE(store.connection().run(
                     {limited ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000"}),
                 QString());
    }

    std::unique_ptr<Session> makeSession(const SessionConfig &config)
    {
        StoredConversation blank;
        blank.head.id = u"s1"_s;
        blank.head.epoch = u"e1"_s;
        return std::make_unique<Session>(blank, *m_agents, config, m_budget, *m_commits);
    }

    std::optional<Error> ask(const QString &text, const QString &id = {})
    {
        return m_session->ask({text, {}, id});
    }
    test::ScriptedReply *reply(qsizetype index) { return m_model->replies.value(index); }

    //! The kinds of all frames in the log, such as "user turn chunk".
    //! What is published of a turn of the event loop follows its commit.
    const ServerFrame &frameAt(Seq seq)
    {
        m_commits->commit();
        const ServerFrame *frame = m_session->log().frame(seq);
        if (!frame)
            qFatal("There is no frame %llu.", static_cast<unsigned long long>(seq));
        return *frame;
    }

    QString types()
    {
        m_commits->commit();
        QStringList names;
        for (Seq seq = 1; seq <= m_session->log().newest(); ++seq) {
            names.append(std::visit(Overloaded{[](const UserMessage &) { return u"user"_s; },
                                               [](const TurnStarted &) { return u"turn"_s; },
                                               [](const Chunk &) { return u"chunk"_s; },
                                               [](const Thought &) { return u"thought"_s; },
                                               [](const TurnRetrying &) { return u"retry"_s; },
                                               [](const TurnComplete &) { return u"complete"_s; },
                                               [](const ErrorFrame &) { return u"error"_s; },
                                               [](const auto &) { return u"?"_s; }},
                                    frameAt(seq)));
        }
        return names.join(u' ');
    }

    QTemporaryDir m_dir;
    int m_files = 0;
    MemoryBudget m_budget{1024 * 1024};
    std::unique_ptr<test::ScriptedModel> m_model;
    std::unique_ptr<AgentManager> m_agents;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<CommitQueue> m_commits;
    std::unique_ptr<Session> m_session;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
