#include "models/boundedtext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepest = 32;

//! Marks, embeddings, overrides and isolates of a direction.
bool turnsTheOrder(QChar c)
{
    return c == u'\u061c' || c == u'\u200e' || c == u'\u200f' ||
           (c >= u'\u202a' && c <= u'\u202e') || (c >= u'\u2066' && c <= u'\u2069');
}

//! Keeps two texts that are read from the right apart, and a line that begins with one left to
//! right.
constexpr QChar leftToRightMark(u'\u200e');

bool isReadFromTheRight(const QString &text)
{
    const QList<uint> points = text.toUcs4();
    return std::ranges::any_of(points, [](uint point) {
        if (point < 0x10000 && turnsTheOrder(QChar(point)))
            return false; // it is escaped
        const QChar::Direction direction = QChar::direction(char32_t(point));
        return direction == QChar::DirR || direction == QChar::DirAL;
    });
}

//! Writes until it has more than fits; QJsonDocument has no end that one could set.
class Writer
{
public:
    Writer(JsonForm form, qsizetype most)
        : m_form(form)
        , m_most(most)
    {}

    void write(const QJsonValue &value, int depth = 0)
    {
        if (value.isObject())
            object(value.toObject(), depth);
        else if (value.isArray())
            array(value.toArray(), depth);
        else if (value.isString())
            text(value.toString());
        else
            m_json += scalar(value);
    }

    QString take() { return m_turns ? leftToRightMark + m_json : std::move(m_json); }

private:
    [[nodiscard]] bool isFull() const { return m_json.size() > m_most; }

    void object(const QJsonObject &object, int depth)
    {
        if (!begin(u'{', depth))
            return;
        for (auto member = object.begin(); member != object.end() && !isFull(); ++member) {
            separate(member == object.begin(), depth);
            text(member.key());
            m_json += m_form == JsonForm::Lines ? u": "_s : u":"_s;
            write(member.value(), depth + 1);
        }
        end(u'}', object.isEmpty(), depth);
    }
    void array(const QJsonArray &array, int depth)
    {
        if (!begin(u'[', depth))
            return;
        for (auto element = array.begin(); element != array.end() && !isFull(); ++element) {
            separate(element == array.begin(), depth);
            write(*element, depth + 1);
        }
        end(u']', array.isEmpty(), depth);
    }
    bool begin(QChar bracket, int depth)
    {
        m_json += depth < deepest ? bracket : u'…';
        return depth < deepest;
    }
    void separate(bool isFirst, int depth)
    {
        if (!isFirst)
            m_json += u',';
        newLine(depth + 1);
    }
    void end(QChar bracket, bool isEmpty, int depth)
    {
        if (!isEmpty)
            newLine(depth);
        m_json += bracket;
    }
    void newLine(int depth)
    {
        if (m_form == JsonForm::Lines)
            m_json += u'\n' + u"  "_s.repeated(depth);
    }
    void text(const QString &text)
    {
        const QString start = text.left(m_most);
        const QString quoted = scalar(start);
        for (const QChar c : quoted) {
            if (turnsTheOrder(c))
                m_json += u"\\u%1"_s.arg(int(c.unicode()), 4, 16, QChar(u'0'));
            else
                m_json += c;
        }
        if (m_form == JsonForm::Line && isReadFromTheRight(start)) {
            m_json += leftToRightMark;
            m_turns = true;
        }
    }
    static QString scalar(const QJsonValue &value)
    {
        const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(array.sliced(1, array.size() - 2));
    }

    const JsonForm m_form;
    const qsizetype m_most;
    QString m_json;
    bool m_turns = false; //!< Something in it is read from the right.
};

} // namespace

BoundedText cut(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return {text, true};
    const bool half = most > 0 && text[most - 1].isHighSurrogate();
    return {text.left(half ? most - 1 : most) + u'…', false};
}

BoundedText boundedJson(const QJsonObject &object, JsonForm form, qsizetype most)
{
    Writer writer(form, most);
    writer.write(object);
    return cut(writer.take(), most);
}

} // namespace runnel
