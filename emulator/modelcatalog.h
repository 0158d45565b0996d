#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace runnel::emulator {

//! A model that the emulator claims to have.
struct ModelInfo
{
    QString name; //!< Without `models/`.
    QString displayName;
    QString description;
    QString version;
    QString servedAs;      //!< For an alias the model behind it, else the name itself.
    double generation = 3; //!< 2.5, 3.1, 4 …: what it accepts depends on it.
    int inputTokens = 1048576;
    int outputTokens = 65536;
    bool minimalThinking = true; //!< Accepts thinkingLevel MINIMAL.

    [[nodiscard]] bool takesThinkingLevel() const { return generation >= 3; }
    [[nodiscard]] bool requiresSignatures() const { return generation >= 3; }
    //! A request may end with a model turn that the answer goes on from.
    [[nodiscard]] bool takesPrefill() const { return generation < 3.6; }

    [[nodiscard]] QString toJson() const;
};

//! The models of models.json, which is compiled in.
class ModelCatalog
{
public:
    ModelCatalog();

    //! One more that does what \a like does, which must be there, under a name of its own.
    void add(const QString &name, const QString &like);

    [[nodiscard]] const ModelInfo *find(const QString &name) const;
    [[nodiscard]] const std::vector<ModelInfo> &models() const { return m_models; }

private:
    std::vector<ModelInfo> m_models;
};

} // namespace runnel::emulator
