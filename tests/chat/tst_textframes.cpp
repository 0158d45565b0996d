#include "chat/textframes.h"

#include <QBuffer>
#include <QStringDecoder>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

struct Frame
{
    quint8 kind = 0; //!< With the bit that says whether it is the last.
    QByteArray payload;
};

//! As RFC 6455, 5.2, says; an empty list when it is not that.
QList<Frame> parse(const QByteArray &bytes)
{
    QList<Frame> frames;
    qsizetype at = 0;
    while (at + 2 <= bytes.size()) {
        const auto kind = quint8(bytes[at]);
        qsizetype size = quint8(bytes[at + 1]);
        at += 2;
        if (size == 126) {
            size = quint8(bytes[at]) << 8 | quint8(bytes[at + 1]);
            at += 2;
        }
        frames.append({kind, bytes.mid(at, size)});
        at += size;
    }
    return at == bytes.size() ? frames : QList<Frame>();
}

} // namespace

class TestTextFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsCutBetweenItsCharacters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("frames");
        QTest::newRow("nothing") << QString() << 1;
        QTest::newRow("the longest with its size in one byte") << u"x"_s.repeated(125) << 1;
        QTest::newRow("the shortest with its size in two") << u"x"_s.repeated(126) << 1;
        QTest::newRow("one piece") << u"x"_s.repeated(16 * 1024) << 1;
        QTest::newRow("one byte more") << u"x"_s.repeated(16 * 1024 + 1) << 2;
        for (int before = 0; before < 4; ++before) {
            const QString start = u"x"_s.repeated(before);
            QTest::addRow("two bytes a character, after %d", before)
                << start + u"ü"_s.repeated(16 * 1024) << 3 - int(before == 0);
            QTest::addRow("three bytes a character, after %d", before)
                << start + u"水"_s.repeated(16 * 1024) << 4;
            QTest::addRow("four bytes a character, after %d", before)
                << start + u"🌊"_s.repeated(16 * 1024) << 5 - int(before == 0);
        }
    }
    void textIsCutBetweenItsCharacters()
    {
        QFETCH(QString, text);
        QFETCH(int, frames);
        QBuffer socket;
        QVERIFY(socket.open(QIODevice::WriteOnly));
        writeText(socket, text.toUtf8());
        const QList<Frame> written = parse(socket.data());
        QCOMPARE(written.size(), frames);
        QString read;
        for (qsizetype i = 0; i < written.size(); ++i) {
            const bool isLast = i + 1 == written.size();
            QCOMPARE(int(written[i].kind), (i == 0 ? 1 : 0) | (isLast ? 0x80 : 0));
            QVERIFY(written[i].payload.size() <= 16 * 1024);
            QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            read += utf8(written[i].payload);
            QVERIFY2(!utf8.hasError(), "each piece is UTF-8 by itself");
        }
        QVERIFY(read == text);
    }
};

QTEST_APPLESS_MAIN(TestTextFrames)
#include "tst_textframes.moc"
