#include "testlib/serverprocess.h"

#include <QDeadlineTimer>
#include <QProcessEnvironment>
#include <QRegularExpression>

namespace runnel::test {

ServerProcess::ServerProcess(const QString &program)
{
    m_process.setProgram(QStringLiteral(RUNNEL_TEST_BIN "/") + program);
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

void ServerProcess::prepare(const QStringList &arguments, const QStringList &environment)
{
    // Nothing of the environment that the tests run in, but what a program needs to run at all.
    QProcessEnvironment clean;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "ASAN_OPTIONS",
                             "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
        const QString key = QString::fromLatin1(name);
        if (system.contains(key))
            clean.insert(key, system.value(key));
    }
    for (const QString &entry : environment)
        clean.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    m_process.setProcessEnvironment(clean);
    m_process.setWorkingDirectory(m_dir.path());
    m_process.setArguments(arguments);
    m_process.start();
}

bool ServerProcess::start(const QStringList &arguments, const QStringList &environment)
{
    prepare(arguments, environment);
    static const QRegularExpression listening(QStringLiteral("^Listening on (\\S+)\n"));
    const QDeadlineTimer deadline(20'000);
    while (!deadline.hasExpired()) {
        const QRegularExpressionMatch match = listening.match(standardOutput());
        if (match.hasMatch()) {
            m_url = QUrl(match.captured(1));
            return true;
        }
        if (m_process.state() == QProcess::NotRunning)
            return false;
        m_process.waitForReadyRead(int(std::min<qint64>(deadline.remainingTime(), 100)));
    }
    return false;
}

int ServerProcess::run(const QStringList &arguments, const QStringList &environment)
{
    prepare(arguments, environment);
    return m_process.waitForFinished(20'000) && m_process.exitStatus() == QProcess::NormalExit
               ? m_process.exitCode()
               : -1;
}

int ServerProcess::terminate()
{
    m_process.terminate();
    return m_process.waitForFinished(15'000) && m_process.exitStatus() == QProcess::NormalExit
               ? m_process.exitCode()
               : -1;
}

QUrl ServerProcess::chatUrl(const QString &session) const
{
    QUrl url = m_url;
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/ws/chat/") + session);
    return url;
}

QString ServerProcess::standardOutput()
{
    m_output += m_process.readAllStandardOutput();
    return QString::fromUtf8(m_output);
}

QString ServerProcess::standardError()
{
    m_errors += m_process.readAllStandardError();
    return QString::fromUtf8(m_errors);
}

} // namespace runnel::test
