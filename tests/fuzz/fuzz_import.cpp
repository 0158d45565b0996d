// Files to be imported: whatever the bytes, a conversation or a refusal that says why; and what is
// imported is exported to what is imported to the same.
#include "http/conversationexport.h"
#include "http/conversationimport.h"

#include <QTimeZone>

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
    const QByteArray body(reinterpret_cast<const char *>(data), qsizetype(size));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795000000123, QTimeZone::utc());
    const auto imported = parseImport("application/json", body, now);
    if (!imported) {
        check(!imported.error().detail.isEmpty() && imported.error().status >= 400);
        return 0;
    }
    (void)exportMarkdown(*imported);
    (void)attachmentNamed(imported->head.title, "json");
    const auto again = parseImport("application/json", exportJson(*imported, now), now);
    check(bool(again));
    StoredConversation same = *again;
    same.head.id = imported->head.id; // each import has an id and an epoch of its own
    same.head.epoch = imported->head.epoch;
    check(same == *imported);
    return 0;
}
