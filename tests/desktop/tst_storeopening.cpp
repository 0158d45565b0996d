#include "models/storeopening.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString server = u"http://localhost:8000"_s;

pid_t keyring()
{
    return pid_t(qEnvironmentVariableIntValue("RUNNEL_KEYRING_PID"));
}

} // namespace

//! The cache's way to its key. Runs twice, as tst_tokenstore: with a keyring of its own, and with
//! no D-Bus at all; each function says which one it belongs to.
class TestStoreOpening : public QObject
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

    void opening_data()
    {
        QTest::addColumn<QString>("step");
        if (keyring() <= 0) {
            QTest::newRow("without a keychain it is kept as it is") << u"plain"_s;
            QTest::newRow("what cannot be opened holds nobody up") << u"unusable"_s;
            return;
        }
        QTest::newRow("with one it is encrypted, and there after a start") << u"encrypted"_s;
        QTest::newRow("one that hangs is waited for, but not by the window") << u"hung"_s;
    }
    void opening()
    {
        QFETCH(QString, step);
        if (step == u"plain")
            withoutAKeychainItIsPlain();
        else if (step == u"unusable")
            whatCannotBeOpenedIsSaid();
        else if (step == u"encrypted")
            withOneItIsEncrypted();
        else
            aHungOneIsWaitedFor();
    }

private:
    struct Program
    {
        explicit Program(const QTemporaryDir &folder, std::chrono::milliseconds limit = 5s)
            : secrets({u"runnel-desktop"_s, limit})
            , opening(store, secrets, folder.filePath(u"kept.db"_s))
        {}
        OfflineStore store;
        TokenStore secrets;
        StoreOpening opening;
        QSignalSpy settled{&opening, &StoreOpening::settled};
        QSignalSpy told{&store, &OfflineStore::told};
    };

    static QByteArray contentOf(const QTemporaryDir &folder)
    {
        QFile file(folder.filePath(u"kept.db"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void keepADraft(OfflineStore &store)
    {
        QVERIFY(store.cache()->putUnsent(server, {u"c1"_s, u"draft"_s, "a secret word"}));
    }

    void withoutAKeychainItIsPlain()
    {
        const QTemporaryDir folder;
        {
            Program program(folder);
            program.opening.start();
            QCOMPARE(program.settled.size(), 0); // Not from within start().
            QTRY_COMPARE(program.settled.size(), 1);
            QVERIFY(program.store.keeps());
            keepADraft(program.store);
        }
        QVERIFY(contentOf(folder).contains("a secret word"));
        Program next(folder);
        next.opening.start();
        QTRY_VERIFY(next.store.keeps());
        QCOMPARE(next.store.cache()->unsent(server).size(), 1);
        QCOMPARE(next.told.size(), 0);
    }

    void whatCannotBeOpenedIsSaid()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"kept.db"_s));
        Program program(folder);
        program.opening.start();
        QTRY_COMPARE(program.settled.size(), 1);
        QVERIFY(!program.store.keeps());
        QCOMPARE(program.told.size(), 1);
        QVERIFY(program.told[0][0].toString().contains(u"is a folder"));
    }

    void withOneItIsEncrypted()
    {
        const QTemporaryDir folder;
        {
            Program program(folder);
            program.opening.start();
            QTRY_VERIFY(program.store.keeps());
            keepADraft(program.store);
        }
        QVERIFY(!contentOf(folder).isEmpty());
        QVERIFY(!contentOf(folder).contains("a secret word"));
        Program next(folder);
        next.opening.start();
        QTRY_VERIFY(next.store.keeps());
        QCOMPARE(next.store.cache()->state(), CacheState::Opened);
        QCOMPARE(next.store.cache()->unsent(server).size(), 1);
    }

    //! Nothing is written meanwhile; when it answers, the cache is there.
    void aHungOneIsWaitedFor()
    {
        const QTemporaryDir folder;
        {
            Program program(folder);
            program.opening.start();
            QTRY_VERIFY(program.store.keeps());
            keepADraft(program.store);
        }
        const QByteArray before = contentOf(folder);
        Program program(folder, 1s);
        QSignalSpy opened(&program.store, &OfflineStore::opened);
        QCOMPARE(::kill(keyring(), SIGSTOP), 0);
        QElapsedTimer clock;
        clock.start();
        program.opening.start();
        const bool settled = QTest::qWaitFor([&program] { return program.settled.size() == 1; });
        const qint64 took = clock.elapsed();
        const bool told = QTest::qWaitFor([&program] { return program.told.size() == 1; });
        const bool kept = program.store.keeps();
        QCOMPARE(::kill(keyring(), SIGCONT), 0);
        QVERIFY(settled && told && !kept);
        QVERIFY2(took >= StoreOpening::limit.count() - 20 && took < 900,
                 qPrintable(QString::number(took)));
        QVERIFY(program.told[0][0].toString().contains(u"keychain"));
        QCOMPARE(contentOf(folder), before);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(program.store.cache()->state(), CacheState::Opened);
        QCOMPARE(program.store.cache()->unsent(server).size(), 1);
        QCOMPARE(program.settled.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestStoreOpening)
#include "tst_storeopening.moc"
