#pragma once

#include "agents/agent.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QString>

namespace runnel {

//! The longest file that is read, in bytes.
inline constexpr qint64 maxAgentFileBytes = 256 * 1024;

//! What a file gave.
struct AgentFile
{
    Agent agent;
    int nameLine = 1; //!< Where its name stands.
};

//! An agent from YAML by the field names of Google's Agent Development Kit: agent_class (LlmAgent),
//! name, description, model, instruction, generate_content_config. An error reads
//! "file:line: what was wrong and what would be right". \a file is only named in errors.
[[nodiscard]] Result<AgentFile, QString> parseAgent(const QByteArray &yaml, const QString &file,
                                                    const QString &defaultModel);

} // namespace runnel
