#pragma once

#include "llm/languagemodel.h"

#include <QList>

namespace runnel {

struct Agent
{
    QString name;
    QString description;
    QString model;
    QString instruction;
};

class AgentManager
{
public:
    [[nodiscard]] QList<AgentInfo> infos() const;
    [[nodiscard]] const Agent *find(const QString &name) const;
    [[nodiscard]] Error unknownAgent(const QString &name) const;
    [[nodiscard]] std::unique_ptr<LanguageModelReply>
    streamChat(const Agent &agent, std::vector<HistoryMessage> history) const;
};

} // namespace runnel
