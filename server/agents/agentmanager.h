#pragma once

#include "agents/agent.h"
#include "llm/languagemodel.h"
#include "protocol/errorcode.h"
#include "protocol/frames.h"
#include "protocol/result.h"

#include <QDate>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace runnel {

//! The agents by name, `default` first, then in the order of their files. A value that is made once
//! at the start. The name is the workshop's own word.
class AgentManager
{
public:
    //! Says which day it is.
    using Calendar = std::function<QDate()>;

    //! Reads every *.yaml and *.yml of \a folder; an agent without a model gets \a defaultModel.
    //! All of them must be right, their names must differ, and one must be `default`; else the
    //! error names file and line. \a model answers; it must outlive the result.
    [[nodiscard]] static Result<AgentManager, QString> load(const QString &folder,
                                                            const QString &defaultModel,
                                                            LanguageModel &model,
                                                            Calendar today = &QDate::currentDate);

    //! From now on \a model answers as each of them, whatever its file names.
    void answerAllWith(const QString &model);

    //! For the list in the page.
    [[nodiscard]] QList<AgentInfo> infos() const;

    //! The agent of that name, and `default` for an empty one; null when there is none.
    [[nodiscard]] const Agent *find(const QString &name) const;

    //! What to answer where find() has none: `unknown_agent`, with a text that names those there
    //! are.
    [[nodiscard]] Error unknownAgent(const QString &name) const;

    //! The workshop's stream_chat: a running answer of that agent, one of ours, to \a history,
    //! which ends with a user message. \a trace: see CompletionRequest.
    [[nodiscard]] std::unique_ptr<LanguageModelReply>
    streamChat(const Agent &agent, std::vector<HistoryMessage> history,
               std::shared_ptr<TurnTrace> trace = nullptr) const;

private:
    AgentManager(std::vector<Agent> agents, LanguageModel &model, Calendar today);

    std::vector<Agent> m_agents;
    LanguageModel *m_model;
    Calendar m_today;
};

} // namespace runnel
