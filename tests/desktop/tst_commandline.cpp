#include "app/commandline.h"

#include <QProcess>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreNoServerAndANewConversation()
    {
        const auto line = readCommandLine({u"runnel-desktop"_s});
        QVERIFY(bool(line));
        QCOMPARE(line->server, QUrl());
        QVERIFY(line->session.isEmpty());
        QVERIFY(line->agent.isEmpty());
        QVERIFY(!line->link && !line->quickAsk && !line->serverNamed && !line->noCache);
    }

    void aLinkAndQuickAskAreRead()
    {
        const QString text = u"runnel://chat.example.org/ai?c=s_1"_s;
        const auto line = readCommandLine({u"runnel-desktop"_s, u"--quick-ask"_s, text});
        QVERIFY(bool(line));
        QVERIFY(line->quickAsk);
        QVERIFY(line->link.has_value());
        QCOMPARE(line->link->server, QUrl(u"https://chat.example.org/ai"_s));
        QCOMPARE(line->link->conversation, u"s_1"_s);
        QCOMPARE(line->linkText, text);
        const auto raise = readCommandLine({u"runnel-desktop"_s, u"runnel:"_s});
        QVERIFY(raise && raise->link && raise->link->server.isEmpty());
        const auto server = readCommandLine({u"runnel-desktop"_s, u"--server=a.example"_s});
        QVERIFY(server && server->serverNamed);
    }

    void everythingCanBeNamed()
    {
        const auto line =
            readCommandLine({u"runnel-desktop"_s, u"--server=wss://chat.example.org/ai/"_s,
                             u"--agent"_s, u"poet"_s, u"--session"_s, u"s_1-A"_s, u"--no-cache"_s});
        QVERIFY(bool(line));
        QVERIFY(line->noCache);
        QCOMPARE(line->server, QUrl(u"wss://chat.example.org/ai"_s));
        QCOMPARE(line->agent, u"poet"_s);
        QCOMPARE(line->session, u"s_1-A"_s);
        QVERIFY(line->language.isEmpty());
        const auto german = readCommandLine({u"runnel-desktop"_s, u"--language=de_AT"_s});
        QVERIFY(bool(german));
        QCOMPARE(german->language, u"de_AT"_s);
    }

    void helpAndVersionAreNoErrors()
    {
        const auto help = readCommandLine({u"runnel-desktop"_s, u"--help"_s});
        QVERIFY(!help);
        QCOMPARE(help.error().exitCode, 0);
        for (const QString &option :
             {u"--server"_s, u"--agent"_s, u"--session"_s, u"--version"_s, u"--quick-ask"_s,
              u"--no-cache"_s, u"--language"_s, u"runnel://HOST"_s})
            QVERIFY2(help.error().text.contains(option), qPrintable(option));
        const auto all = readCommandLine({u"runnel-desktop"_s, u"--help-all"_s});
        QVERIFY2(!all, "help lists it, so it opens no window");
        QCOMPARE(all.error().text, help.error().text);
        const auto version = readCommandLine({u"runnel-desktop"_s, u"--version"_s});
        QVERIFY(!version);
        QCOMPARE(version.error().exitCode, 0);
        QCOMPARE(version.error().text, u"runnel-desktop " RUNNEL_VERSION "\n"_s);
    }

    void wrongValuesAreOneLineThatNamesThem_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("a server that is none")
            << QStringList{u"--server=ftp://x"_s} << u"ftp://x"_s;
        QTest::newRow("a session with a slash") << QStringList{u"--session=a/b"_s} << u"a/b"_s;
        QTest::newRow("an empty session") << QStringList{u"--session="_s} << u"--session"_s;
        QTest::newRow("an agent with a space") << QStringList{u"--agent=a b"_s} << u"a b"_s;
        QTest::newRow("a language that is none")
            << QStringList{u"--language=xyzzy"_s} << u"xyzzy"_s;
        QTest::newRow("an empty language") << QStringList{u"--language="_s} << u"--language"_s;
        QTest::newRow("an unknown option") << QStringList{u"--colour"_s} << u"colour"_s;
        QTest::newRow("something that is no option") << QStringList{u"hello"_s} << u"hello"_s;
        QTest::newRow("a link of another kind")
            << QStringList{u"https://chat.example.org"_s} << u"https://chat.example.org"_s;
        QTest::newRow("a link with a wrong conversation")
            << QStringList{u"runnel://a.example/?c=a%2Fb"_s} << u"a/b"_s;
        QTest::newRow("two links") << QStringList{u"runnel:"_s, u"runnel://b"_s} << u"runnel://b"_s;
        QTest::newRow("a link beside a server")
            << QStringList{u"--server=http://a"_s, u"runnel://b"_s} << u"--server"_s;
        QTest::newRow("a link beside a conversation")
            << QStringList{u"--session=s"_s, u"runnel://b"_s} << u"--session"_s;
    }
    void wrongValuesAreOneLineThatNamesThem()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const auto line = readCommandLine(QStringList{u"runnel-desktop"_s} + arguments);
        QVERIFY(!line);
        QCOMPARE(line.error().exitCode, 1);
        QVERIFY2(line.error().text.contains(named), qPrintable(line.error().text));
        QCOMPARE(line.error().text.count(u'\n'), 1);
        QVERIFY(line.error().text.endsWith(u'\n'));
    }

    void withoutAScreenItSaysSo()
    {
        QProcess desktop;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(name);
        desktop.setProcessEnvironment(environment);
        desktop.start(QStringLiteral(RUNNEL_BINARY_DIR) + u"/bin/runnel-desktop"_s, {});
        QVERIFY(desktop.waitForFinished());
        QCOMPARE(desktop.exitStatus(), QProcess::NormalExit);
        QCOMPARE(desktop.exitCode(), 1);
        const QByteArray said = desktop.readAllStandardError();
        QVERIFY2(said.contains("DISPLAY") && said.count('\n') == 1, said.constData());
        environment.insert(u"DISPLAY"_s, u":0"_s);
        QVERIFY(missingDisplay(environment).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
