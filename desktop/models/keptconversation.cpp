#include "models/keptconversation.h"

#include "cache/conversationcache.h"
#include "protocol/codec.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

// The names stand in people's caches.
constexpr auto frameKey = "frame"_L1;
constexpr auto atKey = "at"_L1;
constexpr auto codeKey = "code"_L1;
constexpr auto problemKey = "problem"_L1;

template <typename Frame>
std::optional<Frame> frameFrom(const QByteArray &json)
{
    auto frame = decodeServerFrame(QString::fromUtf8(json));
    Frame *const wanted = frame ? std::get_if<Frame>(&*frame) : nullptr;
    return wanted ? std::optional(std::move(*wanted)) : std::nullopt;
}

//! Empty of a frame that nothing is kept of.
QString idOf(const ClientFrame &frame)
{
    return std::visit(Overloaded{[](const SendMessage &f) { return f.id; },
                                 [](const EditMessage &f) { return f.id; },
                                 [](const RegenerateAnswer &f) { return f.id; },
                                 [](const ContinueAnswer &f) { return f.id; },
                                 [](const auto &) { return QString(); }},
                      frame);
}

UnsentRequest requestOf(const ViewMessage &own)
{
    UnsentRequest request{SendMessage{own.content, own.agent, own.id}, own.id, own.at, {}};
    if (!own.replaces.isEmpty())
        request.frame = EditMessage{own.replaces, own.content, own.agent, own.id};
    if (own.delivery == Delivery::Refused)
        request.refused = own.problem.value_or(Problem());
    return request;
}

//! Without an agent the one that answered before is asked, which is what was wanted.
UnsentRequest requestOf(const SessionView::Asked &asked)
{
    if (asked.kind == SessionView::Asked::Kind::Continue)
        return {ContinueAnswer{asked.messageId, asked.id}, asked.id, {}, {}};
    return {RegenerateAnswer{asked.messageId, {}, asked.id}, asked.id, {}, {}};
}

} // namespace

KeptConversation keptOf(const SessionView &view)
{
    KeptConversation kept{view.hello(), view.snapshot()};
    kept.hello.seq = view.seq();
    kept.hello.epoch = view.epoch();
    kept.hello.resumed = false;
    return kept;
}

CachedSnapshot toCache(const KeptConversation &kept)
{
    return {kept.snapshot.seq, kept.hello.epoch,
            encode(ServerFrame(kept.hello)).toUtf8() + '\n' +
                encode(ServerFrame(kept.snapshot)).toUtf8()};
}

std::optional<KeptConversation> keptFrom(const CachedSnapshot &cached)
{
    const qsizetype end = cached.content.indexOf('\n');
    auto hello = frameFrom<SessionHello>(cached.content.first(std::max<qsizetype>(end, 0)));
    auto snapshot = frameFrom<Snapshot>(cached.content.sliced(end + 1));
    if (!hello || !snapshot || hello->epoch != cached.epoch || hello->seq != cached.seq ||
        snapshot->seq != cached.seq || hello->resumed)
        return {};
    return KeptConversation{*std::move(hello), *std::move(snapshot)};
}

std::vector<UnsentRequest> unsentOf(const SessionView &view)
{
    std::vector<UnsentRequest> requests;
    for (int row = view.takenCount(); row < view.count(); ++row)
        requests.push_back(requestOf(view.at(row)));
    for (const SessionView::Asked &asked : view.asked())
        requests.push_back(requestOf(asked));
    return requests;
}

QByteArray toCache(const UnsentRequest &request)
{
    QJsonObject json{{frameKey, encode(request.frame)}};
    if (request.at.isValid())
        json.insert(atKey, formatTimestamp(request.at));
    if (request.refused) {
        json.insert(codeKey, request.refused->code);
        json.insert(problemKey, request.refused->text);
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<UnsentRequest> requestFrom(const QByteArray &cached)
{
    const QJsonDocument json = QJsonDocument::fromJson(cached);
    auto frame = decodeClientFrame(json[frameKey].toString(), ConversationCache::maxContentBytes);
    const QString id = frame ? idOf(*frame) : QString();
    if (id.isEmpty())
        return {};
    UnsentRequest request{*std::move(frame),
                          id,
                          QDateTime::fromString(json[atKey].toString(), Qt::ISODateWithMs),
                          {}};
    if (const QJsonValue code = json[codeKey]; code.isString())
        request.refused = Problem{code.toString(), json[problemKey].toString(), {}};
    return request;
}

CachedConversation toCache(const ListedConversation &listed)
{
    return {listed.id,        listed.title,     listed.pinned,
            listed.createdAt, listed.updatedAt, int(listed.messages)};
}

ListedConversation listedFrom(const CachedConversation &cached)
{
    return {cached.id,        cached.title,    cached.pinned, cached.createdAt,
            cached.updatedAt, cached.messages, false,         {}};
}

} // namespace runnel
