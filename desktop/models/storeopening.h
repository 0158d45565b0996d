#pragma once

#include "models/offlinestore.h"
#include "models/tokenstore.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace runnel {

//! Opens the store with its key from the keychain, or without one where there is no keychain. One
//! that is there and gives no key, since it is locked, is waited for in the background: nothing is
//! written without encryption only because somebody was slow with a password, or refused it.
class StoreOpening : public QObject
{
    Q_OBJECT

public:
    //! The window is not held up longer. A keychain that is not locked answers within a few
    //! milliseconds, so that the window's first frame has what is kept.
    static constexpr std::chrono::milliseconds limit{150};

    //! Both outlive it.
    StoreOpening(OfflineStore &store, TokenStore &secrets, const QString &path,
                 std::chrono::milliseconds longest = limit);

    //! Once; settled() comes from the event loop.
    void start();

Q_SIGNALS:
    //! Once: the store is open, or cannot be, or the limit has passed. It may still be opened
    //! later.
    void settled();

private:
    void ask();
    void onKey();
    void settle();

    OfflineStore &m_store;
    TokenStore &m_secrets;
    const QString m_path;
    QTimer m_limit;
    std::unique_ptr<SecretReply> m_reply;
    bool m_isSettled = false;
};

} // namespace runnel
