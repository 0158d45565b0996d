#include "agents/yamlfields.h"

#include <QSet>

#include <algorithm>

namespace runnel {

namespace {

QString listed(std::span<const char *const> names)
{
    QStringList list;
    for (const char *name : names)
        list.append(QString::fromLatin1(name));
    return list.join(QLatin1String(", "));
}

bool isNumberLike(const YAML::Node &node)
{
    return node.IsScalar() &&
           node.Tag() != "!"; // "!" is a quoted scalar: a text, whatever it holds
}

QString keyText(const char *key)
{
    return QString::fromLatin1(key);
}

} // namespace

YamlFields::YamlFields(const YAML::Node &map, const QString &what,
                       std::span<const char *const> known)
    : m_map(map)
{
    if (!map.IsMap()) {
        fail(map.Mark(), QStringLiteral("%1 must be a mapping of %2; it was %3.")
                             .arg(what, listed(known), describe(map)));
    }
    QSet<QString> seen;
    for (const auto &field : map) {
        const QString key = field.first.IsScalar() ? QString::fromStdString(field.first.Scalar())
                                                   : describe(field.first);
        const bool isKnown = std::ranges::any_of(
            known, [&key](const char *name) { return key == QLatin1String(name); });
        if (!isKnown) {
            fail(field.first.Mark(), QStringLiteral("%1 has no field '%2'. It may have: %3.")
                                         .arg(what, key.left(64), listed(known)));
        }
        if (seen.contains(key)) {
            fail(field.first.Mark(),
                 QStringLiteral("'%1' stands there twice. Leave one of them.").arg(key));
        }
        seen.insert(key);
    }
}

QString YamlFields::text(const char *key) const
{
    return has(key) ? textOf(m_map[key], keyText(key)) : QString();
}

std::optional<double> YamlFields::number(const char *key, double min, double max) const
{
    if (!has(key))
        return {};
    const YAML::Node node = m_map[key];
    double value = 0;
    // Written so that "not a number", which YAML has too, is refused.
    if (!isNumberLike(node) || !YAML::convert<double>::decode(node, value) ||
        !(value >= min && value <= max))
        failType(key, node, QStringLiteral("a number from %1 to %2").arg(min).arg(max));
    return value;
}

std::optional<int> YamlFields::integer(const char *key, int min, int max) const
{
    if (!has(key))
        return {};
    const YAML::Node node = m_map[key];
    int value = 0;
    if (!isNumberLike(node) || !YAML::convert<int>::decode(node, value) || value < min ||
        value > max)
        failType(key, node, QStringLiteral("a whole number from %1 to %2").arg(min).arg(max));
    return value;
}

std::optional<bool> YamlFields::boolean(const char *key) const
{
    if (!has(key))
        return {};
    const YAML::Node node = m_map[key];
    bool value = false;
    if (!isNumberLike(node) || !YAML::convert<bool>::decode(node, value))
        failType(key, node, QStringLiteral("true or false"));
    return value;
}

QString YamlFields::choice(const char *key, const QStringList &values) const
{
    if (!has(key))
        return {};
    const QString value = text(key).toUpper();
    if (!values.contains(value)) {
        failType(key, m_map[key],
                 QStringLiteral("one of %1").arg(values.join(QLatin1String(", "))));
    }
    return value;
}

void YamlFields::fail(const YAML::Mark &mark, const QString &text)
{
    throw YamlFault{mark, text};
}

void YamlFields::failType(const char *key, const YAML::Node &node, const QString &wanted)
{
    fail(node.Mark(),
         QStringLiteral("'%1' must be %2; it was %3.").arg(keyText(key), wanted, describe(node)));
}

QString YamlFields::describe(const YAML::Node &node)
{
    if (node.IsMap())
        return QStringLiteral("a mapping");
    if (node.IsSequence())
        return QStringLiteral("a list");
    if (!node.IsScalar())
        return QStringLiteral("empty");
    const QString text = QString::fromStdString(node.Scalar());
    const QString shown = text.size() > 40 ? text.left(40) + u'…' : text;
    return isNumberLike(node) ? shown : QStringLiteral("the text \"%1\"").arg(shown);
}

QString YamlFields::textOf(const YAML::Node &node, const QString &what)
{
    if (!node.IsScalar()) {
        fail(node.Mark(),
             QStringLiteral("'%1' must be text; it was %2.").arg(what, describe(node)));
    }
    return QString::fromStdString(node.Scalar());
}

} // namespace runnel
