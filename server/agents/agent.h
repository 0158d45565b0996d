#pragma once

#include "llm/completionrequest.h"

#include <QDate>
#include <QString>

#include <vector>

namespace runnel {

//! Who answers: a model, an instruction, and how to generate. A value, read from a file once.
struct Agent
{
    QString name;        //!< `[A-Za-z0-9_-]{1,64}`, not "user".
    QString description; //!< For people who choose; one sentence, may be empty.
    QString model;
    QString instruction;
    GenerationConfig config;

    //! What the model is asked when this agent answers \a history. The instruction comes first and
    //! the day last, so that the prefix, which providers cache, changes only at midnight and late.
    [[nodiscard]] CompletionRequest request(std::vector<HistoryMessage> history, QDate today) const;
};

} // namespace runnel
