#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQmlProperty>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <ctime>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

QString richAnswer()
{
    return u"## What a stream is\n\nA **stream** gives its words *one by one*: the first is read "
           u"while the "
           "last is not yet written. It is not `std::istream`, though the idea is [the "
           "same](https://e.org).\n\n"
           "1. The server asks the model.\n2. The model begins to answer:\n   - a word,\n   - "
           "another one.\n"
           "3. You read.\n\n"
           "```cpp\n#include <iostream>\n\nint main()\n{\n    // A rather long line of code, "
           "longer than the column is wide, so that it has to scroll in its own frame.\n"
           "    std::cout << \"Hello\" << std::endl;\n}\n```\n\n"
           "| Protocol | Ordered | Overhead |\n|:--|:-:|--:|\n| TCP | yes | 20 bytes |\n| UDP | no "
           "| 8 bytes |\n\n"
           "> Nobody steps into the same stream twice.\n\n- [x] read\n- [ ] understood\n"_s;
}

QList<ServerFrame> richConversation()
{
    MessageRecord rich = answer(u"m2"_s, u"m1"_s, richAnswer());
    rich.thoughts = u"The person asks what a stream is. I should be short and show an example."_s;
    Usage usage;
    usage.totalTokens = 1234;
    rich.usage = usage;
    return conversation({user(u"m1"_s, {}, u"What is a stream, and how does it end?"_s), rich});
}

//! What the list has beside the one that is open.
QByteArray otherConversations()
{
    const std::pair<QString, int> others[] = {{u"How we deploy"_s, 0},
                                              {u"A plan for the garden"_s, 3},
                                              {u"Rivers of Europe"_s, 26},
                                              {u"Why is the sky blue?"_s, 24 * 4},
                                              {u"std::expected and what it is for"_s, 24 * 20}};
    QJsonArray lines;
    for (const auto &[title, hours] : others) {
        const QString at =
            QDateTime::currentDateTimeUtc().addSecs(-3600 * hours - 60).toString(Qt::ISODateWithMs);
        lines.append(QJsonObject{{u"id"_s, QString::number(lines.size())},
                                 {u"title"_s, title},
                                 {u"pinned"_s, hours == 0},
                                 {u"created_at"_s, at},
                                 {u"updated_at"_s, at}});
    }
    return QJsonDocument(QJsonObject{{u"conversations"_s, lines}}).toJson();
}

//! Fits a window of 1280 by 900 as a whole: the picture in the README.
QList<ServerFrame> shortConversation()
{
    MessageRecord brief =
        answer(u"m2"_s, u"m1"_s,
               u"It does not wait for the end. Each **chunk** is sent when the model has written "
               "it, and the window appends it:\n\n"
               "```cpp\nconnect(&socket, &QWebSocket::textMessageReceived, this,\n"
               "        [this](const QString &text) {\n"
               "            const Result<ServerFrame, Error> frame = decodeServerFrame(text);\n"
               "            if (frame)\n                m_view.apply(*frame);\n        });\n```\n\n"
               "| Way | Direction | A chunk costs | Comes back by itself |\n|---|---|--:|---|\n"
               "| WebSocket | both | 2 to 14 bytes | no |\n"
               "| Server-sent events | to the client | 8 bytes | yes |\n"
               "| Long polling | to the client | 700 bytes | no |\n\n"
               "A chat takes the first: *Stop* travels back on the same socket.\n"_s);
    brief.thoughts = u"First the idea, then the code, then the ways to do it."_s;
    return conversation(
        {user(u"m1"_s, {}, u"How does a server stream an answer to a window?"_s), brief});
}

QList<ServerFrame> longConversation()
{
    QList<MessageRecord> messages;
    for (int i = 0; i < 40; ++i) {
        const QString id = u"m%1"_s.arg(i);
        const QString parent = i == 0 ? QString() : u"m%1"_s.arg(i - 1);
        messages.append(i % 2 == 0 ? user(id, parent, u"Question %1"_s.arg(i))
                                   : answer(id, parent, u"Answer number %1.\n\nMore."_s.arg(i)));
    }
    return conversation(messages);
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void emptyWindowGreetsAndSuggests()
    {
        WindowDriver driver;
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        QTRY_VERIFY(driver.shows(u"What would you like to know?"_s));
        QVERIFY(driver.shows(u"Connected"_s));
        QTRY_VERIFY(driver.shows(u"default"_s));
        driver.picture(u"empty-light"_s);
        driver.setTheme(2);
        driver.picture(u"empty-dark"_s);

        driver.click(driver.item(u"suggestion0"_s));
        QTRY_COMPARE(driver.server.messages().size(), 1);
        QVERIFY(!driver.item(u"emptyState"_s)->isVisible());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void enterSendsAndShiftEnterBreaksTheLine()
    {
        WindowDriver driver(conversation({}));
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        QQuickItem *const input = driver.item(u"composerInput"_s);
        QTRY_VERIFY(input->hasActiveFocus());
        const qreal flat = driver.item(u"composer"_s)->height();
        typeText(driver, u"one"_s);
        QTest::keyClick(driver.window, Qt::Key_Return, Qt::ShiftModifier);
        typeText(driver, u"two"_s);
        QCOMPARE(input->property("text").toString(), u"one\ntwo"_s);
        QTRY_VERIFY(driver.item(u"composer"_s)->height() > flat);
        QTest::keyClick(driver.window, Qt::Key_Return);
        QTRY_COMPARE(driver.server.messages(), QStringList{u"one\ntwo"_s});
        QVERIFY(input->property("text").toString().isEmpty());
        QTRY_COMPARE(driver.item(u"composer"_s)->height(), flat);
        // Nothing but white space is not sent.
        typeText(driver, u"  "_s);
        QTest::keyClick(driver.window, Qt::Key_Return);
        QCOMPARE(driver.server.messages().size(), 1);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void composerStopsGrowingAtItsShare()
    {
        WindowDriver driver(conversation({}));
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        driver.item(u"composerInput"_s)->setProperty("text", u"line\n"_s.repeated(100));
        QTRY_VERIFY(driver.item(u"composer"_s)->height() > 200);
        QVERIFY(driver.item(u"composer"_s)->height() <= driver.window->height() * 0.4);
        driver.picture(u"composer-full-light"_s);
    }

    void answerComesWordByWordAndStops()
    {
        WindowDriver driver(conversation({}));
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        QVERIFY(driver.session.send(u"Explain streams"_s));
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        QVERIFY(driver.shows(u"Sending"_s));
        const QString id = std::get<SendMessage>(driver.server.received().front()).id;
        driver.server.say(UserMessage{101, u"m1"_s, {}, u"Explain streams"_s, id, someTime()});
        driver.server.say(
            TurnStarted{102, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"g"_s, someTime()});
        QTRY_VERIFY(driver.find(u"WaitingPulse"_s));
        QVERIFY(driver.shows(u"default is answering"_s));
        driver.picture(u"first-token-pending-light"_s);
        driver.server.say(Thought{103, u"t1"_s, u"Let me think."_s, {}});
        QTRY_VERIFY(driver.shows(u"Thinking"_s));
        driver.server.say(Chunk{104, u"t1"_s, u"A **stream** is\n\n```cpp\nint x"_s, {}});
        QTRY_VERIFY(driver.shows(u"A stream is"_s));
        QVERIFY(!driver.find(u"WaitingPulse"_s));
        driver.server.say(Chunk{105, u"t1"_s, u" = 1;\n"_s, {}});
        QTRY_VERIFY(driver.shows(u"int x = 1;"_s));
        driver.picture(u"streaming-light"_s);

        QQuickItem *const button = driver.item(u"sendButton"_s);
        QCOMPARE(button->property("text").toString(), u"Stop"_s);
        driver.click(button);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(2));
        QCOMPARE(std::get<StopTurn>(driver.server.received().back()).turn, u"t1"_s);
        TurnComplete complete;
        complete.seq = 106;
        complete.turn = u"t1"_s;
        complete.finishReason = FinishReason::Stopped;
        complete.at = someTime();
        driver.server.say(complete);
        QTRY_VERIFY(driver.shows(u"Stopped"_s));
        QCOMPARE(button->property("text").toString(), u"Send"_s);
        driver.picture(u"stopped-light"_s);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void failedAnswerShowsACardWithRetry()
    {
        WindowDriver driver(conversation({user(u"m1"_s, {}, u"Explain streams"_s)}));
        QTRY_COMPARE(driver.session.messages()->rowCount(), 1);
        driver.server.say(
            TurnStarted{101, u"t1"_s, u"m2"_s, u"m1"_s, u"poet"_s, u"g"_s, someTime()});
        TurnRetrying retrying;
        retrying.seq = 102;
        retrying.turn = u"t1"_s;
        retrying.error = u"The model is busy. Trying again in 4 s."_s;
        driver.server.say(retrying);
        QTRY_VERIFY(driver.shows(u"Trying again in 4 s."_s));
        driver.picture(u"asking-again-light"_s);
        driver.server.say(failure(103, u"t1"_s));
        QTRY_VERIFY(driver.find(u"ErrorCard"_s));
        QVERIFY(driver.shows(u"Try again in a minute."_s));
        driver.picture(u"failed-light"_s);
        driver.setTheme(2);
        driver.picture(u"failed-dark"_s);
        driver.click(driver.item(u"retryButton"_s));
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        const auto again = std::get<RegenerateAnswer>(driver.server.received().front());
        QCOMPARE(again.messageId, u"m1"_s);
        QCOMPARE(again.agent, u"poet"_s);
        // Once is enough.
        QVERIFY(!driver.item(u"retryButton"_s)->isEnabled());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void refusedMessageFitsANarrowWindow()
    {
        WindowDriver driver(conversation({}), {320, 640});
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        driver.server.answerWith([&driver](const ClientFrame &frame) {
            ErrorFrame error;
            error.code = u"queue_full"_s;
            error.error = u"Eight messages wait already. Wait for an answer, then send it again."_s;
            error.id = std::get<SendMessage>(frame).id;
            driver.server.say(error);
        });
        QVERIFY(driver.session.send(u"A ninth one"_s));
        QTRY_VERIFY(driver.find(u"ErrorCard"_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        // Retry is below the sentence, not beside it.
        const QQuickItem *card = driver.find(u"ErrorCard"_s);
        QQuickItem *const retry = driver.item(u"retryButton"_s);
        QTRY_VERIFY(retry->mapToItem(card, {0, 0}).y() > card->height() / 2);
        driver.picture(u"refused-light"_s);
        driver.click(retry);
        QTRY_COMPARE(driver.server.messages().size(), 2);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void richAnswerInAllSizesAndThemes_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("name");
        QTest::newRow("light, wide") << QSize(1280, 900) << 1 << u"answer-light-wide"_s;
        QTest::newRow("dark, wide") << QSize(1280, 900) << 2 << u"answer-dark-wide"_s;
        QTest::newRow("light, narrow") << QSize(360, 800) << 1 << u"answer-light-narrow"_s;
        QTest::newRow("dark, narrow") << QSize(320, 640) << 2 << u"answer-dark-narrow"_s;
    }
    void richAnswerInAllSizesAndThemes()
    {
        QFETCH(QSize, size);
        QFETCH(int, theme);
        QFETCH(QString, name);
        WindowDriver driver(richConversation(), size);
        driver.setTheme(theme);
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        QTRY_VERIFY(driver.find(u"TableBlock"_s));
        QVERIFY(driver.find(u"CodeBlock"_s));
        QTRY_VERIFY(driver.item(u"conversation"_s)->property("atYEnd").toBool());
        driver.picture(name + u"-end"_s);
        QMetaObject::invokeMethod(driver.item(u"conversation"_s), "toStart");
        const QImage image = driver.picture(name);
        QCOMPARE(image.size(), size);
        const qreal left = driver.item(u"conversation"_s)->mapToScene(QPointF(4, 0)).x();
        QCOMPARE(image.pixelColor(int(left), size.height() / 2),
                 QColor(theme == 2 ? u"#0F1418"_s : u"#FFFFFF"_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void readmePicture_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("theme");
        QTest::addColumn<int>("textSize");
        QTest::newRow("light") << QSize(1280, 900) << 1 << 100;
        QTest::newRow("dark") << QSize(1280, 900) << 2 << 100;
        QTest::newRow("narrow") << QSize(360, 900) << 2 << 100;
        QTest::newRow("200-percent") << QSize(1280, 900) << 1 << 200;
    }
    void readmePicture()
    {
        QFETCH(QSize, size);
        QFETCH(int, theme);
        QFETCH(int, textSize);
        WindowDriver driver(shortConversation(), size);
        driver.preferences.setTextSize(textSize);
        driver.server.answerRequestsWith([](const auto &) {
            return ScriptedServer::Answer{200, otherConversations()};
        });
        driver.setTheme(theme);
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QTRY_VERIFY(driver.workspace.conversations()->rowCount() > 1);
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QMetaObject::invokeMethod(list, "toStart");
        QTRY_VERIFY(list->property("atYBeginning").toBool());
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        QTest::mouseMove(driver.window, QPoint(size.width() - 2, size.height() - 2));
        driver.picture(u"readme-"_s + QLatin1String(QTest::currentDataTag()));
        driver.preferences.setTextSize(100); // One theme for all windows of the program.
    }

    void headerAndMenuFitAnyWidth_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {320, 360, 415, 559, 560, 700, 1200})
            QTest::addRow("%d px", width) << width;
    }
    void headerAndMenuFitAnyWidth()
    {
        QFETCH(int, width);
        QList<ServerFrame> frames = richConversation();
        auto &hello = std::get<SessionHello>(frames[0]);
        hello.agents.append({u"a-name-that-is-as-long-as-the-server-lets-one-be-called-here"_s,
                             u"Says at length what it is for, and then a little more."_s, u"g"_s});
        WindowDriver driver(frames, {width, 700});
        QTRY_VERIFY(driver.find(u"TableBlock"_s));
        for (const int theme : {1, 2}) {
            driver.setTheme(theme);
            const QString size = u"%1-%2"_s.arg(theme == 1 ? u"light"_s : u"dark"_s).arg(width);
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.picture(u"header-connected-"_s + size);
            driver.click(driver.find(u"AgentButton"_s));
            QTRY_VERIFY(driver.shows(u"Answers in verse"_s));
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.picture(u"agents-"_s + size);
            QTest::keyClick(driver.window, Qt::Key_Escape);
            QTRY_VERIFY(!driver.shows(u"Answers in verse"_s));
        }
        driver.setTheme(1);
        driver.session.setAgent(hello.agents.last().name);
        driver.server.goAway();
        QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
        QTRY_VERIFY(driver.shows(u"Reconnecting in"_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        // An hour is longer than any wait there is, and cut at the narrowest.
        const QQuickItem *words = driver.find(u"ConnectionBadge"_s)->childItems().constLast();
        QCOMPARE(words->property("truncated").toBool(), width == 320);
        driver.picture(u"header-reconnecting-light-%1"_s.arg(width));
    }

    //! The sizes that the look asks for, wherever there is room for them.
    void proseIsSetAsItShouldBe()
    {
        WindowDriver driver(
            conversation(
                {user(u"m1"_s, {}, u"Hello"_s),
                 answer(u"m2"_s, u"m1"_s,
                        u"## Head\n\n"_s +
                            u"The quick brown fox jumps over the lazy dog. "_s.repeated(20) +
                            u"\n\n```\ncode\n```\n"_s)}),
            {1280, 900});
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        const QList<QQuickItem *> prose = driver.findAll(u"RichBlock"_s);
        QCOMPARE(prose.size(), 2);
        QCOMPARE(prose[0]->property("font").value<QFont>().pixelSize(), 22);
        QTRY_VERIFY(prose[1]->property("lineCount").toInt() > 10);
        const qreal lines = prose[1]->property("lineCount").toReal();
        const qreal perLine = 900 / lines;
        QVERIFY2(perLine > 60 && perLine <= 72, qPrintable(QString::number(perLine)));
        QCOMPARE(qRound(prose[1]->property("contentHeight").toReal() / lines), 26);
        const QQuickItem *code = driver.find(u"CodeBlock"_s);
        QCOMPARE(code->property("radius").toReal(), 12.0);
        QVERIFY(code->width() > prose[1]->width());
    }

    //! A block that becomes another one, as when its answer is read again from its start.
    void codeThatDoesNotGrowIsShownAnew()
    {
        WindowDriver driver(
            conversation({user(u"m1"_s, {}, u"Hello"_s),
                          answer(u"m2"_s, u"m1"_s, u"```\nint a;\nint b;\n```\n"_s)}));
        QTRY_VERIFY(driver.shows(u"int b;"_s));
        QQuickItem *const block = driver.find(u"CodeBlock"_s);
        const QList<QQuickItem *> items = block->findChildren<QQuickItem *>();
        const auto shown = std::ranges::find_if(
            items, [](const QQuickItem *item) { return item->inherits("QQuickTextEdit"); });
        QVERIFY(shown != items.end());
        for (const QString &code :
             {u"int a;\nint b;\nint c;"_s, u"int a;\nlong b;"_s, u""_s, u"int d;"_s}) {
            block->setProperty("code", code);
            QCOMPARE((*shown)->property("text").toString(), code);
        }
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void modelAndTokensAreShownOnHoverAndFocus()
    {
        WindowDriver driver(richConversation());
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QTest::mouseMove(driver.window, {5, 5});
        QTRY_VERIFY(!driver.shows(u"gemini-flash-latest, "_s));
        QQuickItem *const prose = driver.find(u"TableBlock"_s);
        QTest::mouseMove(driver.window,
                         prose->mapToScene({prose->width() / 2, prose->height() / 2}).toPoint());
        QTRY_VERIFY(driver.shows(u"gemini-flash-latest, "_s));
        driver.picture(u"details-light"_s);
        QTest::mouseMove(driver.window, {5, 5});
        QTRY_VERIFY(!driver.shows(u"gemini-flash-latest, "_s));
        for (int i = 0; i < 40 && !driver.shows(u"gemini-flash-latest, "_s); ++i)
            QTest::keyClick(driver.window, Qt::Key_Tab);
        const QList<QQuickItem *> parts = driver.findAll(u"Answer"_s);
        QVERIFY(std::ranges::any_of(parts, [&driver](const QQuickItem *part) {
            return part->isAncestorOf(driver.window->activeFocusItem());
        }));
        QVERIFY(driver.shows(u"gemini-flash-latest, "_s));
    }

    void equalAnswersAreBothSaid()
    {
        WindowDriver driver(conversation({}));
        const QQmlProperty name(driver.item(u"announcer"_s), u"Accessible.name"_s,
                                qmlContext(driver.item(u"announcer"_s)));
        QVERIFY(name.isValid());
        for (int i = 0; i < 2; ++i) {
            Q_EMIT driver.session.answerEnded(u"Yes."_s);
            QCOMPARE(name.read().toString(), QString()); // Only a change is said.
            QTRY_COMPARE(name.read().toString(), u"Yes."_s);
        }
        Q_EMIT driver.session.answerEnded(u"One."_s);
        Q_EMIT driver.session.answerEnded(u"Two."_s);
        QTRY_COMPARE(name.read().toString(), u"One.\nTwo."_s);
    }

    void answerAtItsLengthLimitGoesOn()
    {
        MessageRecord cut = answer(u"m2"_s, u"m1"_s, u"The first half, and"_s);
        cut.finishReason = FinishReason::Length;
        WindowDriver driver(conversation({user(u"m1"_s, {}, u"Tell me all"_s), cut}), {320, 640});
        QTRY_VERIFY(driver.shows(u"The answer reached its length limit."_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        driver.picture(u"length-light"_s);
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        driver.click(driver.item(u"continueButton"_s));
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        QCOMPARE(std::get<ContinueAnswer>(driver.server.received().front()).messageId, u"m2"_s);
        driver.server.say(UserMessage{101, u"m3"_s, u"m2"_s, u"Enough"_s, {}, someTime()});
        // It is not the last one any more.
        QTRY_VERIFY(!driver.item(u"continueButton"_s)->isVisible());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void thoughtsUnfold()
    {
        WindowDriver driver(richConversation());
        QTRY_VERIFY(driver.find(u"ThoughtsFold"_s));
        QVERIFY(!driver.shows(u"I should be short"_s));
        driver.find(u"ThoughtsFold"_s)->setProperty("open", true);
        QTRY_VERIFY(driver.shows(u"I should be short"_s));
    }

    void answersAndCodeAreCopied()
    {
        WindowDriver driver(richConversation());
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QMetaObject::invokeMethod(driver.find(u"CodeBlock"_s), "copied",
                                  Q_ARG(QString, u"int x;"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"int x;"_s);
        QMetaObject::invokeMethod(driver.find(u"Answer"_s), "copied");
        QCOMPARE(QGuiApplication::clipboard()->text(), richAnswer());
    }

    void lossShowsABannerAndTypingGoesOn()
    {
        WindowDriver driver(richConversation());
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        driver.server.goAway();
        QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
        driver.picture(u"reconnecting-light"_s);
        for (int attempt = 0; attempt < 3; ++attempt) {
            driver.session.reconnectNow();
            QTRY_VERIFY(driver.session.connectionText() != u"Reconnecting");
        }
        QTRY_COMPARE(driver.session.connection(), ChatSession::Offline);
        QTRY_VERIFY(driver.shows(u"Try now"_s));
        typeText(driver, u"still here"_s);
        QTest::keyClick(driver.window, Qt::Key_Return);
        QTRY_VERIFY(driver.shows(u"Will be sent when the connection is back"_s));
        driver.picture(u"offline-light"_s);
        driver.server.comeBack();
        driver.session.reconnectNow();
        QTRY_COMPARE(driver.server.messages(), QStringList{u"still here"_s});
        QTRY_VERIFY(!driver.shows(u"Try now"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void serverThatForgotIsSaid()
    {
        WindowDriver driver(richConversation(), {360, 640});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        driver.server.greetWith(conversation({}));
        driver.server.drop();
        QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
        driver.session.reconnectNow();
        QTRY_VERIFY(driver.shows(u"The server no longer has this conversation"_s));
        QTRY_VERIFY(driver.shows(u"What would you like to know?"_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        // The greeting stands between the notice and the composer, or scrolls there.
        const QQuickItem *banner = driver.item(u"forgottenBanner"_s);
        const QQuickItem *greeting = driver.item(u"emptyState"_s);
        QVERIFY(greeting->mapToScene({0, 0}).y() >= banner->mapToScene({0, banner->height()}).y());
        driver.picture(u"forgotten-light"_s);
        driver.setTheme(2);
        driver.picture(u"forgotten-dark"_s);
        QMetaObject::invokeMethod(driver.item(u"forgottenBanner"_s), "dismissed");
        QTRY_VERIFY(!driver.shows(u"The server no longer has this conversation"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void demoModeIsSaid()
    {
        WindowDriver driver(conversation({}, true));
        QTRY_VERIFY(driver.shows(u"Built-in demo model."_s));
        driver.picture(u"demo-light"_s);
    }

    //! Not again at the next start either, until the server has had another model.
    void demoModeIsSaidUntilItWasRead()
    {
        const QString demo = u"Built-in demo model."_s;
        WindowDriver driver(conversation({}, true));
        QTRY_VERIFY(driver.shows(demo));
        QMetaObject::invokeMethod(driver.item(u"demoBanner"_s), "dismissed");
        QTRY_VERIFY(!driver.shows(demo));
        const QString file = driver.settingsFolder.filePath(u"desktop.ini"_s);
        QCOMPARE(Preferences(file).quietDemos(), QStringList{driver.server.url().toString()});
        const auto comeBack = [&driver](bool isDemo) {
            driver.server.greetWith(conversation({}, isDemo));
            driver.server.drop();
            [&] { QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting); }();
            driver.session.reconnectNow();
            [&] { QTRY_VERIFY(driver.session.connected()); }();
            [&] { QTRY_COMPARE(driver.session.demo(), isDemo); }();
        };
        comeBack(true);
        QVERIFY(!driver.shows(demo));
        comeBack(false);
        QTRY_VERIFY(Preferences(file).quietDemos().isEmpty());
        comeBack(true);
        QTRY_VERIFY(driver.shows(demo));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void readerWhoScrolledUpIsLeftInPeace()
    {
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_COMPARE(driver.session.messages()->rowCount(), 40);
        QTRY_VERIFY(driver.shows(u"Answer number 39."_s));
        QTRY_VERIFY(list->property("atYEnd").toBool());

        driver.server.say(UserMessage{101, u"n1"_s, u"m39"_s, u"And now?"_s, {}, someTime()});
        driver.server.say(
            TurnStarted{102, u"t1"_s, u"n2"_s, u"n1"_s, u"default"_s, u"g"_s, someTime()});
        driver.server.say(Chunk{103, u"t1"_s, u"Line.\n\n"_s.repeated(20), {}});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 42);
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QVERIFY(list->property("following").toBool());

        list->forceActiveFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(driver.window, Qt::Key_PageUp);
        // Rows that come into sight are laid out: that is nothing new.
        QTRY_VERIFY(!driver.item(u"jumpButton"_s)->property("unread").toBool() &&
                    driver.find(u"JumpButton"_s));
        QVERIFY(!list->property("following").toBool());
        const qreal y = list->property("contentY").toReal();
        driver.server.say(Chunk{104, u"t1"_s, u"Line.\n\n"_s.repeated(20), {}});
        QTRY_VERIFY(driver.find(u"JumpButton"_s)->property("unread").toBool());
        QCOMPARE(list->property("contentY").toReal(), y);
        driver.picture(u"jump-light"_s);
        driver.setTheme(2);
        driver.picture(u"jump-dark"_s);
        driver.click(driver.find(u"JumpButton"_s));
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QTRY_VERIFY(!driver.find(u"JumpButton"_s));
        QVERIFY(!list->property("unread").toBool());

        // Who is there again is taken along again, however they came.
        QTest::keyClick(driver.window, Qt::Key_Up);
        QTRY_VERIFY(driver.find(u"JumpButton"_s));
        QTest::keyClick(driver.window, Qt::Key_Down);
        QTRY_VERIFY(!driver.find(u"JumpButton"_s));
        driver.server.say(Chunk{105, u"t1"_s, u"Line.\n\n"_s.repeated(20), {}});
        QTRY_VERIFY(driver.session.messages()
                        ->index(41)
                        .data(MessageListModel::TextRole)
                        .toString()
                        .size() > 400);
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QVERIFY(!list->property("unread").toBool());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void wheelUpLeavesTheStreamAndDownJoinsItAgain()
    {
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        driver.wheel(list, 240);
        QTRY_VERIFY(!list->property("following").toBool());
        QTRY_VERIFY(!list->property("moving").toBool());
        driver.wheel(list, -1200);
        QTRY_VERIFY(list->property("following").toBool());
        QTRY_VERIFY(list->property("atYEnd").toBool());
    }

    void windowThatGrowsToTheEndIsThere()
    {
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        list->forceActiveFocus();
        QTest::keyClick(driver.window, Qt::Key_Up);
        QVERIFY(!list->property("following").toBool());
        driver.window->resize(1024, 1000);
        QTRY_VERIFY(list->property("following").toBool());
        QVERIFY(!driver.find(u"JumpButton"_s));
    }

    //! The snapshot of a connection that came back is no reason to lose the place.
    void readerKeepsThePlaceOverALoss()
    {
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        list->forceActiveFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(driver.window, Qt::Key_PageUp);
        const qreal y = list->property("contentY").toReal();
        driver.server.drop();
        QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
        driver.session.reconnectNow();
        QTRY_COMPARE(driver.server.connections(), 2);
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        // What comes behind the snapshot shows that it was read.
        driver.server.say(UserMessage{101, u"n1"_s, u"m39"_s, u"And now?"_s, {}, someTime()});
        QTRY_COMPARE(list->property("count").toInt(), 41);
        QCOMPARE(list->property("contentY").toReal(), y);
        QVERIFY(list->property("unread").toBool());
    }

    void unreadAfterALossIsWhatIsNew_data()
    {
        QTest::addColumn<bool>("waits");
        QTest::addColumn<QString>("more");
        QTest::newRow("nothing came, a message of the reader's own waits") << true << QString();
        QTest::newRow("text came") << false << u" And more."_s;
    }
    void unreadAfterALossIsWhatIsNew()
    {
        QFETCH(bool, waits);
        QFETCH(QString, more);
        QList<ServerFrame> greeting = longConversation();
        WindowDriver driver(greeting);
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        if (waits)
            QVERIFY(driver.session.send(u"Mine"_s));
        list->forceActiveFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(driver.window, Qt::Key_PageUp);
        std::get<Snapshot>(greeting[1]).messages.last().content += more;
        // A notice behind the snapshot shows that it was read.
        ErrorFrame notice;
        notice.code = u"bad_frame"_s;
        notice.error = u"Read"_s;
        greeting.append(notice);
        driver.server.greetWith(greeting);
        driver.server.drop();
        QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
        driver.session.reconnectNow();
        QTRY_COMPARE(driver.session.notice(), notice.error);
        QCOMPARE(list->property("count").toInt(), waits ? 41 : 40);
        QCOMPARE(list->property("unread").toBool(), !more.isEmpty());
    }

    void keysMoveTheView_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("shift");
        QTest::addColumn<int>("least"); // Per cent of the view's height; negative is up.
        QTest::addColumn<int>("most");
        QTest::newRow("Up is a little") << int(Qt::Key_Up) << false << -15 << -3;
        QTest::newRow("Down is a little") << int(Qt::Key_Down) << false << 3 << 15;
        QTest::newRow("Page Up is nearly a page") << int(Qt::Key_PageUp) << false << -95 << -80;
        QTest::newRow("Page Down is nearly a page") << int(Qt::Key_PageDown) << false << 80 << 95;
        QTest::newRow("Space is a page") << int(Qt::Key_Space) << false << 80 << 95;
        QTest::newRow("Shift and Space is one back") << int(Qt::Key_Space) << true << -95 << -80;
    }
    void keysMoveTheView()
    {
        QFETCH(int, key);
        QFETCH(bool, shift);
        QFETCH(int, least);
        QFETCH(int, most);
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        list->forceActiveFocus();
        QTest::keyClick(driver.window, Qt::Key_PageUp);
        QTest::keyClick(driver.window, Qt::Key_PageUp);
        const qreal before = list->property("contentY").toReal();
        QTest::keyClick(driver.window, Qt::Key(key), shift ? Qt::ShiftModifier : Qt::NoModifier);
        const int moved =
            qRound(100 * (list->property("contentY").toReal() - before) / list->height());
        QVERIFY2(moved >= least && moved <= most, qPrintable(QString::number(moved)));
        QVERIFY(list->hasActiveFocus());
    }

    void homeAndEndAreTheEnds()
    {
        WindowDriver driver(longConversation());
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("count").toInt() == 40 && list->property("atYEnd").toBool());
        list->forceActiveFocus();
        QTest::keyClick(driver.window, Qt::Key_Home);
        QTRY_VERIFY(list->property("atYBeginning").toBool());
        QVERIFY(driver.shows(u"Question 0"_s));
        QTest::keyClick(driver.window, Qt::Key_Up);
        QVERIFY(list->property("atYBeginning").toBool());
        QTest::keyClick(driver.window, Qt::Key_End);
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QVERIFY(driver.shows(u"Answer number 39."_s));
        QTest::keyClick(driver.window, Qt::Key_Down);
        QVERIFY(list->property("atYEnd").toBool());
    }

    void strangeTextsKeepTheLayout()
    {
        WindowDriver driver(
            conversation({
                user(u"m1"_s, {}, u"Donaudampfschifffahrt"_s.repeated(20)),
                answer(
                    u"m2"_s, u"m1"_s,
                    u"x"_s.repeated(300) +
                        u"\n\nשלום עולם, זה טקסט מימין לשמאל.\n\n👩‍👩‍👧 🎉"_s),
                user(u"m3"_s, u"m2"_s, u"👍🎉"_s),
                answer(u"m4"_s, u"m3"_s, u"Half of an ans"_s, MessageState::Interrupted),
            }),
            {480, 800});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 4);
        QTRY_VERIFY(driver.shows(u"Continue"_s));
        driver.picture(u"strange-texts-light"_s);
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void themeButtonGoesRound()
    {
        WindowDriver driver;
        QQuickItem *const button = driver.item(u"themeButton"_s);
        QStringList names;
        for (int i = 0; i < 3; ++i) {
            names.append(button->property("text").toString());
            driver.click(button);
        }
        QCOMPARE(names,
                 QStringList({u"Theme: light"_s, u"Theme: dark"_s, u"Theme: as the system"_s}));
    }

    void keyboardReachesEverything()
    {
        WindowDriver driver(richConversation());
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QSet<QString> reached;
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(driver.window, Qt::Key_Tab);
            if (const QQuickItem *focus = driver.window->activeFocusItem())
                reached.insert(focus->property("text").toString());
        }
        for (const QString &name :
             {u"New chat"_s, u"Theme: light"_s, u"Copy code"_s, u"Copy answer"_s, u"default"_s})
            QVERIFY2(reached.contains(name),
                     qPrintable(name + u" in "_s + QStringList(reached.values()).join(u", ")));
    }

    //! A long answer, each chunk handled in an event loop of its own as a socket would bring it.
    void longAnswerIsShownInTime()
    {
        WindowDriver driver(conversation({user(u"m1"_s, {}, u"Tell me everything"_s)}));
        QTRY_COMPARE(driver.session.messages()->rowCount(), 1);
        driver.server.say(
            TurnStarted{101, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"g"_s, someTime()});
        Seq seq = 102;
        const auto feed = [&](int chunks) {
            const std::clock_t start = std::clock();
            for (int i = 0; i < chunks; ++i, ++seq)
                driver.server.say(
                    Chunk{seq, u"t1"_s, seq % 25 == 0 ? u" word.\n\n"_s : u" word"_s, {}});
            driver.server.say(Chunk{seq, u"t1"_s, u" mark%1."_s.arg(seq), {}});
            const QString mark = u"mark%1."_s.arg(seq++);
            auto *answered = qobject_cast<BlockListModel *>(driver.session.messages()
                                                                ->index(1)
                                                                .data(MessageListModel::BlocksRole)
                                                                .value<QObject *>());
            const bool shown = QTest::qWaitFor(
                [&] {
                    return !answered->blocks().empty() &&
                           answered->blocks().back().text.contains(mark);
                },
                30000);
            return shown ? qint64(1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC) : -1;
        };
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        const qint64 first = feed(2500);
        const qint64 second = feed(2500);
        qInfo("2,500 chunks: %lld ms of CPU time, the next 2,500: %lld ms", first, second);
        QVERIFY(first > 0 && second > 0);
        // Quadratic work would take three times as long for the second half; a busy machine gets
        // some air.
        QVERIFY2(second < 2.5 * first + 500, qPrintable(u"%1, then %2"_s.arg(first).arg(second)));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    //! One endless block, of which every text that comes changes the whole.
    void longBlockCostsInProportionToItsLength_data()
    {
        QTest::addColumn<QString>("head");
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("lines");
        QTest::newRow("code") << u"```cpp\n"_s
                              << u"    const int value = compute(one, two, three);\n"_s << 1500;
        QTest::newRow("a table") << u"| a | b | c |\n|---|---|--:|\n"_s
                                 << u"| some words here | `code` and more | 12345 |\n"_s << 300;
    }
    void longBlockCostsInProportionToItsLength()
    {
        QFETCH(QString, head);
        QFETCH(QString, line);
        QFETCH(int, lines);
        const double once = costOf(head + line.repeated(lines));
        const double fourTimes = costOf(head + line.repeated(4 * lines));
        qInfo("%d lines: %.0f ms of CPU time, %d: %.0f ms", lines, once, 4 * lines, fourTimes);
        // 16 if it were quadratic; a small cost is mostly that of the window.
        QVERIFY2(fourTimes < 7 * once + 100, qPrintable(QString::number(fourTimes / once)));
    }

private:
    //! Milliseconds of CPU time from the first to the last of an answer's chunks of 40 characters,
    //! which come ten at a time.
    static double costOf(const QString &text)
    {
        WindowDriver driver(conversation({user(u"m1"_s, {}, u"Tell me everything"_s)}));
        [&] { QTRY_COMPARE(driver.session.messages()->rowCount(), 1); }();
        driver.server.say(
            TurnStarted{101, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"g"_s, someTime()});
        [&] { QTRY_COMPARE(driver.session.messages()->rowCount(), 2); }();
        constexpr qsizetype piece = 40;
        Seq seq = 102;
        const std::clock_t start = std::clock();
        for (qsizetype at = 0; at < text.size(); at += piece, ++seq) {
            driver.server.say(
                Chunk{seq, u"t1"_s, text.sliced(at, qMin(piece, text.size() - at)), {}});
            if (seq % 10 == 0)
                QTest::qWait(1);
        }
        TurnComplete complete;
        complete.seq = seq;
        complete.turn = u"t1"_s;
        complete.at = someTime();
        driver.server.say(complete);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!driver.session.answering(), 30'000); }();
        driver.window->grabWindow();
        return 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC;
    }

    static void typeText(const WindowDriver &driver, const QString &text)
    {
        for (const QChar c : text)
            QTest::keyClick(driver.window, c.toLatin1());
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
