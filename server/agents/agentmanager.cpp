#include "agents/agentmanager.h"

#include "agents/agentfile.h"
#include "trace/turntrace.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QLoggingCategory>

#include <algorithm>

namespace runnel {

namespace {

Q_LOGGING_CATEGORY(lcAgents, "runnel.agents", QtInfoMsg)

constexpr QLatin1String defaultName("default");

//! So that a wrong folder does not fill the memory.
constexpr qsizetype maxAgents = 256;

Result<AgentFile, QString> readFile(const QString &path, const QString &defaultModel)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Failure{
            QStringLiteral("%1:1: The file cannot be read: %2.").arg(path, file.errorString())};
    }
    // One byte more than is allowed is enough to see that it is too long.
    return parseAgent(file.read(maxAgentFileBytes + 1), path, defaultModel);
}

Result<std::vector<Agent>, QString> readFolder(const QString &folder, const QString &defaultModel)
{
    const QDir dir(folder);
    const QStringList files =
        dir.entryList({QStringLiteral("*.yaml"), QStringLiteral("*.yml")}, QDir::Files, QDir::Name);
    if (files.isEmpty()) {
        return Failure{QStringLiteral("%1: There is no agent in this folder: no file ends in .yaml "
                                      "or .yml. Check AGENTS_DIR.")
                           .arg(folder)};
    }
    if (files.size() > maxAgents) {
        return Failure{QStringLiteral("%1: There are %2 agents in this folder; there may be %3.")
                           .arg(folder)
                           .arg(files.size())
                           .arg(maxAgents)};
    }
    std::vector<Agent> agents;
    QHash<QString, QString> fileOf;
    for (const QString &name : files) {
        const QString path = dir.filePath(name);
        Result<AgentFile, QString> read = readFile(path, defaultModel);
        if (!read)
            return Failure{read.error()};
        const QString agent = read->agent.name;
        if (fileOf.contains(agent)) {
            return Failure{
                QStringLiteral("%1:%2: There is an agent '%3' already, in %4. Give one "
                               "of them another name.")
                    .arg(path, QString::number(read->nameLine), agent, fileOf.value(agent))};
        }
        fileOf.insert(agent, path);
        agents.push_back(std::move(read->agent));
    }
    return agents;
}

} // namespace

AgentManager::AgentManager(std::vector<Agent> agents, LanguageModel &model, Calendar today)
    : m_agents(std::move(agents))
    , m_model(&model)
    , m_today(std::move(today))
{}

Result<AgentManager, QString> AgentManager::load(const QString &folder, const QString &defaultModel,
                                                 LanguageModel &model, Calendar today)
{
    Result<std::vector<Agent>, QString> read = readFolder(folder, defaultModel);
    if (!read)
        return Failure{read.error()};
    std::vector<Agent> agents = std::move(read).value();
    const auto first = std::ranges::find(agents, defaultName, &Agent::name);
    if (first == agents.end()) {
        return Failure{QStringLiteral("%1: There is no agent 'default' in this folder. It answers "
                                      "where no other is named.")
                           .arg(folder)};
    }
    std::rotate(agents.begin(), first, first + 1);
    qCInfo(lcAgents, "%zu agents from %s", agents.size(), qUtf8Printable(folder));
    return AgentManager(std::move(agents), model, std::move(today));
}

void AgentManager::answerAllWith(const QString &model)
{
    for (Agent &agent : m_agents)
        agent.model = model;
}

QList<AgentInfo> AgentManager::infos() const
{
    QList<AgentInfo> infos;
    for (const Agent &agent : m_agents)
        infos.append({agent.name, agent.description, agent.model});
    return infos;
}

const Agent *AgentManager::find(const QString &name) const
{
    const QString wanted = name.isEmpty() ? QString(defaultName) : name;
    const auto found = std::ranges::find(m_agents, wanted, &Agent::name);
    return found == m_agents.end() ? nullptr : &*found;
}

Error AgentManager::unknownAgent(const QString &name) const
{
    QStringList names;
    for (const Agent &agent : m_agents)
        names.append(agent.name);
    return {ErrorCode::UnknownAgent, QStringLiteral("Agent '%1' not found. Available: %2")
                                         .arg(name, names.join(QLatin1String(", ")))};
}

//! [stream-chat]
std::unique_ptr<LanguageModelReply> AgentManager::streamChat(const Agent &agent,
                                                             std::vector<HistoryMessage> history,
                                                             std::shared_ptr<TurnTrace> trace) const
{
    if (trace)
        trace->note(Station::Agent);
    CompletionRequest request = agent.request(std::move(history), m_today());
    request.trace = std::move(trace);
    return m_model->generate(request);
}
//! [stream-chat]

} // namespace runnel
