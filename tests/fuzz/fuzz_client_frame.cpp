// Frames of both directions: whatever the bytes, a frame or an error; and what is decoded encodes
// to what decodes to the same.
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

    if (const auto frame = decodeClientFrame(text)) {
        const auto again = decodeClientFrame(encode(*frame));
        check(bool(again) && *again == *frame);
    } else {
        check(!frame.error().error.text.isEmpty());
        check(frame.error().id.isEmpty() || isValidId(frame.error().id));
    }

    if (const auto frame = decodeServerFrame(text)) {
        if (!std::holds_alternative<UnknownFrame>(*frame)) {
            const auto again = decodeServerFrame(encode(*frame));
            check(bool(again) && *again == *frame);
        }
        (void)encode(*frame, Dialect::V0);
    } else {
        check(!frame.error().text.isEmpty());
    }
    return 0;
}
