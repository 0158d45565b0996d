#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <deque>
#include <memory>

namespace QKeychain {
class Job;
}

namespace runnel {

//! One request to TokenStore. finished() comes once, from the event loop, never from within the
//! call that made the request; destroying the reply before that means not to be told.
class SecretReply : public QObject
{
    Q_OBJECT

public:
    //! Where the secret is once the request has finished.
    enum class Place {
        Nowhere,  //!< There is none, or it was removed.
        Keychain, //!< In the system's keychain, for the next start too.
        Memory,   //!< In this process only: TokenStore::problem() says why.
    };

    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] Place place() const { return m_place; }
    //! What was asked for; empty when there is none. Never to be logged.
    [[nodiscard]] QByteArray secret() const { return m_secret; }

Q_SIGNALS:
    void finished();

private:
    friend class TokenStore;
    bool m_finished = false;
    Place m_place = Place::Nowhere;
    QByteArray m_secret;
};

//! The person's secrets: a token per server, and the key of the cache. They are kept in the
//! system's keychain; where there is none, or it does not answer in time, they are kept in memory
//! and are gone with the process: never in a file. Requests are done one after another, in order.
//! Neither logs nor sentences hold a secret. Lives in the thread of the user interface.
class TokenStore : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)

public:
    enum State {
        Unknown,    //!< Not asked yet, or it came back after MemoryOnly.
        Available,  //!< The keychain did what it was asked last.
        MemoryOnly, //!< It did not: problem() says why and what follows from it.
    };
    Q_ENUM(State)

    struct Options
    {
        QString service{QStringLiteral("runnel-desktop")}; //!< Under which all is filed.
        std::chrono::milliseconds limit{5000};             //!< Of one request to the keychain.
    };
    static constexpr qsizetype maxToken = 16 * 1024; //!< Bytes.
    static constexpr qsizetype keyBytes = 32;
    static constexpr size_t maxWaiting = 256; //!< Requests.

    explicit TokenStore(Options options, QObject *parent = nullptr);
    ~TokenStore() override;

    [[nodiscard]] State state() const { return m_state; }
    //! There is a keychain, though it may have refused, or not have answered yet. When one answers
    //! late the state is another one.
    [[nodiscard]] bool hasKeychain() const { return m_hasKeychain; }
    //! For people; empty unless MemoryOnly.
    [[nodiscard]] QString problem() const { return m_problem; }

    //! The token of the server with that id (ServerEntry::id).
    [[nodiscard]] std::unique_ptr<SecretReply> token(const QString &server);
    //! An empty \a token, or one longer than maxToken, is not kept: the place is Nowhere, and what
    //! was there stays.
    [[nodiscard]] std::unique_ptr<SecretReply> setToken(const QString &server,
                                                        const QByteArray &token);
    //! Nowhere when it is gone; Keychain when the keychain would not let go of it.
    [[nodiscard]] std::unique_ptr<SecretReply> removeToken(const QString &server);
    //! keyBytes random bytes, made when there are none; what is there and has another length is
    //! replaced. One in Memory is not the one that an earlier start may have written a cache with.
    [[nodiscard]] std::unique_ptr<SecretReply> cacheKey();

Q_SIGNALS:
    void stateChanged();

private:
    enum class Kind { Read, Write, Remove, MakeKey };
    enum class Answer { Done, NotFound, NoKeychain, Denied, Silent, Other };

    struct Request
    {
        Kind kind;
        QString key;
        QByteArray secret; //!< What to write.
        QPointer<SecretReply> reply;
    };

    [[nodiscard]] std::unique_ptr<SecretReply> enqueue(Kind kind, const QString &key,
                                                       const QByteArray &secret = {});
    void doNext();
    void startRead();
    void startWrite();
    void startRemove();
    void run(QKeychain::Job *job);
    void onJob(QKeychain::Job *job);
    void onTimeout();
    void onRead(Answer answer, const QByteArray &found);
    void onWritten(Answer answer);
    void onRemoved(Answer answer);
    void dispatch(Answer answer, const QByteArray &found);
    void finish(SecretReply::Place place, const QByteArray &secret = {});
    void finishFromMemory();
    void note(Answer answer);
    void enter(State state, const QString &problem);

    const Options m_options;
    State m_state = Unknown;
    QString m_problem;
    bool m_hasKeychain = false;
    QHash<QString, QByteArray> m_memory; //!< What the keychain did not take.
    std::deque<Request> m_requests;      //!< The first one is being done when m_busy.
    bool m_busy = false;
    QPointer<QKeychain::Job> m_job; //!< Of the first request; or one that came too late, see below.
    //! The keychain does one job at a time: behind one that hangs, all others would wait too.
    bool m_isLate = false;
    QTimer m_limit;
};

} // namespace runnel
