#include "agents/agentmanager.h"
#include "sessions/sessionregistry.h"
#include "sessions/titler.h"
#include "storage/memorystore.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Titles by a model, beside the answers that another one gives.
class TestTitler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<test::ScriptedModel>();
        m_titles = std::make_unique<test::ScriptedModel>();
        m_agents = test::makeAgents(*m_model);
        m_store = std::make_unique<MemoryStore>();
        m_sessions =
            std::make_unique<SessionRegistry>(*m_agents, SessionRegistry::Config(), *m_store);
        m_titler = std::make_unique<Titler>(*m_sessions, *m_titles,
                                            Titler::Config{u"a-title-model"_s, 10s, 2, 2});
    }
    void cleanup()
    {
        m_titler.reset();
        m_sessions.reset();
    }

    void firstAnswerIsTitled()
    {
        say(u"c1"_s, u"How long is the Danube?"_s, u"2850 km"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        const CompletionRequest &request = m_titles->requests[0];
        QCOMPARE(request.model, u"a-title-model"_s);
        QCOMPARE(request.history.size(), std::size_t(1));
        QCOMPARE(request.history[0].text,
                 u"Question:\nHow long is the Danube?\n\nAnswer:\n2850 km"_s);
        QVERIFY(request.config.maxOutputTokens.has_value());
        Session *const session = m_sessions->find(u"c1"_s);
        title()->think(u"What is it about?"_s);
        title()->say(u"\"Length of "_s);
        title()->say(u"the Danube\"\nOr another"_s);
        QVERIFY(session->head().title.isNull());
        title()->finish();
        QCOMPARE(session->head().title, u"Length of the Danube"_s);
        QCOMPARE((*m_store->load(u"c1"_s))->head.title, u"Length of the Danube"_s);
        const ServerFrame *const frame = session->log().frame(session->log().newest());
        QVERIFY(frame && std::holds_alternative<TitleChanged>(*frame));

        say(u"c1"_s, u"And the Rhine?"_s, u"1230 km"_s);
        QCoreApplication::processEvents();
        QCOMPARE(m_titles->requests.size(), 1);
        QTRY_VERIFY(m_titles->replies[0].isNull());
    }

    void answerThatIsNotWholeIsNotTitled()
    {
        Session *const session = *m_sessions->findOrCreate(u"c1"_s);
        for (const bool fails : {true, false}) {
            QVERIFY(!session->ask({u"Hi"_s, {}, {}}));
            m_model->replies.last()->say(u"Hel"_s);
            if (fails)
                m_model->replies.last()->fail(ErrorCode::ModelOverloaded, u"Busy."_s);
            else
                m_model->replies.last()->finish(FinishReason::Stopped);
        }
        QCoreApplication::processEvents();
        QVERIFY(m_titles->requests.isEmpty());
        // The first whole one is.
        say(u"c1"_s, u"Again"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        QVERIFY(m_titles->requests[0].history[0].text.endsWith(u"Hello"_s));
    }

    void titleThatSomebodyGaveStays()
    {
        say(u"before"_s, u"Hi"_s, u"Hello"_s, u"Mine"_s);
        say(u"meanwhile"_s, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1); // of the other one, not asked for at all
        QVERIFY(bool(m_sessions->change(u"meanwhile"_s, {u"Mine, too"_s, {}})));
        title()->say(u"Greetings"_s);
        title()->finish();
        QCOMPARE(m_sessions->find(u"before"_s)->head().title, u"Mine"_s);
        QCOMPARE(m_sessions->find(u"meanwhile"_s)->head().title, u"Mine, too"_s);
    }

    void anotherOneUnderTheSameIdIsNotTitled()
    {
        say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        QVERIFY(*m_sessions->remove(u"c1"_s));
        Session *const anew = *m_sessions->findOrCreate(u"c1"_s);
        QVERIFY(!anew->ask({u"Something else"_s, {}, {}}));
        title()->say(u"Greetings"_s);
        title()->finish();
        QVERIFY(anew->head().title.isNull());
    }

    void deletedOneIsLeftAlone()
    {
        say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        QVERIFY(*m_sessions->remove(u"c1"_s));
        title()->say(u"Greetings"_s);
        title()->finish();
        QVERIFY(!m_sessions->find(u"c1"_s));
        QVERIFY(*m_sessions->restore(u"c1"_s));
        QVERIFY((*m_sessions->read(u"c1"_s))->head.title.isNull());
    }

    void whatGoesWrongLeavesTheFirstWords_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how : {"fails", "is cut off", "is empty", "is nothing but quotes"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }
    void whatGoesWrongLeavesTheFirstWords()
    {
        QFETCH(QString, how);
        say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        if (how == u"is nothing but quotes")
            title()->say(u"\"\""_s);
        else if (how != u"is empty")
            title()->say(u"Gree"_s);
        if (how == u"fails")
            title()->fail(ErrorCode::QuotaExhausted, u"No more."_s);
        else
            title()->finish(how == u"is cut off" ? FinishReason::Length : FinishReason::Stop);
        QVERIFY(m_sessions->find(u"c1"_s)->head().title.isNull());
        QTRY_VERIFY(m_titles->replies[0].isNull());
    }

    void titleThatTakesTooLongIsGivenUp()
    {
        m_titler = std::make_unique<Titler>(*m_sessions, *m_titles,
                                            Titler::Config{u"a-title-model"_s, 20ms, 2, 2});
        say(u"c1"_s, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 1);
        QTRY_VERIFY(m_titles->replies[0].isNull()); // cancelled
        QVERIFY(m_sessions->find(u"c1"_s)->head().title.isNull());
    }

    void onlyAFewAreAskedForAtOnce()
    {
        for (const QString &id : {u"c1"_s, u"c2"_s, u"c3"_s})
            say(id, u"Hi"_s, u"Hello"_s);
        QTRY_COMPARE(m_titles->requests.size(), 2);
        QCoreApplication::processEvents();
        QCOMPARE(m_titles->requests.size(), 2);
        say(u"c4"_s, u"Hi"_s, u"Hello"_s);
        say(u"c5"_s, u"Hi"_s, u"Hello"_s); // two wait; this is one too many
        QCoreApplication::processEvents();
        for (int i = 0; i < 2; ++i) {
            m_titles->replies[i]->say(u"Greetings"_s);
            m_titles->replies[i]->finish();
        }
        QCOMPARE(m_titles->requests.size(), 4);
        QCOMPARE(m_sessions->find(u"c2"_s)->head().title, u"Greetings"_s);
        m_titler->stop();
        QVERIFY(m_titles->replies[2].isNull() && m_titles->replies[3].isNull());
        say(u"c6"_s, u"Hi"_s, u"Hello"_s);
        QCoreApplication::processEvents();
        QCOMPARE(m_titles->requests.size(), 4);
    }

    void longAnswersAreShownInPart()
    {
        say(u"c1"_s, u'x' + u"👋"_s.repeated(50'000), QString(100'000, u'a'));
        QTRY_COMPARE(m_titles->requests.size(), 1);
        const QString &text = m_titles->requests[0].history[0].text;
        QVERIFY(text.size() < 5000);
        QCOMPARE(QString::fromUtf8(text.toUtf8()), text); // no half of a pair
    }

    void answersBecomeTitles_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const QString &answer, const QString &title) {
            QTest::newRow(name) << answer << title;
        };
        row("as it is", u"Length of the Danube"_s, u"Length of the Danube"_s);
        row("quotes", u" \"Length\" \n"_s, u"Length"_s);
        row("quotes in quotes", u"“'Länge'”"_s, u"Länge"_s);
        row("German quotes", u"„Länge der Donau“"_s, u"Länge der Donau"_s);
        row("Chinese quotes", u"《多瑙河》"_s, u"多瑙河"_s);
        row("bold", u"**Length**"_s, u"Length"_s);
        row("a heading", u"## Length"_s, u"Length"_s);
        row("several lines", u"\n\nLength\nor another"_s, u"Length"_s);
        row("a sentence", u"The length of the Danube."_s, u"The length of the Danube"_s);
        row("quotes within", u"The \"blue\" Danube"_s, u"The \"blue\" Danube"_s);
        row("an apostrophe", u"'Tis the Danube"_s, u"'Tis the Danube"_s);
        row("control characters", u"Len\u0007gth\tof"_s, u"Length of"_s);
        row("half a pair of surrogates", u"Len"_s + QChar(0xd83d) + u"gth"_s, u"Len\ufffdgth"_s);
        row("too long", QString(100, u'x'), QString(59, u'x') + u'…');
        row("nothing", u" \n"_s, QString());
    }
    void answersBecomeTitles()
    {
        QFETCH(QString, answer);
        QFETCH(QString, title);
        QCOMPARE(titleFromAnswer(answer), title);
    }

private:
    void say(const QString &id, const QString &question, const QString &answer,
             const QString &name = {})
    {
        Session *const session = *m_sessions->findOrCreate(id);
        QVERIFY(!session->ask({question, {}, {}}));
        if (!name.isEmpty())
            QVERIFY(bool(m_sessions->change(id, {name, {}})));
        m_model->replies.last()->say(answer);
        m_model->replies.last()->finish();
    }

    test::ScriptedReply *title() { return m_titles->replies.last(); }

    std::unique_ptr<test::ScriptedModel> m_model;
    std::unique_ptr<test::ScriptedModel> m_titles;
    std::unique_ptr<AgentManager> m_agents;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<SessionRegistry> m_sessions;
    std::unique_ptr<Titler> m_titler;
};

QTEST_GUILESS_MAIN(TestTitler)
#include "tst_titler.moc"
