#include "cachecontent.h"
#include "models/keptconversation.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Nobody listens there.
const QString nowhere = u"http://127.0.0.1:1"_s;
//! Far more than it takes: bench/window measures, this says that nothing waits for what is not
//! there.
constexpr auto longest = 20s;

struct FirstFrame
{
    std::chrono::milliseconds after{0}; //!< The start of the process.
    int conversations = -1;
};

} // namespace

//! The real program, without its server and without a keychain, in a home of its own.
class TestFirstFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home = std::make_unique<QTemporaryDir>();
        const QString data = m_home->filePath(u"data/runnel-desktop"_s);
        QVERIFY(QDir().mkpath(data));
        ConversationCache cache({data + u"/conversations.db"_s, {}});
        cache.replaceConversations(nowhere, lines(1000));
        QVERIFY(cache.flush(longest));
    }

    void hasWhatIsKept()
    {
        const FirstFrame frame = firstFrame({}, 1000);
        QCOMPARE(frame.conversations, 1000);
        QVERIFY2(frame.after < longest, qPrintable(QString::number(frame.after.count())));
    }

    void hasNothingWhereNothingIsToBeKept_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("settings");
        QTest::newRow("by the option") << QStringList{u"--no-cache"_s} << QByteArray();
        QTest::newRow("by the settings")
            << QStringList() << QByteArray("[General]\nkeep_conversations=false\n");
    }
    void hasNothingWhereNothingIsToBeKept()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, settings);
        const QString folder = m_home->filePath(u"config/runnel-desktop"_s);
        QVERIFY(QDir().mkpath(folder));
        writeContent(folder + u"/desktop.ini"_s, settings);
        QCOMPARE(firstFrame(arguments, 0).conversations, 0);
        QVERIFY(QFile::remove(folder + u"/desktop.ini"_s));
    }

private:
    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, m_home->path());
        environment.insert(u"XDG_DATA_HOME"_s, m_home->filePath(u"data"_s));
        environment.insert(u"XDG_CONFIG_HOME"_s, m_home->filePath(u"config"_s));
        environment.insert(u"XDG_CACHE_HOME"_s, m_home->filePath(u"cache"_s));
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_home->path());
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/runnel"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"QT_QUICK_BACKEND"_s, u"software"_s);
        environment.insert(u"QT_LOGGING_RULES"_s, u"runnel.start.debug=true"_s);
        environment.remove(u"DISPLAY"_s);
        return environment;
    }

    [[nodiscard]] FirstFrame firstFrame(const QStringList &arguments, int conversations) const
    {
        const QRegularExpression said(
            u"First frame at (\\d+) ns with (%1) conversations"_s.arg(conversations));
        QProcess window;
        window.setProcessEnvironment(environment());
        const auto begun = std::chrono::steady_clock::now().time_since_epoch();
        window.start(QStringLiteral(RUNNEL_BINARY_DIR) + u"/bin/runnel-desktop"_s,
                     QStringList{u"--server"_s, nowhere} + arguments);
        QString all;
        QRegularExpressionMatch found;
        (void)QTest::qWaitFor(
            [&] {
                all += QString::fromUtf8(window.readAllStandardError());
                found = said.match(all);
                return found.hasMatch() || window.state() == QProcess::NotRunning;
            },
            int(std::chrono::milliseconds(longest).count()));
        window.kill();
        window.waitForFinished();
        if (!found.hasMatch()) {
            qWarning().noquote() << "It said:" << all;
            return {};
        }
        const std::chrono::nanoseconds at(found.captured(1).toLongLong());
        return {std::chrono::duration_cast<std::chrono::milliseconds>(at - begun),
                found.captured(2).toInt()};
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_GUILESS_MAIN(TestFirstFrame)
#include "tst_firstframe.moc"
