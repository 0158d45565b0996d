#pragma once

#include "protocol/frames.h"
#include "protocol/result.h"

#include <QHash>
#include <QString>

#include <optional>

namespace runnel {

//! What tokens of models cost, as the setting MODEL_PRICES says. Nothing is known beforehand:
//! prices change, and who runs the server knows theirs.
class ModelPrices
{
public:
    ModelPrices() = default;

    //! `model=in/out` or `model=in/out/cached`, with commas between: US dollars for a million
    //! tokens of the prompt, of answer and thoughts together, and of the prompt's cached part,
    //! which costs as the rest where it is left out. An empty text has none. The error is the entry
    //! that is wrong.
    [[nodiscard]] static Result<ModelPrices, QString> parse(const QString &text);

    //! US dollars for \a usage of that model; nothing where it has no price or nothing was counted.
    [[nodiscard]] std::optional<double> costOf(const QString &model, const Usage &usage) const;

    //! As it was parsed.
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    struct Price
    {
        double in = 0;
        double out = 0;
        double cached = 0;
    };

    QHash<QString, Price> m_prices;
    QString m_text;
};

} // namespace runnel
