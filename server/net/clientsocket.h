#pragma once

#include "net/connectionlimits.h"

#include <QTcpSocket>

#include <chrono>
#include <optional>
#include <vector>

namespace runnel {

//! The server's end of a connection. Keeps its places among the open connections while it lives,
//! and once close() was called it closes in time and deletes itself. QWebSocket needs that: close()
//! waits for a peer that does not read for ever, and its destructor drops all connections to the
//! socket's signals, so that nobody would hear of the end.
class ClientSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    //! After close() the peer has \a closeTimeout to take what is still to be written.
    explicit ClientSocket(std::chrono::milliseconds closeTimeout, QObject *parent = nullptr);

    //! Its place among all connections, kept until the socket is gone.
    void keep(ConnectionLease lease) { m_leases.push_back(std::move(lease)); }

    //! Its place among the connections of its address.
    void keepOfAddress(ConnectionLease lease) { m_leaseOfAddress = std::move(lease); }
    //! The answer is written and only the peer's own goodbye is awaited: this one no longer counts
    //! against its address, since a page that is loaded leaves dozens of these behind.
    void releaseAddress() { m_leaseOfAddress.reset(); }

    //! From now on what is written goes to the kernel at once, for as long as nothing has to wait.
    //! bytesWritten() does not tell of that; what waits is written, and told of, by QTcpSocket. Its
    //! own way is a copy, a write notifier that goes on and off, and a buffer of 32 KiB that stays.
    void writeThrough() { m_writesThrough = true; }

    void close() override;

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    const std::chrono::milliseconds m_closeTimeout;
    std::vector<ConnectionLease> m_leases;
    std::optional<ConnectionLease> m_leaseOfAddress;
    bool m_closing = false;
    bool m_writesThrough = false;
};

} // namespace runnel
