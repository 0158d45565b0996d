#include "app/window.h"
#include "gallery.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

//! Every component has a page, which shows all of it without a complaint.
class TestGallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareQuick();
        m_gallery = std::make_unique<Gallery>();
        QVERIFY(QDir().mkpath(folder()));
    }
    void cleanupTestCase() { m_gallery.reset(); }

    void everyComponentHasAPage()
    {
        const QStringList components = Gallery::components();
        QVERIFY(components.contains(u"Composer"_s));
        QCOMPARE(Gallery::componentsWithPage(), components);
    }

    void everyComponentHasATest()
    {
        const QDir tests(QStringLiteral(RUNNEL_SOURCE_DIR "/tests/desktop/quick"));
        QStringList tested = tests.entryList({u"tst_*.qml"_s}, QDir::Files, QDir::Name);
        for (QString &name : tested)
            name = name.sliced(4).chopped(4);
        tested.sort();
        QCOMPARE(tested, Gallery::components());
    }

    void pageShowsItsComponent_data()
    {
        QTest::addColumn<QString>("component");
        for (const QString &name : Gallery::componentsWithPage())
            QTest::newRow(qPrintable(name)) << name;
    }
    void pageShowsItsComponent()
    {
        QFETCH(QString, component);
        for (const bool dark : {true, false}) {
            QVERIFY2(m_gallery->show(component, {.dark = dark}),
                     qPrintable(m_gallery->takeWarnings().join(u'\n')));
            const QImage picture = m_gallery->picture();
            QVERIFY(!picture.isNull());
            QVERIFY(picture.save(folder() + u'/' + component +
                                 (dark ? u"-dark.png"_s : u"-light.png"_s)));
            QVERIFY(m_gallery->shows(component) || !isTypeOfItsOwn(component));
        }
        QCOMPARE(m_gallery->layoutFaults().join(u'\n'), QString());
        QCOMPARE(m_gallery->takeWarnings().join(u'\n'), QString());
    }

    //! Nothing is cut or reaches out with the largest letters in a narrow window.
    void pageBearsLargeTextInANarrowWindow_data() { pageShowsItsComponent_data(); }
    void pageBearsLargeTextInANarrowWindow()
    {
        QFETCH(QString, component);
        QVERIFY2(m_gallery->show(component, {.textSize = 200, .width = 420}),
                 qPrintable(m_gallery->takeWarnings().join(u'\n')));
        const QImage picture = m_gallery->picture();
        QVERIFY(!picture.isNull());
        QVERIFY(picture.save(folder() + u'/' + component + u"-narrow.png"_s));
        QCOMPARE(m_gallery->layoutFaults().join(u'\n'), QString());
        QCOMPARE(m_gallery->takeWarnings().join(u'\n'), QString());
    }

private:
    //! Of a component that adds nothing to what it is made of Qt makes no type.
    static bool isTypeOfItsOwn(const QString &component)
    {
        static const QRegularExpression addition(
            u"^    ((required|readonly|default) )*(property|signal|function) "_s,
            QRegularExpression::MultilineOption);
        QFile file(QStringLiteral(RUNNEL_SOURCE_DIR "/qml/components/") + component + u".qml"_s);
        return file.open(QIODevice::ReadOnly) &&
               QString::fromUtf8(file.readAll()).contains(addition);
    }
    static QString folder() { return QStringLiteral(RUNNEL_BINARY_DIR "/screenshots/gallery"); }

    std::unique_ptr<Gallery> m_gallery;
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
