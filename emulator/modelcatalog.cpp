#include "emulator/modelcatalog.h"

#include "emulator/resources.h"
#include "protocol/jsonwriter.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

ModelCatalog::ModelCatalog()
{
    loadResources();
    QFile file(u":/runnel/emulator/models.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The emulator's list of models is missing from the binary.");
    const QJsonArray models = QJsonDocument::fromJson(file.readAll()).array();
    m_models.reserve(size_t(models.size()));
    for (const auto &value : models) {
        const QJsonObject object = value.toObject();
        ModelInfo model;
        model.name = object[u"name"].toString();
        model.displayName = object[u"displayName"].toString();
        model.description = object[u"description"].toString();
        model.version = object[u"version"].toString();
        model.servedAs = object[u"servedAs"].toString(model.name);
        model.generation = object[u"generation"].toDouble(3);
        model.inputTokens = object[u"inputTokens"].toInt(model.inputTokens);
        model.outputTokens = object[u"outputTokens"].toInt(model.outputTokens);
        model.minimalThinking = object[u"minimalThinking"].toBool(true);
        m_models.push_back(std::move(model));
    }
}

void ModelCatalog::add(const QString &name, const QString &like)
{
    const ModelInfo *const known = find(like);
    Q_ASSERT(known);
    ModelInfo model = *known;
    model.name = name;
    model.displayName = name;
    model.servedAs = name;
    m_models.push_back(std::move(model));
}

const ModelInfo *ModelCatalog::find(const QString &name) const
{
    const auto it = std::find_if(m_models.begin(), m_models.end(),
                                 [&](const ModelInfo &model) { return model.name == name; });
    return it == m_models.end() ? nullptr : &*it;
}

QString ModelInfo::toJson() const
{
    JsonWriter json(512);
    json.beginObject().member("name"_L1, u"models/"_s + name).member("version"_L1, version);
    json.member("displayName"_L1, displayName).member("description"_L1, description);
    json.member("inputTokenLimit"_L1, inputTokens).member("outputTokenLimit"_L1, outputTokens);
    json.key("supportedGenerationMethods"_L1).beginArray();
    json.value("generateContent"_L1).value("countTokens"_L1).endArray();
    json.member("temperature"_L1, 1).member("topP"_L1, 0.95).member("topK"_L1, 64);
    json.member("maxTemperature"_L1, 2).member("thinking"_L1, true).endObject();
    return json.take();
}

} // namespace runnel::emulator
