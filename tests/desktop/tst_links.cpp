#include "app/opening.h"
#include "app/window.h"
#include "conversationframes.h"
#include "models/hostwords.h"
#include "windowdriver.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QDirIterator>
#include <QGuiApplication>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

DeepLink linkTo(const QUrl &server, const QString &query)
{
    return *parseDeepLink(u"runnel://%1:%2/%3"_s.arg(server.host()).arg(server.port()).arg(query));
}

//! An answer with a link in a paragraph, in a table and among its sources.
QList<ServerFrame> answerWithLinks()
{
    MessageRecord reply = answer(u"m2"_s, u"m1"_s,
                                 u"[Read it here](https://docs.example/a?b=1#c)\n\n"
                                 "| [In a table](http://table.example/) |\n| - |\n| x |\n"_s);
    reply.sources = {{u"A source"_s, u"https://source.example/page"_s, {}}};
    return conversation({user(u"m1"_s, {}, u"Where?"_s), reply});
}

struct Fixture
{
    explicit Fixture(const QList<ServerFrame> &frames = conversation({}), QSize size = {1000, 720})
        : driver(frames, size)
    {}
    void follow(const DeepLink &link)
    {
        followLink(link, {driver.workspace, driver.servers, driver.question});
    }

    //! At its beginning, where the link is.
    void clickLinkIn(const QString &component, QPointF at) const
    {
        const QPointF place = driver.find(component)->mapToScene(at);
        QTest::mouseClick(driver.window, Qt::LeftButton, Qt::NoModifier, place.toPoint());
    }
    [[nodiscard]] QString addressShown() const
    {
        return driver.links.beforeHost() + driver.links.host() + driver.links.afterHost();
    }

    WindowDriver driver;
};

} // namespace

//! What would be opened past the guard.
class Elsewhere : public QObject
{
    Q_OBJECT

public:
    Elsewhere()
    {
        for (const QString &scheme : schemes)
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Elsewhere() override
    {
        for (const QString &scheme : schemes)
            QDesktopServices::unsetUrlHandler(scheme);
    }
    Q_DISABLE_COPY_MOVE(Elsewhere)

    QList<QUrl> urls;

public Q_SLOTS:
    void open(const QUrl &url) { urls.append(url); }

private:
    const QStringList schemes{u"http"_s, u"https"_s, u"mailto"_s};
};

//! Links that lead into the window, and links that lead out of it.
class TestLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void hostsAreShownAsTheyAreAskedFor_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("lead");
        QTest::addColumn<QString>("after");
        QTest::addColumn<bool>("international");
        QTest::newRow("plain") << u"https://Chat.Example.org/a?b#c"_s << u"https://"_s
                               << u"chat.example.org"_s << u"/a?b#c"_s << false;
        QTest::newRow("a port") << u"http://example.org:8443"_s << u"http://"_s
                                << u"example.org:8443"_s << QString() << false;
        QTest::newRow("a user who looks like a host")
            << u"https://example.org@evil.example/x"_s << u"https://example.org@"_s
            << u"evil.example"_s << u"/x"_s << false;
        QTest::newRow("a user with a password")
            << u"https://a:example.org@evil.example/"_s << u"https://a:example.org@"_s
            << u"evil.example"_s << u"/"_s << false;
        QTest::newRow("IPv6") << u"http://[::1]:8000/x"_s << u"http://"_s << u"[::1]:8000"_s
                              << u"/x"_s << false;
        QTest::newRow("letters beyond ASCII")
            << u"https://b\u00fccher.example/\u00fc"_s << u"https://"_s
            << u"xn--bcher-kva.example"_s << u"/%C3%BC"_s << true;
        QTest::newRow("a Cyrillic a") << u"https://\u0430pple.com/"_s << u"https://"_s
                                      << u"xn--pple-43d.com"_s << u"/"_s << true;
        QTest::newRow("a mail") << u"mailto:me@example.org?subject=Hi"_s << u"mailto:"_s
                                << u"me@example.org"_s << u"?subject=Hi"_s << false;
    }
    void hostsAreShownAsTheyAreAskedFor()
    {
        QFETCH(QString, address);
        QFETCH(QString, before);
        QFETCH(QString, lead);
        QFETCH(QString, after);
        QFETCH(bool, international);
        const words::AddressParts parts = words::addressParts(QUrl(address));
        QCOMPARE(parts.before, before);
        QCOMPARE(parts.lead, lead);
        QCOMPARE(parts.after, after);
        QCOMPARE(!words::hostAsWritten(QUrl(address)).isEmpty(), international);
    }

    // ---- into the window

    void aKnownServerIsGoneToAtOnce()
    {
        Fixture f;
        ScriptedServer other;
        f.follow(linkTo(f.driver.server.url(), u"?c=old"_s));
        QTRY_COMPARE(f.driver.server.path(), u"/ws/chat/old"_s);
        QVERIFY(!f.driver.question.isAsking());

        QVERIFY(f.driver.servers.add({}, other.url().toString()));
        f.follow(linkTo(other.url(), u"?ask=Why%20%3F"_s));
        QTRY_COMPARE(f.driver.item(u"composerInput"_s)->property("text").toString(), u"Why ?"_s);
        QTRY_VERIFY(f.driver.workspace.session()->connected());
        QCOMPARE(other.connections(), 1);
        QVERIFY(other.received().empty()); // Only a person sends it.
    }

    void aConversationThatIsGoneIsSaid()
    {
        Fixture f(conversation({}), {360, 640});
        f.driver.server.greetWith({ScriptedServer::hello(), Snapshot{}});
        f.follow(linkTo(f.driver.server.url(), u"?c=gone"_s));
        QTRY_VERIFY(f.driver.shows(u"This conversation is not on the server"_s));
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"link-gone"_s);
        f.driver.type(u"Anew"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_VERIFY(!f.driver.shows(u"This conversation is not on the server"_s));
        QVERIFY2(f.driver.warnings.isEmpty(), qPrintable(f.driver.warnings.join(u'\n')));
    }

    void anUnknownServerIsAskedAbout()
    {
        Fixture f;
        ScriptedServer other;
        f.follow(linkTo(other.url(), u"?c=theirs&ask=Hello"_s));
        QTRY_VERIFY(f.driver.visibleItem(u"questionCancel"_s));
        QVERIFY(f.driver.shows(u"http://127.0.0.1:%1"_s.arg(other.url().port())));
        QVERIFY(f.driver.shows(u"is not sent before you do"_s));
        QTRY_COMPARE(f.driver.focused(), u"questionCancel"_s);
        QTRY_VERIFY(f.driver.item(u"questionConnect"_s)->isEnabled());
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"link-question"_s);
        QCOMPARE(other.connections(), 0);
        f.driver.click(f.driver.item(u"questionConnect"_s));
        QTRY_COMPARE(other.path(), u"/ws/chat/theirs"_s);
        QCOMPARE(f.driver.workspace.server(), other.url());
        QTRY_COMPARE(f.driver.item(u"composerInput"_s)->property("text").toString(), u"Hello"_s);
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
        QVERIFY(other.received().empty());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void whoeverJustPressesAKeyDoesNotConnect_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Enter") << Qt::Key_Return;
        QTest::newRow("Space") << Qt::Key_Space;
        QTest::newRow("Escape") << Qt::Key_Escape;
    }
    void whoeverJustPressesAKeyDoesNotConnect()
    {
        QFETCH(Qt::Key, key);
        Fixture f;
        ScriptedServer other;
        f.follow(linkTo(other.url(), {}));
        QTRY_COMPARE(f.driver.focused(), u"questionCancel"_s);
        f.driver.press(key);
        QTRY_VERIFY(!f.driver.question.isAsking());
        QTRY_VERIFY(!f.driver.visibleItem(u"questionCancel"_s));
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
        QCOMPARE(f.driver.workspace.server(), f.driver.server.url());
        QCOMPARE(other.connections(), 0);
    }

    void theKeyboardAgrees()
    {
        Fixture f;
        ScriptedServer other;
        f.follow(linkTo(other.url(), {}));
        QTRY_VERIFY(f.driver.item(u"questionConnect"_s)->isEnabled());
        QTRY_COMPARE(f.driver.focused(), u"questionCancel"_s);
        QVERIFY(f.driver.tabTo(u"questionConnect"_s));
        f.driver.press(Qt::Key_Space);
        QTRY_COMPARE(other.connections(), 1);
    }

    void aScreenReaderHearsWhatIsAsked()
    {
        Fixture f;
        f.follow(linkTo(QUrl(u"https://b\u00fccher.example:1"_s), {}));
        QTRY_COMPARE(f.driver.focused(), u"questionCancel"_s);
        QAccessibleInterface *const cancel =
            QAccessible::queryAccessibleInterface(f.driver.item(u"questionCancel"_s));
        QVERIFY(cancel);
        QCOMPARE(cancel->text(QAccessible::Name), u"Cancel"_s);
        const QString says = cancel->text(QAccessible::Description);
        QVERIFY2(says.contains(u"Connect to this server? xn--bcher-kva.example:1 "),
                 qPrintable(says));
        QVERIFY2(says.contains(u"b\u00fccher.example"), qPrintable(says));
        f.driver.pictures(u"link-question-international"_s);
    }

    void yesCountsOnlyAfterAPause()
    {
        ServerQuestion question(100ms);
        int agreed = 0;
        QVERIFY(question.ask(QUrl(u"https://a.example"_s), false, [&agreed] { ++agreed; }));
        question.agree();
        QCOMPARE(agreed, 0);
        QVERIFY(question.isAsking());
        QTRY_VERIFY(question.isAnswerable());
        question.agree();
        question.agree();
        QCOMPARE(agreed, 1);
        QVERIFY(!question.isAsking());
    }

    void theFirstQuestionStays()
    {
        Fixture f;
        ScriptedServer other;
        const QUrl first(u"https://first.example:1"_s);
        f.follow(linkTo(first, {}));
        for (int i = 0; i < 100; ++i)
            f.follow(linkTo(other.url(), u"?c=c%1"_s.arg(i)));
        QCOMPARE(f.driver.question.host(), u"first.example:1"_s);
        QVERIFY(f.driver.workspace.toast().contains(u"Another link was not followed"_s));
        f.driver.question.cancel();
        QTRY_VERIFY(!f.driver.visibleItem(u"questionCancel"_s));
        QCOMPARE(other.connections(), 0);
        // And then there is room for the next one.
        f.follow(linkTo(other.url(), {}));
        QVERIFY(f.driver.question.isAsking());
    }

    // ---- out of the window

    void noLinkIsOpenedUnasked()
    {
        // Whoever opens an address past the guard would be heard here, or found in the sources.
        Elsewhere elsewhere;
        Fixture f(answerWithLinks());
        QTRY_VERIFY(f.driver.find(u"RichBlock"_s) && f.driver.find(u"TableBlock"_s));
        f.clickLinkIn(u"RichBlock"_s, {10, 12});
        QTRY_COMPARE(f.addressShown(), u"https://docs.example/a?b=1#c"_s);
        QTRY_COMPARE(f.driver.focused(), u"openLink"_s);
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"link"_s);
        f.driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.driver.links.isAsking());
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
        f.clickLinkIn(u"TableBlock"_s, {20, 18});
        QTRY_COMPARE(f.addressShown(), u"http://table.example/"_s);
        f.driver.links.cancel();
        QTRY_VERIFY(!f.driver.visibleItem(u"openLink"_s));
        f.driver.click(f.driver.visibleItem(u"sourceLink"_s));
        QTRY_COMPARE(f.addressShown(), u"https://source.example/page"_s);
        QCOMPARE(f.driver.opened, QList<QUrl>());
        QCOMPARE(elsewhere.urls, QList<QUrl>());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void noOtherWayLeadsOut()
    {
        QDirIterator files(QStringLiteral(RUNNEL_SOURCE_DIR "/qml"), {u"*.qml"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("openUrlExternally"), qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 50);
    }

    void openedOnceOrAlways()
    {
        Fixture f;
        const QUrl page(u"https://docs.example:8443/a"_s);
        f.driver.session.followLink(page.toString());
        QTRY_COMPARE(f.driver.focused(), u"openLink"_s);
        f.driver.press(Qt::Key_Space);
        QCOMPARE(f.driver.opened, QList<QUrl>{page});
        f.driver.session.followLink(page.toString());
        QTRY_VERIFY(f.driver.visibleItem(u"alwaysOpen"_s));
        f.driver.click(f.driver.item(u"alwaysOpen"_s));
        f.driver.picture(u"link-always-light"_s);
        f.driver.click(f.driver.item(u"openLink"_s));
        QCOMPARE(f.driver.opened.size(), 2);
        f.driver.session.followLink(u"http://DOCS.example/other"_s);
        QCOMPARE(f.driver.opened.size(), 3);
        QVERIFY(!f.driver.links.isAsking());
        // Neither what it is a part of, nor what is a part of it.
        for (const auto &other : {u"https://evil.docs.example/"_s, u"https://example/"_s,
                                  u"https://docs.example@evil.example/"_s}) {
            f.driver.links.follow(other);
            QVERIFY2(f.driver.links.isAsking(), qPrintable(other));
            f.driver.links.cancel();
        }
        QCOMPARE(f.driver.opened.size(), 3);
        Preferences kept(f.driver.settingsFolder.filePath(u"desktop.ini"_s));
        QVERIFY(kept.opensLinksTo(u"docs.example"_s));
        kept.forgetLinkHosts();
        QVERIFY(!kept.opensLinksTo(u"docs.example"_s));
    }

    void onlyTheWebAndMailAreOpened_data()
    {
        QTest::addColumn<QString>("link");
        QTest::newRow("a file") << u"file:///etc/passwd"_s;
        QTest::newRow("a script") << u"javascript:alert(1)"_s;
        QTest::newRow("another program") << u"ssh://example.org"_s;
        QTest::newRow("no scheme") << u"/etc/passwd"_s;
        QTest::newRow("no host") << u"https:///x"_s;
        QTest::newRow("nothing") << QString();
        QTest::newRow("too long") << u"https://a.example/"_s + QString(8192, u'a');
    }
    void onlyTheWebAndMailAreOpened()
    {
        QFETCH(QString, link);
        Fixture f;
        f.driver.links.follow(link);
        QVERIFY(!f.driver.links.isAsking());
        QCOMPARE(f.driver.opened, QList<QUrl>());
        QVERIFY2(f.driver.workspace.toast().startsWith(u"The link was not opened"),
                 qPrintable(f.driver.workspace.toast()));
        f.driver.links.openIt(true);
        QCOMPARE(f.driver.opened, QList<QUrl>());
    }

    void aMailIsWrittenOnlyAfterAQuestion()
    {
        Fixture f;
        f.driver.session.followLink(u"mailto:me@example.org?body=secret"_s);
        QTRY_VERIFY(f.driver.shows(u"Write a mail?"_s));
        QVERIFY(!f.driver.visibleItem(u"alwaysOpen"_s));
        f.driver.click(f.driver.item(u"openLink"_s));
        QCOMPARE(f.driver.opened, QList<QUrl>{QUrl(u"mailto:me@example.org?body=secret"_s)});
    }

    void theAddressIsCopiedAsItIsOpened()
    {
        Fixture f;
        f.driver.session.followLink(u"https://\u0430pple.com/\u202Efdp"_s);
        QTRY_VERIFY(f.driver.visibleItem(u"copyLink"_s));
        QVERIFY(f.driver.shows(u"xn--pple-43d.com"_s));
        QVERIFY(f.driver.shows(u"This name is written “\u0430pple.com”."_s));
        f.driver.pictures(u"link-international"_s);
        f.driver.click(f.driver.item(u"copyLink"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"https://xn--pple-43d.com/%E2%80%AEfdp"_s);
        QCOMPARE(f.driver.opened, QList<QUrl>());
        QTRY_VERIFY(f.driver.shows(u"The address was copied."_s));
    }

    void thatNothingOpensItIsSaid()
    {
        Fixture f;
        f.driver.opens = false;
        f.driver.links.follow(u"https://a.example/x"_s);
        f.driver.links.openIt(false);
        QCOMPARE(f.driver.workspace.toast(), u"No program of this computer opened a.example."_s);
    }

    void allowedHostsAreBounded()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(u"desktop.ini"_s));
        for (int i = 0; i <= Preferences::mostLinkHosts; ++i)
            preferences.allowLinksTo(u"h%1.example"_s.arg(i));
        preferences.allowLinksTo(QString(254, u'a'));
        QCOMPARE(preferences.linkHostCount(), int(Preferences::mostLinkHosts));
        QVERIFY(!preferences.opensLinksTo(u"h0.example"_s));
        QVERIFY(preferences.opensLinksTo(u"h1.example"_s));
    }

    void aLongUserDoesNotHideTheHost()
    {
        Fixture f(conversation({}), {340, 560});
        f.driver.session.followLink(u"https://www.bank.example:"_s + QString(3000, u'x') +
                                    u"@evil.example/"_s);
        QTRY_COMPARE(f.driver.focused(), u"openLink"_s);
        QQuickItem *const lead = f.driver.visibleItem(u"addressLead"_s);
        QVERIFY(lead);
        QCOMPARE(lead->property("text").toString(), u"evil.example"_s);
        const QRectF place = lead->mapRectToScene(lead->boundingRect());
        QVERIFY(place.top() > 0 && place.bottom() < f.driver.window->height() / 2.0);
        f.driver.picture(u"link-long-user-light"_s);
    }

    void aLongAddressFits()
    {
        Fixture f(conversation({}), {340, 560});
        f.driver.session.followLink(u"https://a.example/"_s + QString(3000, u'x'));
        QTRY_COMPARE(f.driver.focused(), u"openLink"_s);
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"link-long-narrow"_s);
    }

    void theQuestionFitsANarrowWindow()
    {
        Fixture f(conversation({}), {340, 560});
        f.driver.preferences.setTextSize(140);
        f.follow(linkTo(QUrl(u"https://"_s + QString(50, u'a') + u'.' + QString(60, u'b') +
                             u".example.org:8443"_s),
                        u"?ask=x"_s));
        QTRY_COMPARE(f.driver.focused(), u"questionCancel"_s);
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"link-question-narrow"_s);
        f.driver.preferences.setTextSize(100);
    }
};

QTEST_MAIN(TestLinks)
#include "tst_links.moc"
