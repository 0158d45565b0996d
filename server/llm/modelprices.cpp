#include "llm/modelprices.h"

#include "llm/modelname.h"

#include <QStringList>

#include <algorithm>

namespace runnel {

namespace {

constexpr double dearest = 1e6;

std::optional<double> priceFrom(QStringView text)
{
    bool isNumber = false;
    const double price = text.trimmed().toDouble(&isNumber);
    if (!isNumber || !(price >= 0 && price <= dearest))
        return std::nullopt;
    return price;
}

} // namespace

Result<ModelPrices, QString> ModelPrices::parse(const QString &text)
{
    ModelPrices prices;
    prices.m_text = text;
    for (const QString &entry : text.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = entry.indexOf(u'=');
        const QString model = entry.left(std::max<qsizetype>(equals, 0)).trimmed();
        if (!isModelName(model))
            return Failure{entry.trimmed()};
        const QList<QStringView> parts = QStringView(entry).sliced(equals + 1).split(u'/');
        const std::optional<double> in = priceFrom(parts[0]);
        const std::optional<double> out = parts.size() > 1 ? priceFrom(parts[1]) : std::nullopt;
        const std::optional<double> cached = parts.size() > 2 ? priceFrom(parts[2]) : in;
        if (!in || !out || !cached || parts.size() > 3)
            return Failure{entry.trimmed()};
        prices.m_prices.insert(model, {*in, *out, *cached});
    }
    return prices;
}

std::optional<double> ModelPrices::costOf(const QString &model, const Usage &usage) const
{
    const auto price = m_prices.constFind(model);
    if (price == m_prices.cend() || (usage.promptTokens < 0 && usage.answerTokens < 0))
        return std::nullopt;
    const auto known = [](qint64 tokens) { return double(std::max<qint64>(tokens, 0)); };
    const double cached = std::min(known(usage.cachedTokens), known(usage.promptTokens));
    return ((known(usage.promptTokens) - cached) * price->in + cached * price->cached +
            (known(usage.answerTokens) + known(usage.thoughtTokens)) * price->out) /
           1e6;
}

} // namespace runnel
