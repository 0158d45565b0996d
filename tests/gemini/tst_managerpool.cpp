#include "gemini/managerpool.h"

#include <QNetworkAccessManager>
#include <QSet>
#include <QTest>

using namespace runnel;
using namespace std::chrono_literals;

class TestManagerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noManagerIsGivenMoreStreamsThanItRuns()
    {
        ManagerPool pool;
        std::vector<ManagerPool::Lease> leases;
        QHash<QNetworkAccessManager *, int> streams;
        for (int i = 0; i < 3 * ManagerPool::streamsPerManager; ++i) {
            leases.push_back(pool.acquire());
            ++streams[leases.back().manager()];
        }
        QCOMPARE(pool.managerCount(), 3);
        for (const int count : std::as_const(streams))
            QCOMPARE(count, ManagerPool::streamsPerManager);
    }

    void aPlaceGivenBackIsUsedAgain()
    {
        ManagerPool pool;
        std::vector<ManagerPool::Lease> leases;
        for (int i = 0; i < ManagerPool::streamsPerManager; ++i)
            leases.push_back(pool.acquire());
        leases.pop_back();
        leases.push_back(pool.acquire());
        QCOMPARE(pool.managerCount(), 1);
    }

    void theFullestIsUsedFirst()
    {
        ManagerPool pool;
        std::vector<ManagerPool::Lease> first;
        for (int i = 0; i < ManagerPool::streamsPerManager; ++i)
            first.push_back(pool.acquire());
        const ManagerPool::Lease second = pool.acquire();
        first.pop_back();
        const ManagerPool::Lease third = pool.acquire();
        QCOMPARE(third.manager(), first.front().manager());
    }

    void idleManagersGoAndOneStays()
    {
        ManagerPool pool(20ms);
        {
            std::vector<ManagerPool::Lease> leases;
            for (int i = 0; i < 3 * ManagerPool::streamsPerManager; ++i)
                leases.push_back(pool.acquire());
        }
        QCOMPARE(pool.managerCount(), 3);
        QTRY_COMPARE(pool.managerCount(), 1);
        const ManagerPool::Lease lease = pool.acquire();
        QVERIFY(lease.manager());
        QCOMPARE(pool.managerCount(), 1);
    }

    void aManagerInUseStays()
    {
        ManagerPool pool(20ms);
        std::vector<ManagerPool::Lease> leases;
        for (int i = 0; i < ManagerPool::streamsPerManager; ++i)
            leases.push_back(pool.acquire());
        const ManagerPool::Lease kept = pool.acquire();
        QCOMPARE(pool.managerCount(), 2);
        const QPointer<QNetworkAccessManager> first = leases.front().manager();
        leases.clear();
        // The busy one is no spare: the idle one stays warm beside it.
        const QPointer<QNetworkAccessManager> busy = kept.manager();
        {
            std::vector<ManagerPool::Lease> more;
            for (int i = 0; i < 2 * ManagerPool::streamsPerManager; ++i)
                more.push_back(pool.acquire());
            QCOMPARE(pool.managerCount(), 3);
        }
        QTRY_COMPARE(pool.managerCount(), 2);
        QVERIFY(busy);
    }

    void aLeaseMoves()
    {
        ManagerPool pool;
        ManagerPool::Lease first = pool.acquire();
        QNetworkAccessManager *const manager = first.manager();
        ManagerPool::Lease second = std::move(first);
        QCOMPARE(second.manager(), manager);
        second = {};
        QVERIFY(!second.manager());
        QCOMPARE(pool.acquire().manager(), manager);
    }

    void aLeaseSurvivesItsPool()
    {
        auto pool = std::make_unique<ManagerPool>();
        const ManagerPool::Lease lease = pool->acquire();
        pool.reset();
        QVERIFY(!lease.manager());
    }

    void http2IsOff()
    {
        QNetworkRequest request;
        ManagerPool::prepare(request);
        QCOMPARE(request.attribute(QNetworkRequest::Http2AllowedAttribute), QVariant(false));
    }
};

QTEST_GUILESS_MAIN(TestManagerPool)
#include "tst_managerpool.moc"
