#include "qml/icons/iconprovider.h"

#include <QDir>
#include <QTest>

#include <cstdlib>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyIconIsDrawnInItsColour_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(folder()).entryList({u"*.svg"_s});
        QVERIFY(!files.isEmpty());
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyIconIsDrawnInItsColour()
    {
        QFETCH(QString, name);
        IconProvider provider;
        QSize size;
        const QImage image = provider.requestImage(name + u"/ff0f766e"_s, &size, QSize(36, 36));
        QCOMPARE(image.size(), QSize(36, 36));
        QCOMPARE(size, QSize(36, 36));
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() < 250)
                    continue;
                ++inked;
                // Premultiplied edges round by one.
                QVERIFY(std::abs(pixel.red() - 0x0f) <= 2 && std::abs(pixel.green() - 0x76) <= 2 &&
                        std::abs(pixel.blue() - 0x6e) <= 2);
            }
        }
        QVERIFY2(inked > 15, qPrintable(QString::number(inked)));
    }

    //! The same drawings as the page's, where its libraries are there to compare.
    void iconsAreTheOnesOfThePage()
    {
        const QDir lucide(
            QStringLiteral(RUNNEL_BINARY_DIR "/frontend/npm/node_modules/lucide-static/icons"));
        if (!lucide.exists())
            QSKIP("The page's libraries were not fetched");
        for (const QString &name : QDir(folder()).entryList({u"*.svg"_s})) {
            if (name == u"runnel.svg")
                continue;
            QFile ours(folder() + u'/' + name), theirs(lucide.filePath(name));
            QVERIFY(ours.open(QIODevice::ReadOnly));
            QVERIFY2(theirs.open(QIODevice::ReadOnly), qPrintable(name));
            QCOMPARE(drawing(ours.readAll()), drawing(theirs.readAll()));
        }
    }

private:
    static QString folder() { return QStringLiteral(RUNNEL_SOURCE_DIR "/qml/icons"); }
    //! Without the comment that names the version.
    static QByteArray drawing(const QByteArray &svg) { return svg.mid(svg.indexOf("<svg")); }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
