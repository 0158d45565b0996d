#include "models/tokenstore.h"

#include <qt6keychain/keychain.h>

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <array>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcSecrets, "runnel.secrets", QtInfoMsg)

QByteArray randomKey()
{
    std::array<quint32, TokenStore::keyBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), TokenStore::keyBytes);
}

QString keyOf(const QString &server)
{
    return u"token/"_s + server;
}

} // namespace

TokenStore::TokenStore(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &TokenStore::onTimeout);
}

TokenStore::~TokenStore()
{
    // The library may still write to its job, which deletes itself: only we are no longer told.
    if (m_job)
        m_job->disconnect(this);
}

std::unique_ptr<SecretReply> TokenStore::token(const QString &server)
{
    return enqueue(Kind::Read, keyOf(server));
}

std::unique_ptr<SecretReply> TokenStore::setToken(const QString &server, const QByteArray &token)
{
    return enqueue(Kind::Write, keyOf(server), token);
}

std::unique_ptr<SecretReply> TokenStore::removeToken(const QString &server)
{
    return enqueue(Kind::Remove, keyOf(server));
}

std::unique_ptr<SecretReply> TokenStore::cacheKey()
{
    return enqueue(Kind::MakeKey, u"cache-key"_s);
}

// ---- one request after another

std::unique_ptr<SecretReply> TokenStore::enqueue(Kind kind, const QString &key,
                                                 const QByteArray &secret)
{
    auto reply = std::make_unique<SecretReply>();
    const bool wrong =
        kind == Kind::Write && (secret.isEmpty() || secret.size() > TokenStore::maxToken);
    if (wrong || m_requests.size() >= maxWaiting) {
        QMetaObject::invokeMethod(
            reply.get(),
            [told = reply.get()] {
                told->m_finished = true;
                Q_EMIT told->finished();
            },
            Qt::QueuedConnection);
        return reply;
    }
    m_requests.push_back({kind, key, secret, reply.get()});
    if (m_requests.size() == 1)
        QMetaObject::invokeMethod(this, &TokenStore::doNext, Qt::QueuedConnection);
    return reply;
}

void TokenStore::doNext()
{
    if (m_busy || m_requests.empty())
        return;
    m_busy = true;
    if (m_isLate) {
        dispatch(Answer::Silent, {});
        return;
    }
    switch (m_requests.front().kind) {
    case Kind::Read:
    case Kind::MakeKey:
        startRead();
        break;
    case Kind::Write:
        startWrite();
        break;
    case Kind::Remove:
        startRemove();
        break;
    }
}

void TokenStore::startRead()
{
    // What is in memory is newer: the keychain did not take it. A key is what it was before.
    const Request &request = m_requests.front();
    if (request.kind == Kind::Read && m_memory.contains(request.key))
        finishFromMemory();
    else
        run(new QKeychain::ReadPasswordJob(m_options.service));
}

void TokenStore::startWrite()
{
    auto *const job = new QKeychain::WritePasswordJob(m_options.service);
    job->setBinaryData(m_requests.front().secret);
    run(job);
}

void TokenStore::startRemove()
{
    m_memory.remove(m_requests.front().key);
    run(new QKeychain::DeletePasswordJob(m_options.service));
}

//! \a job deletes itself when it has finished.
void TokenStore::run(QKeychain::Job *job)
{
    m_job = job;
    job->setInsecureFallback(false);
    job->setKey(m_requests.front().key);
    connect(job, &QKeychain::Job::finished, this, &TokenStore::onJob);
    m_limit.start(m_options.limit);
    job->start();
}

void TokenStore::onJob(QKeychain::Job *job)
{
    m_limit.stop();
    m_job.clear();
    if (m_isLate) {
        // Its request was answered from memory long ago; the keychain can be asked again.
        m_isLate = false;
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound)
            enter(Unknown, {});
        return;
    }
    Answer answer = Answer::Other;
    switch (job->error()) {
    case QKeychain::NoError:
        answer = Answer::Done;
        break;
    case QKeychain::EntryNotFound:
        answer = Answer::NotFound;
        break;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        answer = Answer::NoKeychain;
        break;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        answer = Answer::Denied;
        break;
    default:
        break;
    }
    const auto *const read = qobject_cast<QKeychain::ReadPasswordJob *>(job);
    dispatch(answer, read && answer == Answer::Done ? read->binaryData() : QByteArray());
}

void TokenStore::onTimeout()
{
    m_isLate = true;
    dispatch(Answer::Silent, {});
}

void TokenStore::dispatch(Answer answer, const QByteArray &found)
{
    note(answer);
    Request &request = m_requests.front();
    switch (request.kind) {
    case Kind::Read:
        onRead(answer, found);
        break;
    case Kind::MakeKey:
        if (answer == Answer::Done && found.size() == keyBytes) {
            m_memory.remove(request.key);
            finish(SecretReply::Place::Keychain, found);
        } else {
            request.kind = Kind::Write;
            request.secret =
                m_memory.contains(request.key) ? m_memory.value(request.key) : randomKey();
            if (answer == Answer::Done || answer == Answer::NotFound)
                startWrite();
            else
                onWritten(answer);
        }
        break;
    case Kind::Write:
        onWritten(answer);
        break;
    case Kind::Remove:
        onRemoved(answer);
        break;
    }
}

void TokenStore::onRead(Answer answer, const QByteArray &found)
{
    if (answer == Answer::Done)
        finish(SecretReply::Place::Keychain, found);
    else
        finishFromMemory();
}

void TokenStore::onWritten(Answer answer)
{
    const Request &request = m_requests.front();
    const QByteArray secret = request.secret;
    if (answer == Answer::Done) {
        m_memory.remove(request.key);
        finish(SecretReply::Place::Keychain, secret);
        return;
    }
    m_memory.insert(request.key, secret);
    finish(SecretReply::Place::Memory, secret);
}

void TokenStore::onRemoved(Answer answer)
{
    m_memory.remove(m_requests.front().key);
    const bool gone =
        answer == Answer::Done || answer == Answer::NotFound || answer == Answer::NoKeychain;
    finish(gone ? SecretReply::Place::Nowhere : SecretReply::Place::Keychain);
}

void TokenStore::finishFromMemory()
{
    const auto at = m_memory.constFind(m_requests.front().key);
    if (at == m_memory.constEnd())
        finish(SecretReply::Place::Nowhere);
    else
        finish(SecretReply::Place::Memory, *at);
}

void TokenStore::finish(SecretReply::Place place, const QByteArray &secret)
{
    const QPointer<SecretReply> reply = m_requests.front().reply;
    m_requests.pop_front();
    m_busy = false;
    if (!m_requests.empty())
        QMetaObject::invokeMethod(this, &TokenStore::doNext, Qt::QueuedConnection);
    if (!reply)
        return;
    reply->m_finished = true;
    reply->m_place = place;
    reply->m_secret = secret;
    // Last, for who is told may destroy the reply and us.
    Q_EMIT reply->finished();
}

// ---- what is told of the keychain

void TokenStore::note(Answer answer)
{
    const QString follows =
        tr("Until this window closes you stay signed in; after that you sign in "
           "again.");
    m_hasKeychain = answer != Answer::NoKeychain && answer != Answer::Other;
    switch (answer) {
    case Answer::Done:
    case Answer::NotFound:
        enter(Available, {});
        return;
    case Answer::NoKeychain:
        enter(MemoryOnly, tr("This computer has no keychain to keep secrets in (such as GNOME "
                             "Keyring or KWallet). %1")
                              .arg(follows));
        return;
    case Answer::Denied:
        enter(MemoryOnly, tr("The keychain is locked, or it was not allowed to be used. Unlock it "
                             "to stay signed in. %1")
                              .arg(follows));
        return;
    case Answer::Silent:
        enter(
            MemoryOnly,
            tr("The keychain does not answer; perhaps it waits for its password. %1").arg(follows));
        return;
    case Answer::Other:
        enter(MemoryOnly,
              tr("The keychain cannot be used: none runs, or it is locked. %1").arg(follows));
        return;
    }
}

void TokenStore::enter(State state, const QString &problem)
{
    if (state == m_state && problem == m_problem)
        return;
    m_state = state;
    m_problem = problem;
    // For whoever looks into it: a start without a keychain is an ordinary one, and who signs in is
    // told by the window.
    if (state == MemoryOnly)
        qCDebug(lcSecrets).noquote() << problem;
    Q_EMIT stateChanged();
}

} // namespace runnel
