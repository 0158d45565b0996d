#pragma once

#include <QLatin1String>
#include <QString>

namespace runnel {

//! Writes compact JSON straight into one QString: a chunk's frame takes a third of the time that
//! QJsonDocument needs. A lone surrogate is written as its escape, so every QString survives the
//! wire.
class JsonWriter
{
public:
    explicit JsonWriter(qsizetype reserve = 128) { m_out.reserve(reserve); }

    JsonWriter &beginObject() { return open(u'{'); }
    JsonWriter &endObject() { return close(u'}'); }
    JsonWriter &beginArray() { return open(u'['); }
    JsonWriter &endArray() { return close(u']'); }

    JsonWriter &key(QLatin1String name);
    JsonWriter &value(QStringView text);
    JsonWriter &value(const QString &text) { return value(QStringView(text)); }
    JsonWriter &value(QLatin1String text);
    JsonWriter &value(qint64 number);
    JsonWriter &value(quint64 number);
    JsonWriter &value(int number) { return value(qint64(number)); }
    JsonWriter &value(double number);
    JsonWriter &value(bool truth);
    JsonWriter &null();
    //! A piece of JSON that is already text, taken as it is.
    JsonWriter &raw(QStringView json);

    template <typename T>
    JsonWriter &member(QLatin1String name, const T &v)
    {
        return key(name).value(v);
    }

    [[nodiscard]] QString take() { return std::move(m_out); }

private:
    JsonWriter &open(char16_t bracket);
    JsonWriter &close(char16_t bracket);
    void separate();
    void appendEscaped(QStringView text);

    QString m_out;
    bool m_needsComma = false;
};

} // namespace runnel
