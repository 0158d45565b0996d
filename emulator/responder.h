#pragma once

#include "emulator/conversation.h"
#include "emulator/generaterequest.h"
#include "emulator/scenario.h"

#include <vector>

namespace runnel::emulator {

//! What to answer, before the request's own limits are applied to it.
struct AnswerScript
{
    QString thoughts;
    QString text;
    std::vector<ScriptedCall> calls;
    std::optional<Generate> generate; //!< Instead of text.
    QString finishReason = QStringLiteral("STOP");
    int finishAfter = -1;      //!< Chunks after which it finishes; -1: all.
    std::optional<int> tokens; //!< The most it may have, in place of the model's limit.
    std::optional<Fault> fault;
    Pace pace;
    bool timestamps = false;
};

//! Chooses the rule of the scenario that a request matches, or of the demo. Counts requests and
//! matches, therefore not const.
class Responder
{
public:
    Responder(Scenario scenario, quint64 seed);

    [[nodiscard]] AnswerScript respond(const GenerateRequest &request);

private:
    struct Choice
    {
        const Scenario *scenario = nullptr;
        const Rule *rule = nullptr;
        QRegularExpressionMatch match;
        std::vector<ScriptedCall> fitting;
    };

    AnswerScript goOn(const GenerateRequest &before, const QString &said);
    std::optional<Choice> choose(const Scenario &scenario, std::vector<int> &counts,
                                 const GenerateRequest &request, const Conversation &conversation);
    bool applies(const Rule &rule, const GenerateRequest &request, const Conversation &conversation,
                 Choice &choice) const;
    AnswerScript write(const Choice &choice, const GenerateRequest &request,
                       const Conversation &conversation) const;

    Scenario m_scenario;
    Scenario m_demo;
    std::vector<int> m_counts; //!< Matches of each rule so far.
    std::vector<int> m_demoCounts;
    quint64 m_seed;
    int m_requests = 0;
};

} // namespace runnel::emulator
