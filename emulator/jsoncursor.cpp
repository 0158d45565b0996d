#include "emulator/jsoncursor.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return u"a truth value"_s;
    case QJsonValue::Double:
        return u"a number"_s;
    case QJsonValue::String:
        return u"a text"_s;
    case QJsonValue::Array:
        return u"a list"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Undefined:
        break;
    }
    return u"missing"_s;
}

} // namespace

JsonCursor JsonCursor::operator[](const QString &key) const
{
    const QString path = m_path.isEmpty() ? key : m_path + u'.' + key;
    return {m_value.isObject() ? m_value.toObject().value(key) : QJsonValue(QJsonValue::Undefined),
            path, m_error};
}

void JsonCursor::allow(const QStringList &keys) const
{
    if (!m_value.isObject())
        return fail(u"must be an object, is "_s + typeName(m_value));
    const QStringList present = m_value.toObject().keys();
    for (const QString &key : present) {
        if (!keys.contains(key))
            return (*this)[key].fail(u"is not known; known are "_s + keys.join(u", "_s));
    }
}

void JsonCursor::forEach(qsizetype atMost,
                         const std::function<void(const JsonCursor &)> &item) const
{
    if (!exists())
        return;
    if (!m_value.isArray())
        return fail(u"must be a list, is "_s + typeName(m_value));
    const QJsonArray array = m_value.toArray();
    if (array.size() > atMost)
        return fail(u"has %1 items, at most %2 are allowed"_s.arg(array.size()).arg(atMost));
    for (qsizetype i = 0; i < array.size(); ++i)
        item({array[i], u"%1[%2]"_s.arg(m_path).arg(i), m_error});
}

QString JsonCursor::text(qsizetype atMost, const QString &fallback) const
{
    if (!exists())
        return fallback;
    if (!m_value.isString()) {
        fail(u"must be a text, is "_s + typeName(m_value));
        return fallback;
    }
    const QString text = m_value.toString();
    if (text.size() > atMost) {
        fail(u"has %1 characters, at most %2 are allowed"_s.arg(text.size()).arg(atMost));
        return fallback;
    }
    return text;
}

bool JsonCursor::truth(bool fallback) const
{
    if (exists() && !m_value.isBool())
        fail(u"must be true or false, is "_s + typeName(m_value));
    return m_value.toBool(fallback);
}

double JsonCursor::number(double from, double to, double fallback) const
{
    if (!exists())
        return fallback;
    const double number = m_value.toDouble(from - 1);
    if (!m_value.isDouble() || number < from || number > to) {
        fail(u"must be a number from %1 to %2"_s.arg(from, 0, 'g', 12).arg(to, 0, 'g', 12));
        return fallback;
    }
    return number;
}

int JsonCursor::integer(int from, int to, int fallback) const
{
    const double value = number(from, to, fallback);
    if (value != std::floor(value)) {
        fail(u"must be a whole number"_s);
        return fallback;
    }
    return int(value);
}

void JsonCursor::fail(const QString &what) const
{
    if (m_error->isEmpty())
        *m_error = (m_path.isEmpty() ? u"the file"_s : m_path) + u' ' + what;
}

} // namespace runnel::emulator
