#include "app/deeplink.h"

#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Where lupdate looks for these functions' texts.
struct LinkWords
{
    Q_DECLARE_TR_FUNCTIONS(runnel::DeepLink)
};

Failure<Error> refusedLink(const QString &why)
{
    return Failure{Error{ErrorCode::BadFrame, why}};
}

//! Line breaks and tabs belong to a text. Other controls, and the marks that turn the direction of
//! writing, could make it look like another one.
bool isHiding(QChar c)
{
    if (c == u'\n' || c == u'\t')
        return false;
    return c.category() == QChar::Other_Control || (c >= u'\u202A' && c <= u'\u202E') ||
           (c >= u'\u2066' && c <= u'\u2069');
}

//! Empty when \a link took what the query says; otherwise why not.
QString readQuery(const QUrl &url, DeepLink &link)
{
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    bool hasConversation = false;
    bool hasAsk = false;
    for (const auto &[key, value] : items) {
        bool *const had = key == u"c" ? &hasConversation : key == u"ask" ? &hasAsk : nullptr;
        if (!had)
            return LinkWords::tr("The link has \"%1\", which this program does not know.")
                .arg(key.left(40));
        if (std::exchange(*had, true))
            return LinkWords::tr("The link has \"%1\" twice.").arg(key);
        if (had == &hasConversation)
            link.conversation = value;
        else
            link.ask = value;
    }
    if (hasConversation && !isValidId(link.conversation))
        return LinkWords::tr("The link's conversation is \"%1\"; it may be 1 to 64 characters of "
                             "A-Z a-z 0-9 _ -.")
            .arg(link.conversation.left(80));
    if (hasAsk && link.ask.trimmed().isEmpty())
        return LinkWords::tr("The link's text is empty.");
    if (std::ranges::any_of(link.ask, isHiding))
        return LinkWords::tr("The link's text has characters that cannot be seen.");
    return {};
}

} // namespace

Result<DeepLink, Error> parseDeepLink(const QString &text)
{
    if (text.size() > DeepLink::maxLength)
        return refusedLink(
            LinkWords::tr("The link is longer than %1 characters.").arg(int(DeepLink::maxLength)));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"runnel")
        return refusedLink(
            LinkWords::tr(
                "\"%1\" is no link to Runnel; one looks like runnel://chat.example.org/?c=ID.")
                .arg(text.left(80)));
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return refusedLink(LinkWords::tr("A link has no user, no password and no #."));

    DeepLink link;
    if (url.host().isEmpty()) {
        if (!url.path().isEmpty() || url.hasQuery() || url.port() != -1)
            return refusedLink(LinkWords::tr("The link names no server; one that does looks like "
                                             "runnel://chat.example.org/?c=ID."));
        return link;
    }
    if (url.port() == 0)
        return refusedLink(LinkWords::tr("The link's port is 0; it may be 1 to 65535."));
    QUrl server = url.adjusted(QUrl::RemoveQuery);
    server.setScheme(isLoopbackHost(url.host()) ? u"http"_s : u"https"_s);
    link.server = canonicalServer(server);
    if (const QString problem = readQuery(url, link); !problem.isEmpty())
        return refusedLink(problem);
    return link;
}

} // namespace runnel
