#include "app/opening.h"
#include "app/quickwindow.h"
#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
    Fixture() = default;
    explicit Fixture(const Workspace::Options &options)
        : driver(options)
    {}
    void open(const QString &agent = {})
    {
        InstanceCommand command;
        command.kind = InstanceCommand::Kind::QuickAsk;
        command.agent = agent;
        quick.open(command);
    }
    [[nodiscard]] QQuickItem *item(const QString &name) const
    {
        return driver.itemOf(*quick.window(), name);
    }
    void type(const QString &text) const
    {
        for (const QChar c : text)
            QTest::keyClick(quick.window(), c.toLatin1());
    }
    void press(Qt::Key key) const { QTest::keyClick(quick.window(), key); }
    //! Takes what was asked, and answers it.
    void answerIt(const QString &text)
    {
        const auto sent = std::get<SendMessage>(driver.server.received().back());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        driver.server.say(UserMessage{101, u"m1"_s, {}, sent.message, sent.id, now});
        driver.server.say(TurnStarted{102, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"m"_s, now});
        driver.server.say(Chunk{103, u"t1"_s, text, u"default"_s});
    }
    void finish()
    {
        driver.server.say(TurnComplete{104,
                                       u"t1"_s,
                                       u"m2"_s,
                                       u"default"_s,
                                       FinishReason::Stop,
                                       {},
                                       QDateTime::currentDateTimeUtc()});
    }
    void pictures(const QString &name) const
    {
        driver.setTheme(2);
        driver.pictureOf(*quick.window(), name + u"-dark"_s);
        driver.setTheme(1);
        driver.pictureOf(*quick.window(), name + u"-light"_s);
    }

    WindowDriver driver{conversation({})};
    LinkGuard links{driver.preferences, [](const QUrl &) { return true; }};
    QuickWindow quick{driver.engine, driver.workspace, links, driver.attention};
};

} // namespace

//! The small window for a question beside other work.
class TestQuickAsk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void itIsAFieldAndThenAnAnswer()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        QVERIFY(!f.quick.window());
        f.open();
        QVERIFY(f.quick.window() && f.quick.window()->isVisible());
        QTRY_VERIFY(f.driver.workspace.aside()->connected());
        QTRY_VERIFY(f.quick.window()->activeFocusItem());
        QTRY_COMPARE(f.quick.window()->activeFocusItem()->objectName(), u"composerInput"_s);
        QVERIFY(f.quick.window()->height() < 220);
        QTRY_COMPARE(f.driver.layoutFaultsOf(*f.quick.window()).join(u'\n'), QString());
        f.pictures(u"quick"_s);

        f.type(u"What is a runnel?"_s);
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.server.messages(), QStringList{u"What is a runnel?"_s});
        f.answerIt(u"A **small** stream."_s);
        QTRY_VERIFY(f.driver.textsOf(*f.quick.window()).contains(u"A small stream."_s));
        QVERIFY(f.quick.window()->height() >= 520);
        QVERIFY(!f.driver.shows(u"A small stream."_s)); // Not in the big window.
        QTRY_COMPARE(f.driver.layoutFaultsOf(*f.quick.window()).join(u'\n'), QString());
        f.pictures(u"quick-answer"_s);
        f.finish();
        QTRY_VERIFY(!f.driver.workspace.aside()->answering());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void escapeClosesAndTheAnswerGoesOn()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        f.open();
        QTRY_VERIFY(f.driver.workspace.aside()->connected());
        const QPointer<ChatSession> asked = f.driver.workspace.aside();
        f.type(u"One"_s);
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.server.messages(), QStringList{u"One"_s});
        f.answerIt(u"The first"_s);
        QTRY_VERIFY(asked->answering());
        f.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.quick.window()->isVisible());
        QVERIFY(!f.driver.workspace.aside());
        QVERIFY(asked && asked->answering());
        QCOMPARE(f.driver.server.received().size(), std::size_t(1)); // Nobody stopped it.
        QSignalSpy ended(&f.driver.workspace, &Workspace::turnEnded);
        f.finish();
        QTRY_COMPARE(ended.size(), 1);
        // The next one is another conversation.
        f.open();
        QVERIFY(f.driver.workspace.aside() && f.driver.workspace.aside() != asked.data());
        QTRY_COMPARE(f.quick.window()->isVisible(), true);
        QCOMPARE(f.driver.workspace.aside()->messages()->rowCount(), 0);
        QTRY_VERIFY(f.quick.window()->height() < 220);
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void whatIsBeingWrittenIsKept()
    {
        Fixture f;
        f.open();
        QTRY_VERIFY(f.quick.window()->activeFocusItem());
        f.type(u"Half a"_s);
        const QString id = f.driver.workspace.aside()->conversationId();
        f.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.quick.window()->isVisible());
        f.open();
        QCOMPARE(f.driver.workspace.aside()->conversationId(), id);
        QCOMPARE(f.item(u"composerInput"_s)->property("text").toString(), u"Half a"_s);
    }

    void itMovesToTheBigWindow()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        QSignalSpy taken(&f.driver.workspace, &Workspace::asideTaken);
        f.open();
        QTRY_VERIFY(f.driver.workspace.aside()->connected());
        const int connections = f.driver.server.connections();
        f.type(u"One"_s);
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.server.messages(), QStringList{u"One"_s});
        f.answerIt(u"The first"_s);
        const QString id = f.driver.workspace.aside()->conversationId();
        QQuickItem *const move = f.item(u"quickMove"_s);
        QTest::mouseClick(
            f.quick.window(), Qt::LeftButton, Qt::NoModifier,
            move->mapToScene(QPointF(move->width() / 2, move->height() / 2)).toPoint());
        QTRY_COMPARE(taken.size(), 1);
        QTRY_VERIFY(!f.quick.window()->isVisible());
        QCOMPARE(f.driver.workspace.session()->conversationId(), id);
        QTRY_VERIFY(f.driver.shows(u"The first"_s));
        QCOMPARE(f.driver.server.connections(), connections); // It is the same one.
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void anotherServerOrADeletionClosesIt()
    {
        Fixture f;
        ScriptedServer other;
        QTRY_VERIFY(f.driver.session.connected());
        f.open();
        f.driver.workspace.useServer(other.url());
        QTRY_VERIFY(!f.quick.window()->isVisible());
        f.open();
        QTRY_VERIFY(f.quick.window()->isVisible());
        f.driver.workspace.remove(f.driver.workspace.aside()->conversationId());
        QTRY_VERIFY(!f.quick.window()->isVisible());
        QVERIFY(!f.driver.workspace.aside());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void itStaysWhileOthersAreOpened()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        f.open();
        const QPointer<ChatSession> aside = f.driver.workspace.aside();
        for (int i = 0; i < 3 * Workspace::mostIdle; ++i)
            f.driver.workspace.open(u"c%1"_s.arg(i));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(aside);
        QCOMPARE(f.driver.workspace.aside(), aside.data());
    }

    void withoutAServerThereIsNone()
    {
        Fixture f(Workspace::Options{});
        f.open();
        QVERIFY(!f.quick.window());
        QVERIFY(!f.driver.workspace.aside());
    }

    void theWindowAsksForItAndTheAgentIsTaken()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        f.driver.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(f.quick.window() && f.quick.window()->isVisible());
        f.open(u"poet"_s);
        QCOMPARE(f.driver.workspace.aside()->agent(), u"poet"_s);
    }

    void itIsNotToldWhatIsSeenThere()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        f.open();
        QTRY_VERIFY(f.quick.window()->isActive());
        QSignalSpy noticed(&f.driver.attention, &Attention::noticed);
        const QString id = f.driver.workspace.aside()->conversationId();
        Q_EMIT f.driver.workspace.turnEnded(id, u"One"_s, {MessageState::Done, {}, 1h});
        QCOMPARE(noticed.size(), 0);
        QCOMPARE(f.driver.attention.unseen(), 0);
        f.quick.window()->close();
        QTRY_VERIFY(!f.quick.window()->isVisible());
        Q_EMIT f.driver.workspace.turnEnded(id, u"One"_s, {MessageState::Done, {}, 1h});
        QCOMPARE(noticed.size(), 1);
    }

    void anotherStartOpensAConversationWithAnAgent()
    {
        Fixture f;
        QTRY_VERIFY(f.driver.session.connected());
        const Destinations to{f.driver.workspace, f.driver.servers, f.driver.question};
        InstanceCommand command;
        command.conversation = u"theirs"_s;
        command.agent = u"default"_s;
        followCommand(command, to);
        QTRY_COMPARE(f.driver.server.path(), u"/ws/chat/theirs"_s);
        QCOMPARE(f.driver.workspace.session()->agent(), u"default"_s);
        QTRY_VERIFY(f.driver.workspace.session()->connected());
        QTRY_VERIFY(f.driver.workspace.session()->agents()->rowCount() > 0);
        command.agent = u"nobody"_s;
        followCommand(command, to);
        QCOMPARE(f.driver.workspace.session()->agent(), u"default"_s);
        QCOMPARE(f.driver.workspace.toast(), u"There is no agent “nobody” here."_s);
        ScriptedServer other;
        command = {InstanceCommand::Kind::OpenServer, other.url().toString(), u"c2"_s, {}, {}, {}};
        followCommand(command, to);
        QTRY_COMPARE(other.path(), u"/ws/chat/c2"_s);
    }
};

QTEST_MAIN(TestQuickAsk)
#include "tst_quickask.moc"
