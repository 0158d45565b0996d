#include "cache/cachedconversation.h"

#include <QTimeZone>
#include <QtEndian>

#include <array>

namespace runnel {

namespace {

//! By hand, since a list has thousands of lines, and to make a QDataStream takes as long as to
//! decrypt one.
template <typename T>
void append(QByteArray &bytes, T number)
{
    std::array<char, sizeof(T)> raw{};
    qToLittleEndian(number, raw.data());
    bytes.append(raw.data(), qsizetype(raw.size()));
}

//! Reads what append() wrote, from the front.
class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_rest(bytes)
    {}

    template <typename T>
    T number()
    {
        const QByteArrayView raw = take(sizeof(T));
        return raw.isEmpty() ? T() : qFromLittleEndian<T>(raw.data());
    }
    QByteArrayView take(qsizetype size)
    {
        m_isWhole = m_isWhole && size >= 0 && size <= m_rest.size();
        if (!m_isWhole)
            return {};
        const QByteArrayView taken = m_rest.first(size);
        m_rest = m_rest.sliced(size);
        return taken;
    }
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] bool isWhole() const { return m_isWhole; }

private:
    QByteArrayView m_rest;
    bool m_isWhole = true; //!< Nothing was missing yet.
};

QDateTime utc(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc());
}

} // namespace

QByteArray toBytes(const CachedConversation &conversation)
{
    QByteArray bytes;
    bytes.reserve(32 + 3 * conversation.title.size());
    append(bytes, quint8(conversation.pinned));
    append(bytes, conversation.createdAt.toMSecsSinceEpoch());
    append(bytes, conversation.updatedAt.toMSecsSinceEpoch());
    append(bytes, qint32(conversation.messages));
    return bytes += conversation.title.toUtf8();
}

std::optional<CachedConversation> conversationFrom(const QString &id, const QByteArray &bytes)
{
    Reader reader(bytes);
    const bool pinned = reader.number<quint8>() != 0;
    const auto createdAt = reader.number<qint64>();
    const auto updatedAt = reader.number<qint64>();
    const auto messages = reader.number<qint32>();
    if (!reader.isWhole())
        return {};
    return CachedConversation{
        id, QString::fromUtf8(reader.rest()), pinned, utc(createdAt), utc(updatedAt), messages};
}

QByteArray toBytes(const QDateTime &at)
{
    QByteArray bytes;
    append(bytes, at.toMSecsSinceEpoch());
    return bytes;
}

QDateTime timeFrom(const QByteArray &bytes)
{
    Reader reader(bytes);
    const auto at = reader.number<qint64>();
    return reader.isWhole() ? utc(at) : QDateTime();
}

QByteArray toBytes(const CachedSnapshot &snapshot)
{
    const QByteArray epoch = snapshot.epoch.toUtf8();
    QByteArray bytes;
    bytes.reserve(snapshot.content.size() + epoch.size() + 16);
    append(bytes, quint64(snapshot.seq));
    append(bytes, qint32(epoch.size()));
    return bytes.append(epoch).append(snapshot.content);
}

std::optional<CachedSnapshot> snapshotFrom(const QByteArray &bytes)
{
    Reader reader(bytes);
    const auto seq = reader.number<quint64>();
    const auto length = reader.number<qint32>();
    const QByteArrayView epoch = reader.take(length);
    if (!reader.isWhole())
        return {};
    return CachedSnapshot{seq, QString::fromUtf8(epoch), reader.rest().toByteArray()};
}

} // namespace runnel
