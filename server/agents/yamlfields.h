#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <span>

#include <yaml-cpp/yaml.h>

namespace runnel {

//! Why a file cannot be used, and where. Stays within the room: it is caught in parseAgent().
struct YamlFault
{
    YAML::Mark mark;
    QString text;
};

//! The fields of one YAML mapping, read strictly: the constructor refuses what is no mapping, an
//! unknown key and a key that stands twice; the readers refuse another type or range. All of them
//! throw YamlFault.
class YamlFields
{
public:
    //! \a what names the mapping in errors: "an agent", "thinking_config".
    YamlFields(const YAML::Node &map, const QString &what, std::span<const char *const> known);

    [[nodiscard]] bool has(const char *key) const { return bool(m_map[key]); }
    [[nodiscard]] YAML::Node node(const char *key) const { return m_map[key]; }
    [[nodiscard]] YAML::Mark mark() const { return m_map.Mark(); }

    //! Null when it is not there.
    [[nodiscard]] QString text(const char *key) const;
    [[nodiscard]] std::optional<double> number(const char *key, double min, double max) const;
    [[nodiscard]] std::optional<int> integer(const char *key, int min, int max) const;
    [[nodiscard]] std::optional<bool> boolean(const char *key) const;
    //! Upper-cased; one of \a values.
    [[nodiscard]] QString choice(const char *key, const QStringList &values) const;

    [[noreturn]] static void fail(const YAML::Mark &mark, const QString &text);
    //! "a list", "the text \"x\"" …
    [[nodiscard]] static QString describe(const YAML::Node &node);
    [[nodiscard]] static QString textOf(const YAML::Node &node, const QString &what);

private:
    [[noreturn]] static void failType(const char *key, const YAML::Node &node,
                                      const QString &wanted);

    YAML::Node m_map;
};

} // namespace runnel
