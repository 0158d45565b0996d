#include "app/translation.h"
#include "app/window.h"
#include "conversationframes.h"
#include "windowstates.h"

#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize wide(1180, 800);
constexpr QSize narrow(360, 740);

QString arabicAnswer()
{
    return u"## ما هو النهر؟\n\n**النهر** مجرى مائي طبيعي ينبع من الجبال ويصب في البحر. أطول "
           "الأنهار هو **النيل**، وطوله 6650 كيلومترًا، ويمر بإحدى عشرة دولة. اقرأ المزيد في [هذه "
           "الصفحة](https://example.org).\n\n"
           "1. ينبع من بحيرة فيكتوريا.\n2. يلتقي بالنيل الأزرق:\n   - في الخرطوم،\n   - ثم يتجه "
           "شمالًا.\n3. 6650\n\n"
           "> لا ينزل أحد النهر نفسه مرتين.\n\n"
           "| النهر | الطول | القارة |\n|:--|--:|:--|\n| النيل | 6650 | أفريقيا |\n"
           "| الأمازون | 6400 | أمريكا الجنوبية |\n\n"
           "```python\n# أطول الأنهار\nrivers = {\"Nile\": 6650}\n```\n\n"
           "This paragraph is English.\n"_s;
}

//! The other way round, as long as it lives.
class FromTheRight
{
public:
    FromTheRight() { QGuiApplication::setLayoutDirection(Qt::RightToLeft); }
    ~FromTheRight() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
    Q_DISABLE_COPY_MOVE(FromTheRight)
};

using Places = QHash<const QQuickItem *, QRectF>;

//! Of what stands as the window does: not what is in a text, nor in a block of an answer, which
//! stand as they are written.
void collect(const QQuickItem *item, Places &out)
{
    if (!item->isVisible())
        return;
    const QString type =
        QString::fromLatin1(item->metaObject()->className()).section(u"_QML"_s, 0, 0);
    // What a view moves has no place of its own; an item that is not drawn needs none.
    const bool isMoved = item->parentItem() && item->parentItem()->inherits("QQuickFlickable");
    if (item->width() > 0 && item->height() > 0 && item->opacity() > 0 && !isMoved)
        out.insert(item, item->mapRectToScene(QRectF(0, 0, item->width(), item->height())));
    const bool isText = item->inherits("QQuickTextInput") || item->inherits("QQuickTextEdit");
    if (isText || type == u"AnswerBlock")
        return;
    const QList<QQuickItem *> children = item->childItems();
    for (const QQuickItem *child : children)
        collect(child, out);
}

Places placesIn(const WindowDriver &driver)
{
    Places out;
    collect(driver.window->contentItem(), out);
    return out;
}

//! What of \a mirrored does not stand as \a straight does, seen in a mirror.
QStringList faults(const Places &straight, const Places &mirrored, qreal width)
{
    constexpr qreal rounding = 1.5; // px
    QStringList faults;
    for (auto it = mirrored.cbegin(); it != mirrored.cend(); ++it) {
        if (!straight.contains(it.key()))
            continue;
        const qreal wanted = width - straight[it.key()].right();
        if (std::abs(it->left() - wanted) > rounding)
            faults.append(u"%1 \"%2\" stands at %3, not %4"_s
                              .arg(QLatin1String(it.key()->metaObject()->className()),
                                   it.key()->property("text").toString().simplified().left(40))
                              .arg(it->left())
                              .arg(wanted));
    }
    return faults;
}

QQuickItem *blockOf(const WindowDriver &driver, const QString &beginning)
{
    const QList<QQuickItem *> blocks = driver.findAll(u"AnswerBlock"_s);
    for (QQuickItem *block : blocks) {
        if (block->property("text").toString().startsWith(beginning))
            return block;
    }
    qFatal("There is no block %s", qPrintable(beginning));
}

//! The first item of that type below \a item.
QQuickItem *within(QQuickItem *item, const char *type)
{
    if (item->inherits(type))
        return item;
    const QList<QQuickItem *> children = item->childItems();
    for (QQuickItem *child : children) {
        if (QQuickItem *const found = within(child, type))
            return found;
    }
    return nullptr;
}

//! Where a position of a TextEdit is drawn, from its left side.
qreal drawnAt(QQuickItem *edit, int position)
{
    QRectF rectangle;
    QMetaObject::invokeMethod(edit, "positionToRectangle", Q_RETURN_ARG(QRectF, rectangle),
                              Q_ARG(int, position));
    return rectangle.x();
}

} // namespace

//! The window of somebody who writes from the right, and texts of either kind in either window.
class TestMirroring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void everythingStandsTheOtherWayRound_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        const QStringList states = WindowInState::states();
        for (const QString &state : states) {
            if (state == u"menu") // It is placed when it opens.
                continue;
            QTest::addRow("%s, wide", qPrintable(state)) << state << wide;
            QTest::addRow("%s, narrow", qPrintable(state)) << state << narrow;
        }
    }
    void everythingStandsTheOtherWayRound()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        WindowInState window(state, size);
        Places straight;
        const auto isSettled = [&] {
            (void)window.driver.window->grabWindow(); // What is drawn has its place.
            const Places before = std::exchange(straight, placesIn(window.driver));
            return before == straight;
        };
        QTRY_VERIFY(isSettled());
        const FromTheRight direction;
        const auto faultsNow = [&] {
            (void)window.driver.window->grabWindow();
            const Places mirrored = placesIn(window.driver);
            return mirrored.size() < straight.size() / 2 ? QStringList{u"Much is gone"_s}
                                                         : faults(straight, mirrored, size.width());
        };
        QTRY_COMPARE(faultsNow().join(u'\n'), QString());
        window.driver.picture(u"mirrored-%1-%2"_s.arg(state).arg(size.width()));
        QCOMPARE(window.driver.warnings, QStringList());
    }

    void aTextHasItsOwnDirection_data()
    {
        QTest::addColumn<bool>("fromTheRight");
        QTest::newRow("in a window from the left") << false;
        QTest::newRow("in a window from the right") << true;
    }
    void aTextHasItsOwnDirection()
    {
        QFETCH(bool, fromTheRight);
        const auto direction =
            fromTheRight ? std::make_unique<FromTheRight>() : std::unique_ptr<FromTheRight>();
        WindowInState window(u"conversation"_s, {1180, 1400}, arabicAnswer());
        QTRY_VERIFY(window.driver.findAll(u"AnswerBlock"_s).size() >= 10);
        const auto sides = [](QQuickItem *block) {
            QQuickItem *const edit = within(block, "QQuickTextEdit");
            const qreal x = edit->mapToItem(block, {0, 0}).x();
            return std::pair(x, block->width() - x - edit->width());
        };
        QQuickItem *const arabic = blockOf(window.driver, u"النهر"_s);
        QCOMPARE(sides(arabic).second, 0.0);
        QVERIFY(drawnAt(within(arabic, "QQuickTextEdit"), 0) >
                within(arabic, "QQuickTextEdit")->width() - 20);
        QQuickItem *const english = blockOf(window.driver, u"This paragraph"_s);
        QCOMPARE(sides(english).first, 0.0);
        QVERIFY(drawnAt(within(english, "QQuickTextEdit"), 0) < 20);
        // An item's number, and what has no letter stands as the items before it do.
        for (const QString &beginning : {u"ينبع"_s, u"6650"_s}) {
            QQuickItem *const item = blockOf(window.driver, beginning);
            QQuickItem *const marker = within(item, "QQuickText");
            QVERIFY(marker->x() > item->width() - 30);
            QVERIFY(sides(item).second > 20);
            QVERIFY(drawnAt(within(item, "QQuickTextEdit"), 0) >
                    within(item, "QQuickTextEdit")->width() - 60);
        }
        // Code begins at the left, whatever its first letters are.
        QQuickItem *const code = within(blockOf(window.driver, u"# "_s), "QQuickTextEdit");
        QVERIFY2(drawnAt(code, 0) < 30, qPrintable(QString::number(drawnAt(code, 0))));
        QQuickItem *const grid = within(blockOf(window.driver, u"النهر\t"_s), "QQuickGridLayout");
        QVERIFY(grid->childItems().at(0)->x() > grid->childItems().at(1)->x());
        window.driver.pictures(fromTheRight ? u"arabic-in-mirrored"_s : u"arabic-in-straight"_s);
        QCOMPARE(window.driver.warnings, QStringList());
    }

    void readmePicture()
    {
        const Translation translation(u"ar"_s);
        WindowDriver driver(conversation({user(u"m1"_s, {}, u"ما هو أطول نهر في العالم؟"_s),
                                          answer(u"m2"_s, u"m1"_s, arabicAnswer())}),
                            {1280, 900});
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_VERIFY(list->property("atYEnd").toBool());
        QMetaObject::invokeMethod(list, "toStart");
        QTest::mouseMove(driver.window, {640, 898});
        driver.picture(u"readme-rtl"_s);
    }

    void pictures_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("rtl") << QSize(1180, 1300);
        QTest::newRow("rtl-narrow") << narrow;
    }
    //! As with `--language ar`: dates are Arabic, the words of the window are not there yet.
    void pictures()
    {
        QFETCH(QSize, size);
        const Translation translation(u"ar"_s);
        WindowInState window(u"conversation"_s, size, arabicAnswer());
        QTRY_VERIFY(!window.driver.findAll(u"AnswerBlock"_s).isEmpty());
        // The order of a row is not looked at here: it is the other way round.
        QTRY_COMPARE(
            window.driver.layoutFaults().filter(QRegularExpression(u"^(?!.* stands on )"_s)),
            QStringList());
        window.driver.pictures(QLatin1String(QTest::currentDataTag()));
    }
};

QTEST_MAIN(TestMirroring)
#include "tst_mirroring.moc"
