// What another start of the program says on the socket: whatever the bytes, a command or a refusal;
// and a command is written to what is read as the same.
#include "app/instancecommand.h"

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
    const QByteArray line(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto command = decodeInstanceCommand(line);
    if (!command) {
        check(!command.error().text.isEmpty());
        return 0;
    }
    const auto written = encodeInstanceCommand(*command);
    if (!written)
        return 0; // JSON writes some signs longer than they came.
    check(written->endsWith('\n') && written->count('\n') == 1);
    check(written->size() <= maxInstanceMessage);
    const auto again = decodeInstanceCommand(written->chopped(1));
    check(bool(again));
    InstanceCommand same = *command;
    if (again->activationToken != same.activationToken || again->startupId != same.startupId) {
        // It was left out, for the rest to fit.
        check(again->activationToken.isEmpty() && again->startupId.isEmpty());
        same.activationToken.clear();
        same.startupId.clear();
    }
    check(*again == same);
    return 0;
}
