#pragma once

#include "agents/agentmanager.h"

#include <memory>

namespace runnel::test {

//! The product's own agents, asking that model.
[[nodiscard]] std::unique_ptr<AgentManager> makeAgents(LanguageModel &model);

} // namespace runnel::test
