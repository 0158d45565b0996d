#include "stage.h"

#include "findings.h"
#include "waiting.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <csignal>
#include <unistd.h>

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Socket
{
    quint16 local = 0;
    quint16 remote = 0;
};

//! The connected TCP sockets of this machine by inode.
QHash<QString, Socket> connectedSockets()
{
    QHash<QString, Socket> sockets;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        static const QRegularExpression spaces(u"\\s+"_s);
        const QStringList lines = QString::fromLatin1(file.readAll()).split(u'\n');
        for (const QString &line : lines.mid(1)) {
            const QStringList fields = line.trimmed().split(spaces);
            constexpr int inode = 9;
            if (fields.size() <= inode || fields[3] == u"0A") // one that listens
                continue;
            const auto port = [&fields](int field) {
                return fields[field].section(u':', 1).toUShort(nullptr, 16);
            };
            sockets.insert(fields[inode], {port(1), port(2)});
        }
    }
    return sockets;
}

} // namespace

Stage::~Stage()
{
    if (m_server)
        pauseServer(false);
}

bool Stage::startServer(Findings &findings)
{
    m_server = std::make_unique<test::ServerProcess>(u"runnel-server"_s);
    m_server->process().setStandardErrorFile(m_folder.filePath(u"server.log"_s), QIODevice::Append);
    QElapsedTimer clock;
    clock.start();
    const bool started = m_server->start(
        {}, {u"PORT=0"_s, u"GOOGLE_API_KEY=any"_s, u"DATABASE_URL=sqlite:"_s + databaseFile(),
             u"GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:%1"_s.arg(m_upstream.port()),
             // So few that what a round leaves behind goes from memory in the next.
             u"MAX_SESSIONS=4"_s, u"LOG_LEVEL=info"_s});
    m_starts.append(clock.elapsed());
    m_serverPort = started ? quint16(m_server->url().port()) : 0;
    atFirst.reset();
    atLast.reset();
    roundsServed = 0;
    return findings.expect(started,
                           u"the server does not start, see %1/server.log"_s.arg(folder()));
}

bool Stage::startEmulator(Findings &findings)
{
    if (m_upstream.port() == 0 && !findings.expect(m_upstream.listen(), u"a proxy cannot listen"_s))
        return false;
    m_emulator = std::make_unique<test::ServerProcess>(u"runnel-emulator"_s);
    const bool started =
        m_emulator->start({u"--port=0"_s, u"--scenario"_s, QStringLiteral(RUNNEL_FAULTS_SCENARIO)});
    m_upstream.setTarget(started ? quint16(m_emulator->url().port()) : 0);
    return findings.expect(started, u"the emulator does not start: "_s +
                                        m_emulator->standardError().left(500));
}

void Stage::killServer()
{
    m_server.reset();
    m_serverPort = 0;
}

void Stage::killEmulator()
{
    m_emulator.reset();
    m_upstream.setTarget(0);
}

bool Stage::endServer()
{
    m_server->process().terminate();
    const bool ended =
        waitUntil([this] { return m_server->process().state() == QProcess::NotRunning; }, 15s);
    const bool well = ended && m_server->process().exitStatus() == QProcess::NormalExit &&
                      m_server->process().exitCode() == 0;
    killServer();
    return well;
}

void Stage::pauseServer(bool pauses)
{
    ::kill(pid_t(m_server->process().processId()), pauses ? SIGSTOP : SIGCONT);
}

Footprint Stage::footprint() const
{
    Footprint footprint;
    const QString process = u"/proc/%1"_s.arg(m_server->process().processId());
    QFile memory(process + u"/statm"_s);
    if (memory.open(QIODevice::ReadOnly)) {
        const qint64 pages = QString::fromLatin1(memory.readAll()).section(u' ', 1, 1).toLongLong();
        footprint.residentKilobytes = pages * ::sysconf(_SC_PAGESIZE) / 1024;
    }
    const QHash<QString, Socket> sockets = connectedSockets();
    const QDir descriptors(process + u"/fd"_s);
    for (const QString &name :
         descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
        const QByteArray link = QFile::encodeName(descriptors.filePath(name));
        char target[256] = {};
        if (::readlink(link.constData(), target, sizeof target - 1) < 0)
            continue;
        const QString inode = QString::fromLocal8Bit(target).section(u'[', 1).chopped(1);
        const auto socket =
            QByteArray(target).startsWith("socket:") ? sockets.constFind(inode) : sockets.cend();
        if (socket != sockets.cend() && socket->remote == m_upstream.port())
            continue;
        if (socket != sockets.cend() && socket->local == m_serverPort)
            ++footprint.clientSockets;
        ++footprint.descriptors;
    }
    return footprint;
}

} // namespace runnel::faults
