#include "llm/modelname.h"

#include <QLatin1String>

#include <algorithm>

namespace runnel {

bool isModelName(QStringView model)
{
    constexpr QLatin1String prefix("models/");
    if (model.startsWith(prefix))
        model = model.sliced(prefix.size());
    const auto isAlphanumeric = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
    };
    return !model.isEmpty() && model.size() <= 128 && isAlphanumeric(model.front()) &&
           std::ranges::all_of(model, [&](QChar c) {
               return isAlphanumeric(c) || c == u'.' || c == u'_' || c == u'@' || c == u'-';
           });
}

} // namespace runnel
