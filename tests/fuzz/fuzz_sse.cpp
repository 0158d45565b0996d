// The same events whatever the cuts. The first byte says how long a list of cut lengths is that
// follows; the rest is the stream.
#include "llm/sseparser.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace runnel;

namespace {

constexpr qsizetype maxEventBytes = 64; // small, so that the bound is met

struct Parsed
{
    std::vector<SseEvent> events;
    bool failed = false;

    friend bool operator==(const Parsed &, const Parsed &) = default;
};

void takeAll(SseParser &parser, Parsed &parsed)
{
    while (!parsed.failed) {
        const auto next = parser.next();
        if (!next)
            parsed.failed = true;
        else if (*next)
            parsed.events.push_back(**next);
        else
            return;
    }
}

Parsed parse(QByteArrayView stream, QByteArrayView cuts)
{
    SseParser parser(maxEventBytes);
    Parsed parsed;
    for (qsizetype i = 0; !stream.isEmpty(); ++i) {
        const qsizetype wanted = cuts.isEmpty() ? stream.size() : uchar(cuts[i % cuts.size()]);
        const qsizetype length = std::min(std::max<qsizetype>(wanted, 1), stream.size());
        parser.feed(stream.first(length));
        takeAll(parser, parsed);
        stream = stream.sliced(length);
    }
    parser.finish();
    takeAll(parser, parsed);
    return parsed;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (bytes.isEmpty())
        return 0;
    const qsizetype cutCount = std::min<qsizetype>(uchar(bytes[0]) % 16, bytes.size() - 1);
    const QByteArrayView cuts = bytes.sliced(1, cutCount);
    const QByteArrayView stream = bytes.sliced(1 + cutCount);

    const Parsed whole = parse(stream, {});
    if (!(parse(stream, cuts) == whole) || !(parse(stream, "\1") == whole))
        std::abort();
    for (const SseEvent &event : whole.events) {
        // A separator for each line may come on top of the bound.
        if (event.data.size() + event.stray.size() > 2 * maxEventBytes)
            std::abort();
    }
    return 0;
}
