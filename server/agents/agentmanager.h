#pragma once

#include "llm/languagemodel.h"
#include "protocol/result.h"

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
    static Result<std::unique_ptr<AgentManager>, QString> load(const QString &dir, const QString &defaultModel, LanguageModel &model)
    {
        Q_UNUSED(dir);
        auto m = std::make_unique<AgentManager>();
        m->m_agent.model = defaultModel;
        m->m_model = &model;
        return m;
    }
    [[nodiscard]] QList<AgentInfo> infos() const { return {{m_agent.name, m_agent.description, m_agent.model}}; }
    [[nodiscard]] const Agent *find(const QString &name) const { return name.isEmpty() || name == m_agent.name ? &m_agent : nullptr; }
    [[nodiscard]] Error unknownAgent(const QString &name) const { return {ErrorCode::UnknownAgent, QStringLiteral("Agent '%1' not found. Available: default").arg(name)}; }
    [[nodiscard]] std::unique_ptr<LanguageModelReply>
    streamChat(const Agent &agent, std::vector<HistoryMessage> history) const { return m_model->generate({agent.model, agent.instruction, std::move(history), {}}); }
    Agent m_agent{QStringLiteral("default"), QStringLiteral("x"), {}, QStringLiteral("y")};
    LanguageModel *m_model = nullptr;
};

} // namespace runnel
