#include "models/hostwords.h"

#include <QCoreApplication>

namespace runnel::words {

using namespace Qt::StringLiterals;

QString host(const QUrl &url)
{
    const QString name = url.host(QUrl::FullyEncoded);
    const QString shown = name.contains(u':') ? u'[' + name + u']' : name;
    return url.port() == -1 ? shown : u"%1:%2"_s.arg(shown).arg(url.port());
}

QString hostAsWritten(const QUrl &url)
{
    const QString asked = url.host(QUrl::FullyEncoded);
    if (!asked.contains(u"xn--"))
        return {};
    // Also the names that Qt would rather not show as they are written.
    const QString written = QUrl::fromAce(asked.toLatin1(), QUrl::IgnoreIDNWhitelist);
    if (written == asked)
        return {};
    return QCoreApplication::translate("runnel::hostwords", "This name is written “%1”.")
        .arg(written);
}

AddressParts addressParts(const QUrl &url)
{
    const QString whole = url.toString(QUrl::FullyEncoded);
    const QString user = url.userInfo(QUrl::FullyEncoded);
    AddressParts parts;
    if (url.host().isEmpty()) {
        parts.before = url.scheme() + u':';
        parts.lead = url.path(QUrl::FullyEncoded);
    } else {
        parts.before = url.scheme() + u"://"_s + (user.isEmpty() ? user : user + u'@');
        parts.lead = host(url);
    }
    if (!whole.startsWith(parts.before + parts.lead))
        return {whole, {}, {}};
    parts.after = whole.sliced(parts.before.size() + parts.lead.size());
    return parts;
}

} // namespace runnel::words
