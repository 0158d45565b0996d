#pragma once

#include "gemini/geminiconfig.h"
#include "gemini/managerpool.h"
#include "llm/languagemodel.h"

namespace runnel {

//! Google's Gemini by streamGenerateContent over HTTP/1.1. It must outlive its replies and be used
//! from the thread that made it.
class GeminiModel : public LanguageModel
{
public:
    explicit GeminiModel(GeminiConfig config);

    [[nodiscard]] std::unique_ptr<LanguageModelReply>
    generate(const CompletionRequest &request) override;

private:
    const GeminiConfig m_config;
    ManagerPool m_pool;
};

} // namespace runnel
