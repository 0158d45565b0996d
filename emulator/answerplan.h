#pragma once

#include "emulator/modelcatalog.h"
#include "emulator/responder.h"

namespace runnel::emulator {

//! An answer with the request's own limits applied: what will really be sent.
struct AnswerPlan
{
    AnswerScript script;
    QString model; //!< The one that "answers": behind an alias the real one.
    QString responseId;
    int promptTokens = 0;
    int thoughtTokens = 0; //!< Spent, whether or not the thoughts are shown.
    int textTokens = 0;    //!< Of script.text.
    bool showThoughts = false;
    quint64 seed = 0; //!< Of the chunks' sizes and pauses.

    [[nodiscard]] QByteArray signature() const;
};

//! Applies stop sequences, maxOutputTokens (thoughts count too, as with Gemini), thinkingBudget 0
//! and the model's own output limit, or the script's in its place.
[[nodiscard]] AnswerPlan planAnswer(AnswerScript script, const GenerateRequest &request,
                                    const ModelInfo &model, quint64 seed, quint64 number);

} // namespace runnel::emulator
