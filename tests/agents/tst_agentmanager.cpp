#include "agents/agentfile.h"
#include "agents/agentmanager.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

//! Remembers what it was asked, and never answers.
class SilentModel : public LanguageModel
{
public:
    std::unique_ptr<LanguageModelReply> generate(const CompletionRequest &request) override
    {
        asked = request;
        return std::make_unique<SilentReply>();
    }

    std::optional<CompletionRequest> asked;

private:
    class SilentReply : public LanguageModelReply
    {
    public:
        void abort() override {}
    };
};

class Folder
{
public:
    QString path() const { return m_dir.path(); }
    Folder &add(const QString &name, const QByteArray &yaml)
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(yaml) != yaml.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return *this;
    }

private:
    QTemporaryDir m_dir;
};

QByteArray minimal(const QByteArray &name = "default")
{
    return "name: " + name + "\ninstruction: Be kind.\n";
}

QDate monday()
{
    return {2026, 11, 23};
}

Result<Agent, QString> parse(const QByteArray &yaml)
{
    auto file = parseAgent(yaml, u"a.yaml"_s, u"gemini-flash-latest"_s);
    if (!file)
        return Failure{file.error()};
    return std::move(file->agent);
}

} // namespace

class TestAgentManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsReadWhole()
    {
        const auto agent = parse("agent_class: LlmAgent\n"
                                 "name: poet-2\n"
                                 "description: Writes\n"
                                 "model: gemini-2.5-flash\n"
                                 "instruction: |\n"
                                 "  One.\n"
                                 "\n"
                                 "  Zwei: grün.\n"
                                 "generate_content_config:\n"
                                 "  temperature: 0.7\n"
                                 "  top_p: 1\n"
                                 "  top_k: 40\n"
                                 "  max_output_tokens: 4096\n"
                                 "  seed: -3\n"
                                 "  presence_penalty: -0.5\n"
                                 "  frequency_penalty: 0.5\n"
                                 "  stop_sequences: [END, \"7\"]\n"
                                 "  thinking_config: {thinking_level: low, include_thoughts: yes}\n"
                                 "  safety_settings:\n"
                                 "  - category: HARM_CATEGORY_HARASSMENT\n"
                                 "    threshold: BLOCK_ONLY_HIGH\n");
        QVERIFY2(bool(agent), qPrintable(agent ? QString() : agent.error()));
        QCOMPARE(agent->name, u"poet-2"_s);
        QCOMPARE(agent->description, u"Writes"_s);
        QCOMPARE(agent->model, u"gemini-2.5-flash"_s);
        QCOMPARE(agent->instruction, u"One.\n\nZwei: grün."_s);
        const GenerationConfig &config = agent->config;
        QCOMPARE(*config.temperature, 0.7);
        QCOMPARE(*config.topP, 1.0);
        QCOMPARE(*config.topK, 40);
        QCOMPARE(*config.maxOutputTokens, 4096);
        QCOMPARE(*config.seed, -3);
        QCOMPARE(*config.presencePenalty, -0.5);
        QCOMPARE(*config.frequencyPenalty, 0.5);
        QCOMPARE(config.stopSequences, QStringList({u"END"_s, u"7"_s}));
        QVERIFY(!config.thinking->budget);
        QCOMPARE(config.thinking->level, u"LOW"_s);
        QVERIFY(config.thinking->includeThoughts == true);
        QCOMPARE(config.safetySettings.size(), size_t(1));
        QCOMPARE(config.safetySettings.at(0).second, u"BLOCK_ONLY_HIGH"_s);
    }

    void whatIsNotSetIsNotThere()
    {
        const auto agent = parse(minimal());
        QVERIFY(bool(agent));
        QCOMPARE(agent->model, u"gemini-flash-latest"_s);
        QVERIFY(agent->description.isEmpty());
        QVERIFY(!agent->config.temperature);
        QVERIFY(!agent->config.thinking);
        QVERIFY(agent->config.safetySettings.empty());
    }

    void mistakesAreNamedWithTheirLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("error");

        const auto config = [](const QByteArray &lines) -> QByteArray {
            return minimal() + "generate_content_config:\n" + lines;
        };
        QTest::newRow("an unknown key") << minimal() + "tools: []\n"
                                        << u"a.yaml:3: An agent has no field 'tools'. It may have: "
                                           "agent_class, name, description, model, instruction, "
                                           "generate_content_config."_s;
        QTest::newRow("an unknown key within")
            << config("  temprature: 1\n")
            << u"a.yaml:4: generate_content_config has no field 'temprature'."_s;
        QTest::newRow("a key twice") << minimal() + "name: b\n"
                                     << u"a.yaml:3: 'name' stands there twice."_s;
        QTest::newRow("no name") << "instruction: x\n"_ba << u"a.yaml:1: An agent needs 'name'"_s;
        QTest::newRow("no instruction")
            << "name: x\n"_ba << u"a.yaml:1: An agent needs 'instruction'"_s;
        QTest::newRow("an empty instruction")
            << "name: x\ninstruction: '  '\n"_ba << u"a.yaml:2: An agent needs 'instruction'"_s;
        QTest::newRow("a name that is a list")
            << "name: [a]\ninstruction: x\n"_ba
            << u"a.yaml:1: 'name' must be text; it was a list."_s;
        QTest::newRow("a name without a value")
            << "name:\ninstruction: x\n"_ba << u"'name' must be text; it was empty."_s;
        QTest::newRow("a name with a space")
            << "name: my agent\ninstruction: x\n"_ba
            << u"a.yaml:1: 'name' must be 1 to 64 characters of A-Z a-z 0-9 _ -; it was \"my agent\"."_s;
        QTest::newRow("a long name")
            << minimal(QByteArray(65, 'a')) << u"a.yaml:1: 'name' must be 1 to 64"_s;
        QTest::newRow("the name of the person who asks")
            << minimal("user") << u"a.yaml:1: 'name' must not be \"user\""_s;
        QTest::newRow("another class")
            << minimal() + "agent_class: LoopAgent\n"
            << u"a.yaml:3: 'agent_class' must be LlmAgent; it was LoopAgent."_s;
        QTest::newRow("a model that is no name") << minimal() + "model: a?b\n"
                                                 << u"a.yaml:3: 'model' must be a model's name"_s;
        QTest::newRow("a number as text")
            << config("  temperature: \"0.5\"\n")
            << u"a.yaml:4: 'temperature' must be a number from 0 to 2; it was the text \"0.5\"."_s;
        QTest::newRow("a number too large")
            << config("  temperature: 3\n")
            << u"a.yaml:4: 'temperature' must be a number from 0 to 2; it was 3."_s;
        QTest::newRow("not a number")
            << config("  top_p: .nan\n") << u"a.yaml:4: 'top_p' must be a number from 0 to 1"_s;
        QTest::newRow("a fraction for a whole number")
            << config("  top_k: 1.5\n") << u"a.yaml:4: 'top_k' must be a whole number"_s;
        QTest::newRow("a whole number that is too long")
            << config("  seed: 99999999999\n") << u"a.yaml:4: 'seed' must be a whole number"_s;
        QTest::newRow("a word for a truth")
            << config("  thinking_config:\n    include_thoughts: maybe\n")
            << u"a.yaml:5: 'include_thoughts' must be true or false; it was maybe."_s;
        QTest::newRow("an unknown level")
            << config("  thinking_config: {thinking_level: huge}\n")
            << u"a.yaml:4: 'thinking_level' must be one of MINIMAL, LOW, MEDIUM, HIGH; it was huge."_s;
        QTest::newRow("a level and a budget")
            << config("  thinking_config: {thinking_level: LOW, thinking_budget: 0}\n")
            << u"a.yaml:4: 'thinking_budget' and 'thinking_level' exclude each other."_s;
        QTest::newRow("a config that is no mapping")
            << minimal() + "generate_content_config: 7\n"
            << u"a.yaml:3: generate_content_config must be a mapping of temperature"_s;
        QTest::newRow("one stop sequence, not a list")
            << config("  stop_sequences: END\n")
            << u"a.yaml:4: 'stop_sequences' must be a list of at most 5."_s;
        QTest::newRow("six stop sequences")
            << config("  stop_sequences: [a, b, c, d, e, f]\n")
            << u"a.yaml:4: 'stop_sequences' must be a list of at most 5."_s;
        QTest::newRow("an empty stop sequence")
            << config("  stop_sequences:\n  - a\n  - ''\n")
            << u"a.yaml:6: A stop sequence must not be empty."_s;
        QTest::newRow("an unknown category")
            << config("  safety_settings: [{category: RUDE, threshold: 'OFF'}]\n")
            << u"a.yaml:4: 'category' must be one of HARM_CATEGORY_HARASSMENT"_s;
        QTest::newRow("a category without a threshold")
            << config("  safety_settings: [{category: HARM_CATEGORY_HARASSMENT}]\n")
            << u"a.yaml:4: A safety setting needs 'category' and 'threshold'."_s;
        QTest::newRow("no YAML") << "name: [a\ninstruction: x\n"_ba << u"This is not YAML: "_s;
        QTest::newRow("a tab for an indent")
            << "name: a\ninstruction: x\ngenerate_content_config:\n\ttop_k: 1\n"_ba
            << u"a.yaml:4: This is not YAML: "_s;
        QTest::newRow("deep nesting")
            << "name: "_ba + QByteArray(100'000, '[') << u"a.yaml:1: This is not YAML: "_s;
        QTest::newRow("an empty file") << ""_ba << u"a.yaml:1: The file is empty."_s;
        QTest::newRow("only comments") << "# later\n"_ba << u"a.yaml:1: The file is empty."_s;
        QTest::newRow("text") << "hello"_ba
                              << u"a.yaml:1: An agent must be a mapping of agent_class"_s;
        QTest::newRow("two documents")
            << minimal() + "---\n" + minimal("b") << u"A second document begins."_s;
        QTest::newRow("too long") << minimal() + QByteArray(maxAgentFileBytes, '#')
                                  << u"a.yaml:1: The file is longer than 262144 bytes"_s;
    }

    void mistakesAreNamedWithTheirLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, error);
        const auto agent = parse(yaml);
        QVERIFY(!agent);
        QVERIFY2(agent.error().contains(error), qPrintable(agent.error()));
        QVERIFY2(agent.error().startsWith(u"a.yaml:"_s), qPrintable(agent.error()));
    }

    void aFolderIsReadInTheOrderOfItsFilesWithDefaultFirst()
    {
        Folder folder;
        folder.add(u"b.yml"_s, minimal("bee"))
            .add(u"a.yaml"_s, minimal("ape"))
            .add(u"z.yaml"_s, minimal() + "description: All\nmodel: gemini-x\n")
            .add(u"notes.txt"_s, "not: [an agent");
        SilentModel model;
        const auto agents = AgentManager::load(folder.path(), u"m"_s, model, &monday);
        QVERIFY2(bool(agents), qPrintable(agents ? QString() : agents.error()));
        QCOMPARE(agents->infos(), QList<AgentInfo>({{u"default"_s, u"All"_s, u"gemini-x"_s},
                                                    {u"ape"_s, {}, u"m"_s},
                                                    {u"bee"_s, {}, u"m"_s}}));
        QCOMPARE(agents->find(u"bee"_s)->name, u"bee"_s);
        QCOMPARE(agents->find({})->name, u"default"_s);
        QVERIFY(!agents->find(u"poet"_s));
    }

    void aWrongFolderStopsTheStart_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("error");
        QTest::newRow("empty") << QStringList{} << u": There is no agent in this folder"_s;
        QTest::newRow("no default")
            << QStringList{u"ape"_s} << u": There is no agent 'default' in this folder."_s;
        QTest::newRow("two of a name") << QStringList{u"default"_s, u"ape"_s, u"ape"_s}
                                       << u"2.yaml:2: There is an agent 'ape' already, in "_s;
    }

    void aWrongFolderStopsTheStart()
    {
        QFETCH(QStringList, names);
        QFETCH(QString, error);
        Folder folder;
        for (int i = 0; i < names.size(); ++i)
            folder.add(u"%1.yaml"_s.arg(i), "# An agent\n" + minimal(names.at(i).toUtf8()));
        SilentModel model;
        const auto agents = AgentManager::load(folder.path(), u"m"_s, model);
        QVERIFY(!agents);
        QVERIFY2(agents.error().contains(error), qPrintable(agents.error()));
        QVERIFY(agents.error().startsWith(folder.path()));
    }

    void aMistakeInOneFileStopsTheStart()
    {
        Folder folder;
        folder.add(u"a.yaml"_s, minimal()).add(u"b.yaml"_s, "name: b\ntools: []\n");
        SilentModel model;
        const auto agents = AgentManager::load(folder.path(), u"m"_s, model);
        QVERIFY(!agents);
        QVERIFY(agents.error().startsWith(folder.path() + u"/b.yaml:2: "_s));
    }

    void aFolderThatIsNotThere()
    {
        Folder folder;
        SilentModel model;
        QVERIFY(!AgentManager::load(folder.path() + u"/missing"_s, u"m"_s, model));
    }

    void theModelIsAskedAsTheAgentSays()
    {
        Folder folder;
        folder.add(u"a.yaml"_s, minimal() + "generate_content_config: {top_k: 7}\n");
        SilentModel model;
        const auto agents = AgentManager::load(folder.path(), u"gemini-x"_s, model, &monday);
        QVERIFY(bool(agents));
        const auto reply = agents->streamChat(*agents->find({}), {{Role::User, u"Hi"_s, {}}});
        QVERIFY(reply != nullptr);
        QCOMPARE(model.asked->model, u"gemini-x"_s);
        QCOMPARE(model.asked->systemInstruction,
                 u"Be kind.\n\nToday is Monday, 23 November 2026."_s);
        QCOMPARE(model.asked->history.size(), size_t(1));
        QCOMPARE(model.asked->history.at(0).text, u"Hi"_s);
        QCOMPARE(*model.asked->config.topK, 7);
    }

    void anUnknownAgentNamesThoseThereAre()
    {
        Folder folder;
        folder.add(u"a.yaml"_s, minimal("ape")).add(u"d.yaml"_s, minimal());
        SilentModel model;
        const auto agents = AgentManager::load(folder.path(), u"m"_s, model);
        QVERIFY(bool(agents));
        QVERIFY(!agents->find(u"poet"_s));
        QVERIFY(
            agents->unknownAgent(u"poet"_s) ==
            (Error{ErrorCode::UnknownAgent, u"Agent 'poet' not found. Available: default, ape"_s}));
    }

    void ourOwnAgentsAreRight()
    {
        SilentModel model;
        const auto agents = AgentManager::load(QStringLiteral(RUNNEL_SOURCE_DIR "/agents"),
                                               u"gemini-flash-latest"_s, model);
        QVERIFY2(bool(agents), qPrintable(agents ? QString() : agents.error()));
        QVERIFY(agents->infos().size() >= 3);
        for (const AgentInfo &info : agents->infos()) {
            QVERIFY(!info.description.isEmpty());
            QCOMPARE(info.model, u"gemini-flash-latest"_s);
        }
        QVERIFY(agents->find({})->config.thinking->includeThoughts == true);
    }
};

QTEST_GUILESS_MAIN(TestAgentManager)
#include "tst_agentmanager.moc"
