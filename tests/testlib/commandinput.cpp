#include "testlib/commandinput.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

namespace runnel::test {

void answerLine(const QString &line)
{
    std::puts(qPrintable(QString(line).replace(u'\n', u' ')));
    std::fflush(stdout);
}

CommandInput::CommandInput(Obey obey, QObject *parent)
    : QObject(parent)
    , m_obey(std::move(obey))
    , m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &CommandInput::read);
}

void CommandInput::read()
{
    char bytes[4096];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) {
        m_notifier.setEnabled(false);
        QCoreApplication::quit();
        return;
    }
    m_input.append(bytes, count);
    if (m_isObeying)
        return;
    m_isObeying = true;
    for (qsizetype end = m_input.indexOf('\n'); end >= 0; end = m_input.indexOf('\n')) {
        const QString line = QString::fromUtf8(m_input.first(end));
        m_input.remove(0, end + 1);
        answerLine(m_obey(line.section(u' ', 0, 0), line.section(u' ', 1)));
    }
    m_isObeying = false;
}

} // namespace runnel::test
