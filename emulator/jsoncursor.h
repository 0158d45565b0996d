#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace runnel::emulator {

//! Walks a JSON document that people wrote and remembers the first thing that is wrong with it,
//! together with its path (`rules[3].fault.kind`). Reading goes on with defaults after an error, so
//! only the end has to ask.
class JsonCursor
{
public:
    explicit JsonCursor(const QJsonValue &root)
        : m_value(root)
        , m_error(std::make_shared<QString>())
    {}

    [[nodiscard]] QString error() const { return *m_error; }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool exists() const { return !m_value.isUndefined(); }
    [[nodiscard]] bool isArray() const { return m_value.isArray(); }
    [[nodiscard]] const QJsonValue &value() const { return m_value; }

    //! The member of an object; one that does not exist when it is not there.
    [[nodiscard]] JsonCursor operator[](const QString &key) const;

    //! Fails unless this is an object with no other keys than these.
    void allow(const QStringList &keys) const;
    //! Calls back for each item of a list.
    void forEach(qsizetype atMost, const std::function<void(const JsonCursor &)> &item) const;

    // The value, or the fallback when there is none; fails on another type or out of range.
    [[nodiscard]] QString text(qsizetype atMost, const QString &fallback = {}) const;
    [[nodiscard]] bool truth(bool fallback) const;
    [[nodiscard]] double number(double from, double to, double fallback) const;
    [[nodiscard]] int integer(int from, int to, int fallback) const;

    //! Remembers that something is wrong here, if nothing was before.
    void fail(const QString &what) const;

private:
    JsonCursor(const QJsonValue &value, const QString &path, std::shared_ptr<QString> error)
        : m_value(value)
        , m_path(path)
        , m_error(std::move(error))
    {}

    QJsonValue m_value;
    QString m_path;
    std::shared_ptr<QString> m_error;
};

} // namespace runnel::emulator
