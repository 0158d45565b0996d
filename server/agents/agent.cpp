#include "agents/agent.h"

#include <QLocale>

namespace runnel {

CompletionRequest Agent::request(std::vector<HistoryMessage> history, QDate today) const
{
    CompletionRequest request;
    request.model = model;
    request.systemInstruction =
        instruction + QStringLiteral("\n\nToday is %1.")
                          .arg(QLocale::c().toString(today, QStringLiteral("dddd, d MMMM yyyy")));
    request.history = std::move(history);
    request.config = config;
    return request;
}

} // namespace runnel
