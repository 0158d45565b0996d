#pragma once

#include "protocol/frames.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace runnel {

class TurnTrace;

//! How the model shall think, by the names of Gemini and ADK. A model takes a budget or a level,
//! never both.
struct ThinkingConfig
{
    std::optional<int> budget; //!< Tokens; 0 off, -1 the model decides. Gemini 2.5 only.
    QString level;             //!< MINIMAL, LOW, MEDIUM, HIGH; empty: not sent. Gemini 3 and later.
    std::optional<bool> includeThoughts;
};

//! What may be set of an answer; only what is set is sent.
struct GenerationConfig
{
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int> topK;
    std::optional<int> maxOutputTokens;
    std::optional<int> seed;
    std::optional<double> presencePenalty;
    std::optional<double> frequencyPenalty;
    QStringList stopSequences;
    std::optional<ThinkingConfig> thinking;
    //! Category and threshold, by Gemini's names.
    std::vector<std::pair<QString, QString>> safetySettings;
};

//! One message of the history.
struct HistoryMessage
{
    Role role = Role::User;
    QString text;
    //! Of a model's message: Outcome::rawParts of then; sent back as it is when the model is still
    //! the same provider's.
    QByteArray rawParts;
};

//! What a model is asked.
struct CompletionRequest
{
    QString model;
    QString systemInstruction;           //!< May be empty.
    std::vector<HistoryMessage> history; //!< Oldest first; ends with a user message.
    GenerationConfig config;
    //! Who writes down what happens when; null: nobody.
    std::shared_ptr<TurnTrace> trace;
};

} // namespace runnel
