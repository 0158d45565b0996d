#include "app/window.h"
#include "windowstates.h"

#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize wide(1400, 900);
constexpr QSize narrow(400, 800);

QString described(const QQuickItem *item)
{
    return QLatin1String(item->metaObject()->className()) + u" \""_s +
           item->property("text").toString().simplified().left(40) + u'"';
}

//! Letters that stand out of the button or the field that they belong to, above or below.
void collectCut(const QQuickItem *item, const QQuickItem *control, QStringList &faults)
{
    constexpr qreal rounding = 1; // px
    if (!item->isVisible())
        return;
    if (item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextField"))
        control = item;
    const qreal letters = item->inherits("QQuickTextField")
                              ? item->property("contentHeight").toReal()
                          : item->inherits("QQuickText") ? item->property("contentHeight").toReal()
                                                         : 0;
    if (control && letters > control->height() + rounding)
        faults.append(u"%1 is %2 px high in %3 px"_s.arg(described(item))
                          .arg(letters)
                          .arg(control->height()));
    const QList<QQuickItem *> children = item->childItems();
    for (const QQuickItem *child : children)
        collectCut(child, control, faults);
}

QStringList cutIn(const WindowDriver &driver)
{
    QStringList faults;
    collectCut(driver.window->contentItem(), nullptr, faults);
    return faults;
}

void forEachState()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QSize>("size");
    const QStringList states = WindowInState::states();
    for (const QString &state : states) {
        QTest::addRow("%s, wide", qPrintable(state)) << state << wide;
        QTest::addRow("%s, narrow", qPrintable(state)) << state << narrow;
    }
}

} // namespace

//! The window as a person sets it: letters of twice the size, more contrast.
class TestAppearance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void lettersOfTwiceTheSizeFit_data() { forEachState(); }
    void lettersOfTwiceTheSizeFit()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        WindowInState window(state, size, {}, 200);
        QTRY_COMPARE(window.driver.layoutFaults().join(u'\n'), QString());
        QTRY_COMPARE(cutIn(window.driver).join(u'\n'), QString());
        window.driver.picture(
            u"200-percent-%1-%2"_s.arg(state, size == wide ? u"wide"_s : u"narrow"_s));
        QCOMPARE(window.driver.warnings, QStringList());
    }

    void contrastIsChosen_data()
    {
        QTest::addColumn<QString>("state");
        for (const QString &state : {u"conversation"_s, u"answering"_s, u"failed"_s, u"settings"_s,
                                     u"menu"_s, u"offline"_s})
            QTest::newRow(qPrintable(state)) << state;
    }
    void contrastIsChosen()
    {
        QFETCH(QString, state);
        WindowInState window(state, {1180, 800});
        const QImage plain = window.driver.window->grabWindow();
        window.driver.preferences.setContrast(2);
        QTRY_VERIFY(window.driver.window->grabWindow() != plain);
        window.driver.pictures(u"high-contrast-"_s + state);
        window.driver.preferences.setContrast(0);
        QTRY_COMPARE(window.driver.window->property("color").value<QColor>(), QColor(Qt::white));
        QCOMPARE(window.driver.warnings, QStringList());
    }
};

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
