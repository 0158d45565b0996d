#pragma once

#include "app/instancecommand.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace runnel {

//! Where the instances of one person with one folder of settings meet: a lock and a socket in
//! XDG_RUNTIME_DIR, which is that person's alone.
struct InstancePlace
{
    QString lock;   //!< A file that stays; whoever holds its flock() is the first instance.
    QString socket; //!< Where the first instance listens.

    //! Empty paths where the person has no safe folder of that kind: then nobody meets.
    [[nodiscard]] static InstancePlace ofThisUser();
};

//! The first instance's end: holds the lock until it goes, and takes commands. The kernel lets go
//! of the lock when the process ends, however it does, so that no lock outlasts its holder and a
//! socket that was left behind belongs to whoever holds the lock.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxConnections = 16; //!< More wait, and then are closed unread.
    static constexpr std::chrono::milliseconds readLimit{1000}; //!< For a whole message.

    explicit SingleInstance(InstancePlace place, QObject *parent = nullptr);
    ~SingleInstance() override;
    Q_DISABLE_COPY_MOVE(SingleInstance)

    //! Whether this is the first instance. Does not wait, needs no event loop. Also true where
    //! there is no place to meet: a program that starts twice is better than none.
    [[nodiscard]] bool tryLock();

    //! Takes commands from now on; after tryLock(), with the event loop's application there. False
    //! when it cannot, which is logged: the window opens all the same.
    bool listen();

Q_SIGNALS:
    //! Checked, from another start of the program.
    void commandReceived(const runnel::InstanceCommand &command);

private:
    void onConnections();
    void onBytes(QLocalSocket *socket);

    const InstancePlace m_place;
    int m_lock = -1;
    QLocalServer m_server;
};

//! The second instance's end: passes a command on and waits until it was taken. Asks anew while the
//! first one is only starting.
class InstanceMessenger : public QObject
{
    Q_OBJECT

public:
    enum class Outcome {
        Taken,   //!< The first instance has it.
        Silent,  //!< It did not answer in time.
        Gone,    //!< There is no first instance any more: this is it, and SingleInstance holds the
                 //!< lock.
        Refused, //!< It would not take it, or it was too long.
    };
    static constexpr std::chrono::milliseconds limit{2000}; //!< For all of it.

    //! \a instance could not be locked.
    InstanceMessenger(InstancePlace place, SingleInstance &instance, QObject *parent = nullptr);

    void pass(const InstanceCommand &command);

Q_SIGNALS:
    //! Once.
    void finished(runnel::InstanceMessenger::Outcome outcome);

private:
    void attempt();
    void onAnswer();
    void tryLater();
    void end(Outcome outcome);

    const InstancePlace m_place;
    SingleInstance &m_instance;
    QByteArray m_message;
    bool m_ended = false;
    QLocalSocket m_socket;
    QTimer m_limit;
    QTimer m_later;
};

} // namespace runnel
