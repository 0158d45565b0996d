#include "models/conversationkeeper.h"

#include <QLoggingCategory>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcKeeper, "runnel.keeper", QtInfoMsg)

} // namespace

ConversationKeeper::ConversationKeeper(OfflineStore &store, const QUrl &server,
                                       ChatSession &session)
    : m_store(store)
    , m_server(server)
    , m_session(session)
{
    m_snapshotTimer.setSingleShot(true);
    m_draftTimer.setSingleShot(true);
    connect(&m_snapshotTimer, &QTimer::timeout, this, &ConversationKeeper::keepSnapshot);
    connect(&m_draftTimer, &QTimer::timeout, this, &ConversationKeeper::keepDraft);
    connect(&m_making, &QFutureWatcher<CachedSnapshot>::finished, this,
            &ConversationKeeper::takeMade);
    connect(&session, &ChatSession::followed, this, &ConversationKeeper::follow);
    connect(&session, &ChatSession::draftChanged, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start(pause);
    });
}

ConversationKeeper::~ConversationKeeper()
{
    flush();
}

ConversationCache *ConversationKeeper::cache() const
{
    return m_store.cacheFor(m_server);
}

void ConversationKeeper::bringBack()
{
    if (!cache())
        return;
    const QString server = m_server.toString();
    const QString conversation = m_session.conversationId();
    const auto cached = cache()->snapshot(server, conversation);
    if (const auto kept = cached ? keptFrom(*cached) : std::nullopt) {
        m_seq = kept->snapshot.seq;
        m_epoch = kept->hello.epoch;
        m_isPut = true;
        m_session.restore(*kept);
    }
    std::vector<UnsentRequest> requests;
    const QList<UnsentItem> items = cache() ? cache()->unsent(server) : QList<UnsentItem>();
    for (const UnsentItem &one : items) {
        if (one.conversation != conversation)
            continue;
        if (one.item == draftItem()) {
            m_draft = QString::fromUtf8(one.content);
        } else if (auto request = requestFrom(one.content)) {
            m_requests.insert(request->id, request->refused.has_value());
            requests.push_back(*std::move(request));
        }
    }
    if (m_session.draft().isEmpty())
        m_session.setDraft(m_draft);
    m_session.restore(requests);
    // What was written before the store was open.
    follow();
    keepDraft();
}

void ConversationKeeper::flush()
{
    keepUnsent();
    keepDraft();
    m_snapshotTimer.stop();
    ++m_generation;
    if (!hasNews())
        return;
    if (const KeptConversation kept = keptOf(m_session.view()); kept.snapshot.messages.isEmpty())
        dropGone();
    else
        put(toCache(kept));
}

void ConversationKeeper::putAgain()
{
    m_isPut = false;
    m_requests.clear();
    m_draft.clear();
    flush();
}

bool ConversationKeeper::hasNews() const
{
    const SessionView &view = m_session.view();
    return cache() && m_session.hasCome() &&
           (!m_isPut || view.seq() != m_seq || view.epoch() != m_epoch);
}

void ConversationKeeper::follow()
{
    keepUnsent();
    const bool isAnswering = m_session.answering();
    const bool ended = std::exchange(m_wasAnswering, isAnswering) && !isAnswering;
    if (!hasNews())
        return;
    const std::chrono::milliseconds wait = ended ? 0ms : isAnswering ? pauseInAnswer : pause;
    if (!m_snapshotTimer.isActive() || m_snapshotTimer.remainingTimeAsDuration() > wait)
        m_snapshotTimer.start(wait);
}

void ConversationKeeper::keepSnapshot()
{
    if (!hasNews() || m_isMaking)
        return;
    const KeptConversation kept = keptOf(m_session.view());
    if (kept.snapshot.messages.isEmpty()) {
        dropGone();
        return;
    }
    m_isMaking = true;
    const auto promise = std::make_shared<QPromise<CachedSnapshot>>();
    promise->start();
    m_madeFor = m_generation;
    m_making.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, kept] {
        promise->addResult(toCache(kept));
        promise->finish();
    });
}

void ConversationKeeper::takeMade()
{
    m_isMaking = false;
    if (m_madeFor == m_generation && cache())
        put(m_making.result());
    follow(); // More may have come meanwhile.
}

void ConversationKeeper::put(const CachedSnapshot &made)
{
    m_isPut = cache()->putSnapshot(m_server.toString(), m_session.conversationId(), made);
    m_seq = made.seq;
    m_epoch = made.epoch;
}

//! The server has it no more. What is unsent goes with it, and is put again.
void ConversationKeeper::dropGone()
{
    ++m_generation;
    if (!std::exchange(m_isPut, false))
        return;
    cache()->remove(m_server.toString(), m_session.conversationId());
    m_requests.clear();
    m_draft.clear();
    keepUnsent();
    keepDraft();
}

//! What is in a request stays as it was; only whether it was refused may change.
void ConversationKeeper::keepUnsent()
{
    if (!cache() || (m_requests.isEmpty() && !m_session.hasUnsent()))
        return;
    QHash<QString, bool> now;
    const std::vector<UnsentRequest> requests = unsentOf(m_session.view());
    for (const UnsentRequest &request : requests) {
        const bool isRefused = request.refused.has_value();
        now.insert(request.id, isRefused);
        if (m_requests.value(request.id, !isRefused) != isRefused)
            putUnsent(request.id, toCache(request));
    }
    const QStringList known = m_requests.keys();
    for (const QString &id : known) {
        if (!now.contains(id))
            removeUnsent(id);
    }
    m_requests = now;
}

void ConversationKeeper::keepDraft()
{
    m_draftTimer.stop();
    if (!cache() || m_session.draft() == m_draft)
        return;
    m_draft = m_session.draft();
    if (m_draft.isEmpty())
        removeUnsent(draftItem());
    else
        putUnsent(draftItem(), m_draft.toUtf8());
}

void ConversationKeeper::putUnsent(const QString &item, const QByteArray &content)
{
    if (!cache()->putUnsent(m_server.toString(), {m_session.conversationId(), item, content}))
        qCWarning(lcKeeper, "Something unsent is too large to be kept.");
}

void ConversationKeeper::removeUnsent(const QString &item)
{
    cache()->removeUnsent(m_server.toString(), m_session.conversationId(), item);
}

} // namespace runnel
