#include "models/tokenstore.h"

#include <qt6keychain/keychain.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Place = SecretReply::Place;

QStringList logged; // NOLINT: what all categories said since the test began.

void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged += text;
}

pid_t keyring()
{
    return pid_t(qEnvironmentVariableIntValue("RUNNEL_KEYRING_PID"));
}

//! \a reply once it has finished; null when it does not.
std::unique_ptr<SecretReply> done(std::unique_ptr<SecretReply> reply)
{
    QSignalSpy finished(reply.get(), &SecretReply::finished);
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000) || finished.size() != 1)
        return nullptr;
    return reply;
}

} // namespace

//! Runs twice: in a session with a real keyring (keyringsession), and with no D-Bus at all. Neither
//! is skipped: each function says which one it belongs to, and the other does not list it.
class TestTokenStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (keyring() > 0) {
            QVERIFY2(::geteuid() != 0, "the keyring's session is not to be root's");
            return;
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/runnel");
        qunsetenv("DISPLAY");
    }

    void withAKeyring_data()
    {
        QTest::addColumn<QString>("step");
        if (keyring() <= 0) {
            QTest::newRow("without one secrets stay in memory") << u"memory"_s;
            QTest::newRow("the cache's key too") << u"memory key"_s;
            return;
        }
        QTest::newRow("a token is there after a start") << u"token"_s;
        QTest::newRow("bytes are bytes") << u"bytes"_s;
        QTest::newRow("the cache's key is made once") << u"key"_s;
        QTest::newRow("a key of another length is made anew") << u"wrong key"_s;
        QTest::newRow("requests keep their order") << u"order"_s;
        QTest::newRow("a keyring that hangs is not waited for") << u"hang"_s;
        QTest::newRow("one that went away is not missed") << u"gone"_s;
    }
    void withAKeyring()
    {
        QFETCH(QString, step);
        if (step == u"memory")
            secretsStayInMemory();
        else if (step == u"memory key")
            aKeyStaysInMemory();
        else if (step == u"token")
            aTokenIsThereAfterAStart();
        else if (step == u"bytes")
            bytesAreBytes();
        else if (step == u"key")
            theKeyIsMadeOnce();
        else if (step == u"wrong key")
            aWrongKeyIsMadeAnew();
        else if (step == u"order")
            requestsKeepTheirOrder();
        else if (step == u"hang")
            aHungKeyringIsNotWaitedFor();
        else
            aKeyringThatWentIsNotMissed();
    }

    void whatIsNoTokenIsNotKept()
    {
        TokenStore store({});
        for (const QByteArray &token : {QByteArray(), QByteArray(TokenStore::maxToken + 1, 'a')}) {
            const auto reply = done(store.setToken(u"s"_s, token));
            QVERIFY(reply && reply->place() == Place::Nowhere);
        }
        QCOMPARE(store.state(), TokenStore::Unknown);
    }

    void aReplyMayGoAtAnyTime()
    {
        TokenStore store({});
        static_cast<void>(store.token(u"a"_s).reset());
        auto reply = store.token(u"b"_s);
        connect(reply.get(), &SecretReply::finished, this, [&reply] { reply.reset(); });
        QTRY_VERIFY(!reply);
        std::unique_ptr<SecretReply> orphan;
        {
            TokenStore shortLived({});
            orphan = shortLived.token(u"c"_s);
        }
        QTest::qWait(50);
        QVERIFY(!orphan->isFinished());
    }

private:
    void secretsStayInMemory()
    {
        const QtMessageHandler before = qInstallMessageHandler(keepLog);
        TokenStore store({});
        QSignalSpy changed(&store, &TokenStore::stateChanged);
        const auto missing = done(store.token(u"s1"_s));
        const auto written = done(store.setToken(u"s1"_s, "hush-hush"));
        const auto read = done(store.token(u"s1"_s));
        const auto removed = done(store.removeToken(u"s1"_s));
        const auto gone = done(store.token(u"s1"_s));
        qInstallMessageHandler(before);

        QVERIFY(missing && written && read && removed && gone);
        QCOMPARE(missing->place(), Place::Nowhere);
        QCOMPARE(written->place(), Place::Memory);
        QCOMPARE(read->place(), Place::Memory);
        QCOMPARE(read->secret(), QByteArray("hush-hush"));
        QCOMPARE(gone->place(), Place::Nowhere);
        QCOMPARE(store.state(), TokenStore::MemoryOnly);
        QCOMPARE(changed.size(), 1);
        QVERIFY2(store.problem().endsWith(u'.') && store.problem().contains(u"keychain"),
                 qPrintable(store.problem()));
        QVERIFY(!store.problem().contains(u"hush"));
        QVERIFY2(!logged.join(u'\n').contains(u"hush"), qPrintable(logged.join(u'\n')));
        TokenStore next({});
        const auto forgotten = done(next.token(u"s1"_s));
        QVERIFY(forgotten && forgotten->place() == Place::Nowhere);
    }

    void aKeyStaysInMemory()
    {
        TokenStore store({});
        const auto key = done(store.cacheKey());
        const auto again = done(store.cacheKey());
        QVERIFY(key && again);
        QCOMPARE(key->place(), Place::Memory);
        QCOMPARE(key->secret().size(), TokenStore::keyBytes);
        QCOMPARE(again->secret(), key->secret());
    }

    void aTokenIsThereAfterAStart()
    {
        const QtMessageHandler before = qInstallMessageHandler(keepLog);
        {
            TokenStore store({});
            const auto none = done(store.token(u"s1"_s));
            QVERIFY(none && none->place() == Place::Nowhere);
            QCOMPARE(store.state(), TokenStore::Available);
            const auto written = done(store.setToken(u"s1"_s, "hush-hush"));
            QVERIFY(written && written->place() == Place::Keychain);
        }
        TokenStore store({});
        const auto read = done(store.token(u"s1"_s));
        QVERIFY(read && read->place() == Place::Keychain);
        QCOMPARE(read->secret(), QByteArray("hush-hush"));
        const auto other = done(store.token(u"s2"_s));
        QVERIFY(other && other->place() == Place::Nowhere);
        const auto removed = done(store.removeToken(u"s1"_s));
        QVERIFY(removed && removed->place() == Place::Nowhere);
        TokenStore next({});
        const auto gone = done(next.token(u"s1"_s));
        QVERIFY(gone && gone->place() == Place::Nowhere);
        qInstallMessageHandler(before);
        QVERIFY2(!logged.join(u'\n').contains(u"hush"), qPrintable(logged.join(u'\n')));
    }

    void bytesAreBytes()
    {
        TokenStore store({});
        QByteArray all;
        for (int byte = 0; byte < 256; ++byte)
            all += char(byte);
        const auto written = done(store.setToken(u"b"_s, all));
        QVERIFY(written && written->place() == Place::Keychain);
        const auto read = done(store.token(u"b"_s));
        QVERIFY(read);
        QCOMPARE(read->secret(), all);
        const auto longest = done(store.setToken(u"b"_s, QByteArray(TokenStore::maxToken, 'x')));
        QVERIFY(longest && longest->place() == Place::Keychain);
    }

    void theKeyIsMadeOnce()
    {
        TokenStore store({});
        auto first = store.cacheKey();
        auto second = store.cacheKey();
        first = done(std::move(first));
        QVERIFY(first && first->place() == Place::Keychain);
        QCOMPARE(first->secret().size(), TokenStore::keyBytes);
        QVERIFY(first->secret() != QByteArray(TokenStore::keyBytes, '\0'));
        QTRY_VERIFY(second->isFinished());
        QCOMPARE(second->secret(), first->secret());
        TokenStore next({});
        const auto again = done(next.cacheKey());
        QVERIFY(again);
        QCOMPARE(again->secret(), first->secret());
        TokenStore other({u"another-program"_s});
        const auto others = done(other.cacheKey());
        QVERIFY(others && others->secret() != first->secret());
    }

    void aWrongKeyIsMadeAnew()
    {
        auto *const job = new QKeychain::WritePasswordJob(u"wrong-key"_s);
        job->setKey(u"cache-key"_s);
        job->setBinaryData("short");
        QSignalSpy finished(job, &QKeychain::Job::finished);
        job->start();
        QVERIFY(finished.wait());
        TokenStore next({u"wrong-key"_s});
        const auto renewed = done(next.cacheKey());
        QVERIFY(renewed && renewed->place() == Place::Keychain);
        QCOMPARE(renewed->secret().size(), TokenStore::keyBytes);
        QVERIFY(renewed->secret() != QByteArray("short"));
    }

    void requestsKeepTheirOrder()
    {
        TokenStore store({});
        const auto one = store.setToken(u"o"_s, "1");
        const auto two = store.setToken(u"o"_s, "2");
        const auto read = store.token(u"o"_s);
        const auto removed = store.removeToken(u"o"_s);
        const auto none = store.token(u"o"_s);
        QTRY_VERIFY(none->isFinished());
        QCOMPARE(read->secret(), QByteArray("2"));
        QCOMPARE(none->place(), Place::Nowhere);
    }

    void aHungKeyringIsNotWaitedFor()
    {
        TokenStore store({u"runnel-desktop"_s, 300ms});
        const auto stored = done(store.setToken(u"h"_s, "old"));
        QVERIFY(stored && stored->place() == Place::Keychain);
        QCOMPARE(::kill(keyring(), SIGSTOP), 0);
        QElapsedTimer clock;
        clock.start();
        const auto written = done(store.setToken(u"h"_s, "new"));
        const qint64 took = clock.restart();
        const auto read = done(store.token(u"h"_s));
        const qint64 tookAgain = clock.elapsed();
        const TokenStore::State state = store.state();
        const QString problem = store.problem();
        QCOMPARE(::kill(keyring(), SIGCONT), 0);
        QVERIFY(written && read);
        QVERIFY2(took >= 250 && took < 1500, qPrintable(QString::number(took)));
        QVERIFY2(tookAgain < 250, qPrintable(QString::number(tookAgain)));
        QCOMPARE(written->place(), Place::Memory);
        QCOMPARE(read->secret(), QByteArray("new"));
        QCOMPARE(state, TokenStore::MemoryOnly);
        QVERIFY2(problem.contains(u"does not answer"), qPrintable(problem));
        QTRY_COMPARE(store.state(), TokenStore::Unknown); // What was late has come.
        const auto next = done(store.setToken(u"h"_s, "newer"));
        QVERIFY(next && next->place() == Place::Keychain);
    }

    //! D-Bus starts another one, which is locked and has no screen to ask for its password on.
    void aKeyringThatWentIsNotMissed()
    {
        QCOMPARE(::kill(keyring(), SIGKILL), 0);
        TokenStore store({u"runnel-desktop"_s, 3s});
        const auto written = done(store.setToken(u"g"_s, "hush-hush"));
        QVERIFY(written && written->place() == Place::Memory);
        QCOMPARE(store.state(), TokenStore::MemoryOnly);
        QVERIFY2(store.problem().endsWith(u'.'), qPrintable(store.problem()));
    }
};

QTEST_GUILESS_MAIN(TestTokenStore)
#include "tst_tokenstore.moc"
