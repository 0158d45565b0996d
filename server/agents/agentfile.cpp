#include "agents/agentfile.h"

#include "agents/yamlfields.h"
#include "llm/modelname.h"
#include "protocol/codec.h"

#include <array>
#include <limits>

namespace runnel {

namespace {

constexpr int maxInt = std::numeric_limits<int>::max();

ThinkingConfig readThinking(const YAML::Node &node)
{
    static constexpr std::array known{"thinking_budget", "thinking_level", "include_thoughts"};
    const YamlFields fields(node, QStringLiteral("thinking_config"), known);
    ThinkingConfig thinking;
    thinking.budget = fields.integer("thinking_budget", -1, maxInt);
    thinking.level =
        fields.choice("thinking_level", {QStringLiteral("MINIMAL"), QStringLiteral("LOW"),
                                         QStringLiteral("MEDIUM"), QStringLiteral("HIGH")});
    thinking.includeThoughts = fields.boolean("include_thoughts");
    if (thinking.budget && !thinking.level.isEmpty()) {
        YamlFields::fail(
            fields.node("thinking_level").Mark(),
            QStringLiteral("'thinking_budget' and 'thinking_level' exclude each other. "
                           "Set the level for Gemini 3 and later, the budget for "
                           "Gemini 2.5."));
    }
    return thinking;
}

std::pair<QString, QString> readSafetySetting(const YAML::Node &node)
{
    static constexpr std::array known{"category", "threshold"};
    const YamlFields fields(node, QStringLiteral("safety_settings"), known);
    const QString category =
        fields.choice("category", {QStringLiteral("HARM_CATEGORY_HARASSMENT"),
                                   QStringLiteral("HARM_CATEGORY_HATE_SPEECH"),
                                   QStringLiteral("HARM_CATEGORY_SEXUALLY_EXPLICIT"),
                                   QStringLiteral("HARM_CATEGORY_DANGEROUS_CONTENT"),
                                   QStringLiteral("HARM_CATEGORY_CIVIC_INTEGRITY")});
    const QString threshold = fields.choice(
        "threshold",
        {QStringLiteral("BLOCK_LOW_AND_ABOVE"), QStringLiteral("BLOCK_MEDIUM_AND_ABOVE"),
         QStringLiteral("BLOCK_ONLY_HIGH"), QStringLiteral("BLOCK_NONE"), QStringLiteral("OFF")});
    if (category.isEmpty() || threshold.isEmpty()) {
        YamlFields::fail(node.Mark(),
                         QStringLiteral("A safety setting needs 'category' and 'threshold'."));
    }
    return {category, threshold};
}

//! The nodes of a list of at most \a max.
std::vector<YAML::Node> readList(const YamlFields &fields, const char *key, size_t max)
{
    std::vector<YAML::Node> nodes;
    if (!fields.has(key))
        return nodes;
    const YAML::Node list = fields.node(key);
    if (!list.IsSequence() || list.size() > max) {
        YamlFields::fail(
            list.Mark(),
            QStringLiteral("'%1' must be a list of at most %2.").arg(QLatin1String(key)).arg(max));
    }
    for (const auto &node : list)
        nodes.push_back(node);
    return nodes;
}

GenerationConfig readConfig(const YAML::Node &node)
{
    static constexpr std::array known{"temperature",       "top_p",          "top_k",
                                      "max_output_tokens", "seed",           "presence_penalty",
                                      "frequency_penalty", "stop_sequences", "thinking_config",
                                      "safety_settings"};
    const YamlFields fields(node, QStringLiteral("generate_content_config"), known);
    GenerationConfig config;
    config.temperature = fields.number("temperature", 0, 2);
    config.topP = fields.number("top_p", 0, 1);
    config.topK = fields.integer("top_k", 1, 1000);
    config.maxOutputTokens = fields.integer("max_output_tokens", 1, maxInt);
    config.seed = fields.integer("seed", std::numeric_limits<int>::min(), maxInt);
    config.presencePenalty = fields.number("presence_penalty", -2, 2);
    config.frequencyPenalty = fields.number("frequency_penalty", -2, 2);
    for (const YAML::Node &stop : readList(fields, "stop_sequences", 5)) {
        config.stopSequences.append(YamlFields::textOf(stop, QStringLiteral("stop_sequences")));
        if (config.stopSequences.back().isEmpty())
            YamlFields::fail(stop.Mark(), QStringLiteral("A stop sequence must not be empty."));
    }
    if (fields.has("thinking_config"))
        config.thinking = readThinking(fields.node("thinking_config"));
    for (const YAML::Node &setting : readList(fields, "safety_settings", 16))
        config.safetySettings.push_back(readSafetySetting(setting));
    return config;
}

QString required(const YamlFields &fields, const char *key)
{
    const QString text = fields.text(key).trimmed();
    if (!text.isEmpty())
        return text;
    const YAML::Mark mark = fields.has(key) ? fields.node(key).Mark() : fields.mark();
    YamlFields::fail(
        mark, QStringLiteral("An agent needs '%1', and not an empty one.").arg(QLatin1String(key)));
}

QString readName(const YamlFields &fields)
{
    const QString name = required(fields, "name");
    if (!isValidId(name)) {
        YamlFields::fail(fields.node("name").Mark(),
                         QStringLiteral("'name' must be 1 to 64 characters of A-Z a-z 0-9 _ -; it "
                                        "was \"%1\".")
                             .arg(name.left(64)));
    }
    if (name == QLatin1String("user")) {
        YamlFields::fail(fields.node("name").Mark(),
                         QStringLiteral("'name' must not be \"user\": that is the person who "
                                        "asks."));
    }
    return name;
}

AgentFile readAgent(const YAML::Node &node, const QString &defaultModel)
{
    static constexpr std::array known{"agent_class", "name",        "description",
                                      "model",       "instruction", "generate_content_config"};
    const YamlFields fields(node, QStringLiteral("An agent"), known);
    if (fields.has("agent_class") && fields.text("agent_class") != QLatin1String("LlmAgent")) {
        YamlFields::fail(fields.node("agent_class").Mark(),
                         QStringLiteral("'agent_class' must be LlmAgent; it was %1.")
                             .arg(YamlFields::describe(fields.node("agent_class"))));
    }
    AgentFile file;
    Agent &agent = file.agent;
    agent.name = readName(fields);
    file.nameLine = fields.node("name").Mark().line + 1;
    agent.description = fields.text("description").simplified();
    agent.model = fields.has("model") ? fields.text("model") : defaultModel;
    if (!isModelName(agent.model)) {
        const YAML::Mark mark = fields.has("model") ? fields.node("model").Mark() : fields.mark();
        YamlFields::fail(mark, QStringLiteral("'model' must be a model's name such as "
                                              "gemini-flash-latest; it was \"%1\".")
                                   .arg(agent.model.left(64)));
    }
    agent.instruction = required(fields, "instruction");
    if (fields.has("generate_content_config"))
        agent.config = readConfig(fields.node("generate_content_config"));
    return file;
}

QString located(const QString &file, const YAML::Mark &mark, const QString &text)
{
    return QStringLiteral("%1:%2: %3").arg(file).arg(std::max(mark.line, 0) + 1).arg(text);
}

} // namespace

Result<AgentFile, QString> parseAgent(const QByteArray &yaml, const QString &file,
                                      const QString &defaultModel)
{
    if (yaml.size() > maxAgentFileBytes) {
        return Failure{QStringLiteral("%1:1: The file is longer than %2 bytes, which is the most.")
                           .arg(file)
                           .arg(maxAgentFileBytes)};
    }
    // yaml-cpp throws, and so do the readers above; it ends here.
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(yaml.toStdString());
        if (documents.empty() || documents.front().IsNull())
            return Failure{QStringLiteral("%1:1: The file is empty. An agent needs at least 'name' "
                                          "and 'instruction'.")
                               .arg(file)};
        if (documents.size() > 1) {
            return Failure{located(file, documents.at(1).Mark(),
                                   QStringLiteral("A second document begins. Put each agent into a "
                                                  "file of its own."))};
        }
        return readAgent(documents.front(), defaultModel);
    } catch (const YamlFault &fault) {
        return Failure{located(file, fault.mark, fault.text)};
    } catch (const YAML::Exception &error) {
        return Failure{located(
            file, error.mark,
            QStringLiteral("This is not YAML: %1.").arg(QString::fromStdString(error.msg)))};
    } catch (const std::exception &error) {
        return Failure{QStringLiteral("%1:1: The file cannot be read: %2.")
                           .arg(file, QString::fromUtf8(error.what()))};
    }
}

} // namespace runnel
