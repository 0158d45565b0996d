#include "cache/cachedconversation.h"

#include <QDataStream>
#include <QIODevice>
#include <QTimeZone>

namespace runnel {

namespace {

//! A QDataStream of another version may write the same value otherwise.
constexpr auto streamVersion = QDataStream::Qt_6_0;

QDateTime utc(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc());
}

bool isRead(const QDataStream &stream)
{
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

} // namespace

QByteArray toBytes(const CachedConversation &conversation)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    stream << conversation.title.toUtf8() << conversation.pinned
           << conversation.createdAt.toMSecsSinceEpoch()
           << conversation.updatedAt.toMSecsSinceEpoch() << qint32(conversation.messages);
    return bytes;
}

std::optional<CachedConversation> conversationFrom(const QString &id, const QByteArray &bytes)
{
    QByteArray title;
    bool pinned = false;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    qint32 messages = 0;
    QDataStream stream(bytes);
    stream.setVersion(streamVersion);
    stream >> title >> pinned >> createdAt >> updatedAt >> messages;
    if (!isRead(stream))
        return {};
    return CachedConversation{
        id, QString::fromUtf8(title), pinned, utc(createdAt), utc(updatedAt), messages};
}

QByteArray toBytes(const CachedSnapshot &snapshot)
{
    QByteArray bytes;
    bytes.reserve(snapshot.content.size() + 2 * snapshot.epoch.size() + 64);
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    stream << quint64(snapshot.seq) << snapshot.epoch.toUtf8() << snapshot.content;
    return bytes;
}

std::optional<CachedSnapshot> snapshotFrom(const QByteArray &bytes)
{
    quint64 seq = 0;
    QByteArray epoch;
    QByteArray content;
    QDataStream stream(bytes);
    stream.setVersion(streamVersion);
    stream >> seq >> epoch >> content;
    if (!isRead(stream))
        return {};
    return CachedSnapshot{seq, QString::fromUtf8(epoch), content};
}

} // namespace runnel
