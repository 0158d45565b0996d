#include "models/serverquestion.h"

#include "models/hostwords.h"

#include <utility>

namespace runnel {

ServerQuestion::ServerQuestion(std::chrono::milliseconds pause, QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ServerQuestion::changed);
}

bool ServerQuestion::ask(const QUrl &server, bool withText, std::function<void()> agreed)
{
    if (isAsking())
        return false;
    m_server = server;
    m_withText = withText;
    m_agreed = std::move(agreed);
    m_pause.start();
    Q_EMIT changed();
    return true;
}

QString ServerQuestion::host() const
{
    return words::host(m_server);
}

QString ServerQuestion::hostAsWritten() const
{
    return words::hostAsWritten(m_server);
}

QString ServerQuestion::beforeHost() const
{
    return words::addressParts(m_server).before;
}

QString ServerQuestion::afterHost() const
{
    return words::addressParts(m_server).after;
}

void ServerQuestion::agree()
{
    if (!isAnswerable())
        return;
    const auto agreed = std::exchange(m_agreed, {});
    cancel();
    agreed();
}

void ServerQuestion::cancel()
{
    if (!isAsking())
        return;
    m_server.clear();
    m_agreed = {};
    m_pause.stop();
    Q_EMIT changed();
}

} // namespace runnel
