#include "models/linkguard.h"

#include "models/hostwords.h"
#include "models/richtext.h"

#include <QClipboard>
#include <QGuiApplication>

#include <utility>

namespace runnel {

namespace {

bool isWeb(const QUrl &url)
{
    return url.scheme() == u"http" || url.scheme() == u"https";
}

} // namespace

LinkGuard::LinkGuard(Preferences &preferences, Opener opener, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_opener(std::move(opener))
{}

bool LinkGuard::isMail() const
{
    return isAsking() && !isWeb(m_url);
}

QString LinkGuard::beforeHost() const
{
    return words::addressParts(m_url).before;
}

QString LinkGuard::host() const
{
    return words::addressParts(m_url).lead;
}

QString LinkGuard::afterHost() const
{
    return words::addressParts(m_url).after;
}

QString LinkGuard::hostAsWritten() const
{
    return words::hostAsWritten(m_url);
}

QString LinkGuard::hostToAllow() const
{
    return isWeb(m_url) ? m_url.host(QUrl::FullyEncoded) : QString();
}

void LinkGuard::follow(const QString &link)
{
    if (link.size() > maxLink) {
        Q_EMIT told(tr("The link was not opened: it has more than %1 characters.").arg(maxLink));
        return;
    }
    const QUrl url(link.trimmed());
    if (!isAllowedLink(link.trimmed()) || !url.isValid() || (isWeb(url) && url.host().isEmpty())) {
        Q_EMIT told(tr("The link was not opened: it is no address of the web or of mail."));
        return;
    }
    if (isWeb(url) && m_preferences.opensLinksTo(url.host(QUrl::FullyEncoded))) {
        open(url);
        return;
    }
    m_url = url;
    Q_EMIT changed();
}

void LinkGuard::openIt(bool always)
{
    if (!isAsking())
        return;
    if (always && isWeb(m_url))
        m_preferences.allowLinksTo(hostToAllow());
    const QUrl url = m_url;
    cancel();
    open(url);
}

void LinkGuard::copyIt()
{
    if (!isAsking())
        return;
    QGuiApplication::clipboard()->setText(m_url.toString(QUrl::FullyEncoded));
    cancel();
    Q_EMIT told(tr("The address was copied."));
}

void LinkGuard::cancel()
{
    if (!isAsking())
        return;
    m_url.clear();
    Q_EMIT changed();
}

void LinkGuard::open(const QUrl &url)
{
    if (!m_opener(url))
        Q_EMIT told(
            tr("No program of this computer opened %1.").arg(words::addressParts(url).lead));
}

} // namespace runnel
