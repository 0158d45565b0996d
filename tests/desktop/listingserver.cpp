#include "listingserver.h"

#include <QJsonDocument>

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

QJsonObject line(const QString &id, const QString &title, int hoursAgo, bool pinned = false)
{
    const QString at =
        QDateTime::currentDateTimeUtc().addSecs(-3600 * hoursAgo).toString(Qt::ISODateWithMs);
    return {{u"id"_s, id},
            {u"title"_s, title},
            {u"pinned"_s, pinned},
            {u"created_at"_s, at},
            {u"updated_at"_s, at},
            {u"messages"_s, 4},
            {u"answering"_s, id == u"busy"_s}};
}

} // namespace

ListingServer::ListingServer()
    : m_lines{line(u"kept"_s, u"How we deploy"_s, 200, true),
              line(u"busy"_s, u"A plan for the garden"_s, 0), // Today, after midnight too.
              line(u"rivers"_s, u"Rivers of Europe, from the longest to the shortest"_s, 2),
              line(u"rtl"_s, u"ما هو أطول نهر؟"_s, 30),
              line(u"old"_s, u"Why is the sky blue?"_s, 24 * 5),
              line(u"older"_s, u"std::expected and what it is for"_s, 24 * 20)}
{}

void ListingServer::speakFor(ScriptedServer &server)
{
    server.answerRequestsWith([this](const auto &request) { return answer(request); });
}

ScriptedServer::Answer ListingServer::answer(const ScriptedServer::Request &request)
{
    const QString id = QString::fromLatin1(request.path.split('/').value(3));
    if (request.method == "DELETE") {
        m_deleted = id;
        return {204, {}};
    }
    if (request.method == "POST") {
        m_deleted.clear();
        return {200, QJsonDocument(lineOf(id)).toJson()};
    }
    if (request.method == "PATCH") {
        const QJsonObject change = QJsonDocument::fromJson(request.body).object();
        for (QJsonValueRef one : m_lines) {
            QJsonObject now = one.toObject();
            if (now[u"id"_s] == id) {
                for (const QString &key : change.keys())
                    now[key] = change[key];
                one = now;
            }
        }
        return {200, QJsonDocument(lineOf(id)).toJson()};
    }
    QJsonArray lines;
    for (const QJsonValue one : std::as_const(m_lines)) {
        if (one[u"id"_s] != m_deleted)
            lines.append(one);
    }
    if (request.path.contains("q=river")) {
        QJsonObject rivers = lineOf(u"rivers"_s);
        rivers[u"match"_s] = QJsonObject{
            {u"message_id"_s, found},
            {u"text"_s, u"… where the **river** meets the `sea`, it slows down and …"_s},
            {u"ranges"_s, QJsonArray{QJsonArray{14, 19}}}};
        lines = {rivers};
    } else if (request.path.contains("q=")) {
        lines = {};
    }
    return {200, QJsonDocument(QJsonObject{{u"conversations"_s, lines}}).toJson()};
}

QJsonObject ListingServer::lineOf(const QString &id) const
{
    for (const QJsonValue one : m_lines) {
        if (one[u"id"_s] == id)
            return one.toObject();
    }
    return {};
}

} // namespace runnel::test
