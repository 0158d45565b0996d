#include "llm/modelprices.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

//! What tokens cost.
class TestModelPrices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usageHasItsCost_data()
    {
        QTest::addColumn<QString>("prices");
        QTest::addColumn<Usage>("usage");
        QTest::addColumn<double>("dollars"); // below 0: nothing can be said
        QTest::newRow("a prompt and an answer")
            << u"g=1.5/7.5"_s << Usage{1000, -1, -1, 200, 1200} << 0.003;
        QTest::newRow("thoughts cost as the answer")
            << u"g=1.5/7.5"_s << Usage{1000, 0, 200, 0, 1200} << 0.003;
        QTest::newRow("the cached part is cheaper")
            << u"g=1.5/7.5/0.15"_s << Usage{1000, 1000, 0, 0, 1000} << 0.00015;
        QTest::newRow("the cached part costs as the rest where nothing is said")
            << u"g=1.5/7.5"_s << Usage{1000, 1000, 0, 0, 1000} << 0.0015;
        QTest::newRow("more is said to be cached than was sent")
            << u"g=1/1/1"_s << Usage{1000, 5000, 0, 0, 1000} << 0.001;
        QTest::newRow("for nothing") << u"g=0/0"_s << Usage{1000, 0, 0, 200, 1200} << 0.0;
        QTest::newRow("one of several, with blanks")
            << u" h = 9 / 9 , g = 2/4 "_s << Usage{1000, 0, 0, 500, 1500} << 0.004;
        QTest::newRow("another model") << u"h=1/1"_s << Usage{1000, 0, 0, 200, 1200} << -1.0;
        QTest::newRow("no prices") << QString() << Usage{1000, 0, 0, 200, 1200} << -1.0;
        QTest::newRow("nothing was counted") << u"g=1/1"_s << Usage{} << -1.0;
    }
    void usageHasItsCost()
    {
        QFETCH(const QString, prices);
        QFETCH(const Usage, usage);
        QFETCH(const double, dollars);
        const auto parsed = ModelPrices::parse(prices);
        QVERIFY(bool(parsed));
        const std::optional<double> cost = parsed->costOf(u"g"_s, usage);
        QCOMPARE(cost.has_value(), dollars >= 0);
        if (cost)
            QVERIFY2(qAbs(*cost - dollars) < 1e-12, qPrintable(QString::number(*cost)));
    }

    void wrongEntryIsNamed()
    {
        for (const QString &entry : {u"g"_s, u"=1/2"_s, u"g="_s, u"g=1"_s, u"g=1/"_s, u"g=1/x"_s,
                                     u"g=inf/1"_s, u"g=-1/1"_s, u"g=1/2/3/4"_s, u"a/b=1/2"_s}) {
            const auto parsed = ModelPrices::parse(u"h=1/2,"_s + entry);
            QVERIFY2(!parsed, qPrintable(entry));
            QCOMPARE(parsed.error(), entry);
        }
    }
};

QTEST_GUILESS_MAIN(TestModelPrices)
#include "tst_modelprices.moc"
