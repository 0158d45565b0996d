#include "gemini/geminimodel.h"

#include "gemini/geminilog.h"
#include "gemini/geminireply.h"

namespace runnel {

Q_LOGGING_CATEGORY(lcGemini, "runnel.gemini", QtInfoMsg)

GeminiModel::GeminiModel(GeminiConfig config)
    : m_config(std::move(config))
{}

std::unique_ptr<LanguageModelReply> GeminiModel::generate(const CompletionRequest &request)
{
    return std::make_unique<GeminiReply>(m_config, m_pool, request);
}

} // namespace runnel
