#include "net/clientsocket.h"

#include <QTimer>

namespace runnel {

ClientSocket::ClientSocket(std::chrono::milliseconds closeTimeout, QObject *parent)
    : QTcpSocket(parent)
    , m_closeTimeout(closeTimeout)
{}

void ClientSocket::close()
{
    QTcpSocket::close();
    if (state() == UnconnectedState) {
        deleteLater();
    } else if (!m_closing) {
        m_closing = true;
        QTimer::singleShot(m_closeTimeout, this, [this] {
            abort();
            deleteLater();
        });
    }
}

} // namespace runnel
