// runnel: links, which any page can have opened: whatever the text, a link or a sentence that says
// why not; and what is taken names a server that may be connected to, and no more than that.
#include "app/deeplink.h"
#include "client/endpoint.h"
#include "protocol/codec.h"

#include <cstdlib>

using namespace runnel;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto link = parseDeepLink(text);
    if (!link) {
        check(!link.error().text.isEmpty() && link.error().text.size() < 1000);
        return 0;
    }
    check(text.size() <= DeepLink::maxLength);
    check(!link->isKnown);
    check(link->conversation.isEmpty() || isValidId(link->conversation));
    if (link->server.isEmpty()) {
        check(link->conversation.isEmpty() && link->ask.isEmpty());
        return 0;
    }
    const QString scheme = link->server.scheme();
    check(scheme == u"https" || (scheme == u"http" && isLoopbackHost(link->server.host())));
    check(link->server.userInfo().isEmpty() && !link->server.hasQuery());
    check(canonicalServer(link->server) == link->server);
    check(bool(parseServerUrl(link->server.toString(QUrl::FullyEncoded))));
    for (const QChar c : std::as_const(link->ask))
        check(c.unicode() >= 0x20 || c == u'\n' || c == u'\t');
    return 0;
}
