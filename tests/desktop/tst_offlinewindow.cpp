#include "app/window.h"
#include "conversationframes.h"
#include "models/keptconversation.h"
#include "windowdriver.h"

#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize wide(1180, 760);

CachedConversation line(const QString &id, const QString &title, int hoursAgo)
{
    const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(-3600 * hoursAgo);
    return {id, title, id == u"deploy"_s, at, at, 4};
}

const QList<CachedConversation> kept{line(u"deploy"_s, u"How we deploy"_s, 90),
                                     line(u"rivers"_s, u"Rivers of Europe"_s, 1),
                                     line(u"far"_s, u"A letter to the landlord"_s, 3),
                                     line(u"sky"_s, u"Why is the sky blue?"_s, 50)};

CachedSnapshot rivers()
{
    const QList<ServerFrame> frames = conversation(
        {user(u"m1"_s, {}, u"Which rivers flow into the Black Sea?"_s),
         answer(
             u"m2"_s, u"m1"_s,
             u"The **Danube**, the Dnieper, the Dniester, the Southern Bug and the Kızılırmak."_s)});
    KeptConversation conversation{std::get<SessionHello>(frames[0]), std::get<Snapshot>(frames[1])};
    conversation.hello.epoch = u"e1"_s;
    conversation.hello.seq = conversation.snapshot.seq;
    conversation.hello.resumed = false;
    return toCache(conversation);
}

} // namespace

//! The window without its server, as a person sees it.
class TestOfflineWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void listAndConversationAreThere()
    {
        Fixture f;
        QTRY_VERIFY(f.driver->shows(u"This is the list as of "_s));
        QVERIFY(f.driver->shows(u"Rivers of Europe"_s));
        f.driver->workspace.open(u"rivers"_s);
        QTRY_VERIFY(f.driver->shows(u"the Dnieper"_s));
        QTRY_VERIFY(f.driver->shows(u"Reconnecting in"_s));
        QTRY_COMPARE(f.driver->layoutFaults().join(u'\n'), QString());
        f.driver->pictures(u"offline-kept"_s);
        QCOMPARE(f.driver->warnings, QStringList());
    }

    void whatIsNotHereSaysSo()
    {
        Fixture f;
        f.driver->workspace.open(u"far"_s);
        QTRY_VERIFY(f.driver->shows(u"This conversation is not kept on this computer."_s));
        QVERIFY(!f.driver->item(u"emptyState"_s)->isVisible());
        QCOMPARE(f.driver->window->title(), u"A letter to the landlord – Runnel"_s);
        QTRY_VERIFY(f.driver->shows(u"This is the list as of "_s));
        QTRY_COMPARE(f.driver->layoutFaults().join(u'\n'), QString());
        f.driver->pictures(u"offline-absent"_s);
        f.server.greetWith(conversation({user(u"m1"_s, {}, u"Dear landlord"_s)}));
        f.server.comeBack();
        f.driver->workspace.session()->reconnectNow();
        QTRY_VERIFY(f.driver->shows(u"Dear landlord"_s));
        QVERIFY(!f.driver->shows(u"not kept on this computer"_s));
        QCOMPARE(f.driver->warnings, QStringList());
    }

    void whatIsKeptIsDeletedOnDemand()
    {
        Fixture f;
        f.driver->click(f.driver->visibleItem(u"serverButton"_s));
        QTRY_VERIFY(f.driver->visibleItem(u"forgetButton"_s));
        f.driver->click(f.driver->visibleItem(u"forgetButton"_s));
        QTRY_VERIFY(f.driver->shows(u"The servers keep theirs."_s));
        QTRY_COMPARE(f.driver->layoutFaults().join(u'\n'), QString());
        f.driver->pictures(u"forget"_s);
        QVERIFY(f.store.keeps());
        f.driver->click(f.driver->visibleItem(u"questionAgree"_s));
        QTRY_VERIFY(f.driver->shows(u"Deleted from this computer."_s));
        QVERIFY(!f.store.keeps());
        QTRY_VERIFY(!f.driver->visibleItem(u"questionAgree"_s));
        f.driver->pictures(u"forgotten"_s);
        f.driver->click(f.driver->visibleItem(u"serverButton"_s));
        QTRY_VERIFY(f.driver->visibleItem(u"addServerButton"_s));
        QVERIFY(!f.driver->visibleItem(u"forgetButton"_s)); // There is nothing.
        QCOMPARE(f.driver->warnings, QStringList());
    }

    void damageIsSaid()
    {
        Fixture f("no database, for sure, and long enough to be looked at as one");
        QTRY_VERIFY(f.driver->shows(u"It is rebuilt from the server."_s));
        QTRY_COMPARE(f.driver->layoutFaults().join(u'\n'), QString());
        f.driver->pictures(u"cache-rebuilt"_s);
        QCOMPARE(f.driver->warnings, QStringList());
    }

private:
    //! The server was there yesterday, and is not now.
    struct Fixture
    {
        explicit Fixture(const QByteArray &damage = {})
        {
            server.goAway();
            const QString path = folder.filePath(u"kept.db"_s);
            if (damage.isEmpty())
                fill(path);
            else
                write(path, damage);
            Workspace::Options options{server.url(), {}, {}};
            options.times.backoff = {1h, 1h};
            options.offline = &store;
            driver = std::make_unique<WindowDriver>(options, wide);
            store.open({path, {}});
        }
        void fill(const QString &path) const
        {
            ConversationCache cache({path, {}});
            cache.replaceConversations(server.url().toString(), kept,
                                       QDateTime::currentDateTimeUtc().addDays(-1));
            if (!cache.putSnapshot(server.url().toString(), u"rivers"_s, rivers()))
                qFatal("It is too large");
        }
        static void write(const QString &path, const QByteArray &bytes)
        {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                qFatal("Cannot write");
        }

        QTemporaryDir folder;
        ScriptedServer server;
        OfflineStore store;
        std::unique_ptr<WindowDriver> driver;
    };
};

QTEST_MAIN(TestOfflineWindow)
#include "tst_offlinewindow.moc"
