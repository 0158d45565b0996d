#include "cache/conversationcache.h"

#include "cache/cachelock.h"
#include "cache/cachetables.h"
#include "cache/cachewriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcCache, "runnel.cache", QtInfoMsg)

namespace {

constexpr auto longestWait = 2s;

//! The folder of \a file for this user alone, where it is not there yet.
void makeFolder(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    QDir().mkpath(QFileInfo(folder).absolutePath());
    ::mkdir(QFile::encodeName(folder).constData(), 0700);
}

//! As the server orders its list. By numbers: to compare two QDateTime of a time zone takes longer
//! than to decrypt a line.
QList<CachedConversation> ordered(const QList<CachedConversation> &conversations)
{
    std::vector<std::tuple<bool, qint64, qsizetype>> places;
    places.reserve(std::size_t(conversations.size()));
    for (qsizetype i = 0; i < conversations.size(); ++i) {
        const CachedConversation &each = conversations.at(i);
        places.emplace_back(each.pinned, each.updatedAt.toMSecsSinceEpoch(), i);
    }
    std::sort(places.begin(), places.end(), std::greater<>());
    QList<CachedConversation> inOrder;
    inOrder.reserve(conversations.size());
    for (const auto &[pinned, updatedAt, place] : places)
        inOrder.append(conversations.at(place));
    return inOrder;
}

} // namespace

ConversationCache::ConversationCache(const Options &options, QObject *parent)
    : QObject(parent)
    , m_path(options.path)
    , m_maxBytes(options.maxBytes)
{
    if (!BlobSeal::prepare() ||
        (!options.key.isEmpty() && options.key.size() != BlobSeal::keyBytes)) {
        m_reason = u"The cache cannot be used: its key has not 32 bytes."_s;
        return;
    }
    m_seal = std::make_unique<const BlobSeal>(options.key);
    makeFolder(m_path);
    auto lock = CacheLock::take(m_path);
    if (!lock) {
        m_reason = u"The cache "_s + lock.error();
        return;
    }
    m_lock = std::move(*lock);
    use(openCache(m_path, *m_seal));
}

ConversationCache::~ConversationCache()
{
    if (!flush(longestWait))
        qCWarning(lcCache, "Not all was written to the cache.");
    stopUsing();
}

void ConversationCache::use(OpenedCache opened)
{
    m_state = opened.state;
    m_reason = opened.reason;
    if (!opened.database)
        return;
    auto reading = CacheDatabase::open(m_path);
    if (!reading) {
        m_state = CacheState::Unavailable;
        m_reason = u"The cache cannot be used: "_s + reading.error().text + u'.';
        return;
    }
    m_database = std::move(*reading);
    m_tables = std::make_unique<CacheTables>(*m_database, *m_seal);
    m_writer = std::make_unique<CacheWriter>(std::move(opened.database), *m_seal, m_maxBytes);
    connect(m_writer.get(), &CacheWriter::unsentStored, this, &ConversationCache::unsentStored,
            Qt::QueuedConnection);
    connect(m_writer.get(), &CacheWriter::failed, this, &ConversationCache::failed,
            Qt::QueuedConnection);
    connect(
        m_writer.get(), &CacheWriter::damaged, this,
        [this, writer = m_writer.get()] {
            if (writer == m_writer.get())
                rebuild();
        },
        Qt::QueuedConnection);
}

void ConversationCache::stopUsing()
{
    // The writer last: who closes last brings the log into the file, unless it never read.
    m_tables.reset();
    m_database.reset();
    m_writer.reset();
}

void ConversationCache::rebuild()
{
    const auto waiting = m_writer->stop();
    stopUsing();
    if (std::exchange(m_wasRebuilt, true)) {
        m_state = CacheState::Unavailable;
        m_reason = u"The cache cannot be used: it is damaged again and again."_s;
    } else {
        use(rebuildCache(m_path, *m_seal));
    }
    for (const CacheChange &change : waiting) {
        if (m_writer)
            m_writer->put(change);
    }
    qCWarning(lcCache, "The cache was found damaged while it was used.");
    Q_EMIT stateChanged();
}

bool ConversationCache::isSound()
{
    const CacheProblem problem = m_database->takeProblem();
    if (problem.isDamage())
        rebuild();
    return !problem;
}

QList<CachedConversation> ConversationCache::conversations(const QString &server)
{
    if (!m_writer)
        return {};
    m_writer->flush(longestWait);
    const QList<CachedConversation> found = m_tables->conversations(server);
    return isSound() ? ordered(found) : QList<CachedConversation>();
}

QDateTime ConversationCache::listedAt(const QString &server)
{
    if (!m_writer)
        return {};
    m_writer->flush(longestWait);
    const QDateTime at = m_tables->listedAt(server);
    return isSound() ? at : QDateTime();
}

std::optional<CachedSnapshot> ConversationCache::snapshot(const QString &server,
                                                          const QString &conversation)
{
    if (!m_writer)
        return {};
    CacheWriter::Waiting waiting = m_writer->waitingSnapshot(server, conversation);
    if (waiting.decides)
        return std::move(waiting.snapshot);
    auto found = m_tables->snapshot(server, conversation);
    if (!isSound() || !found)
        return {};
    m_writer->put(NoteOpened{server, conversation});
    return found;
}

QList<UnsentItem> ConversationCache::unsent(const QString &server)
{
    if (!m_writer)
        return {};
    m_writer->flush(longestWait);
    QList<UnsentItem> found = m_tables->unsent(server);
    if (isSound())
        return found;
    // What was rebuilt has what could be read.
    return m_tables ? m_tables->unsent(server) : found;
}

void ConversationCache::putConversations(const QString &server,
                                         const QList<CachedConversation> &conversations,
                                         const QDateTime &at)
{
    if (m_writer && (!conversations.isEmpty() || at.isValid()))
        m_writer->put(PutConversations{server, conversations, false, at});
}

void ConversationCache::replaceConversations(const QString &server,
                                             const QList<CachedConversation> &conversations,
                                             const QDateTime &at)
{
    if (m_writer)
        m_writer->put(PutConversations{server, conversations, true, at});
}

bool ConversationCache::putSnapshot(const QString &server, const QString &conversation,
                                    const CachedSnapshot &snapshot)
{
    if (snapshot.content.size() > maxContentBytes)
        return false;
    if (m_writer)
        m_writer->put(PutSnapshot{server, conversation, snapshot});
    return true;
}

bool ConversationCache::putUnsent(const QString &server, const UnsentItem &item)
{
    if (item.content.size() > maxContentBytes)
        return false;
    if (m_writer)
        m_writer->put(PutUnsent{server, item});
    return true;
}

void ConversationCache::removeUnsent(const QString &server, const QString &conversation,
                                     const QString &item)
{
    if (m_writer)
        m_writer->put(RemoveUnsent{server, conversation, item});
}

void ConversationCache::remove(const QString &server, const QString &conversation)
{
    if (m_writer)
        m_writer->put(RemoveConversation{server, conversation});
}

void ConversationCache::removeServer(const QString &server)
{
    if (m_writer)
        m_writer->put(RemoveServer{server});
}

void ConversationCache::clear()
{
    if (!m_writer)
        return;
    removeCachesAside(m_path);
    m_writer->put(RemoveAll{});
}

bool ConversationCache::flush(std::chrono::milliseconds atMost)
{
    return !m_writer || m_writer->flush(atMost);
}

} // namespace runnel
