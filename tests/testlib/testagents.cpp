#include "testlib/testagents.h"

namespace runnel::test {

std::unique_ptr<AgentManager> makeAgents(LanguageModel &model)
{
    auto agents =
        AgentManager::load(QStringLiteral(RUNNEL_TEST_AGENTS), QStringLiteral("test-model"), model);
    if (!agents)
        qFatal("%s", qPrintable(agents.error()));
    return std::make_unique<AgentManager>(std::move(*agents));
}

} // namespace runnel::test
