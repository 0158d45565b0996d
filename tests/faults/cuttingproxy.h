#pragma once

#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <array>
#include <chrono>
#include <vector>

class QTcpSocket;

namespace runnel::faults {

//! A network to be trusted with nothing: hands bytes on between whoever connects and a port of this
//! machine, and on demand cuts at a byte, stands still, dawdles, or is not there.
class CuttingProxy : public QObject
{
    Q_OBJECT

public:
    enum Way { Up, Down };

    explicit CuttingProxy(QObject *parent = nullptr);
    ~CuttingProxy() override;

    [[nodiscard]] bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    //! Where new connections go; 0: they are reset.
    void setTarget(quint16 port) { m_target = port; }

    //! Ends all connections now: with a reset, or with a close that looks like an end.
    void cut(bool withReset);
    //! Resets the connection that carries it as soon as so many more bytes have gone that way.
    //! Once.
    void cutAfter(Way way, qint64 bytes) { m_left[way] = bytes; }
    //! Nothing more is read of what the target says.
    void setStalled(bool stalled);
    //! 0: as fast as it goes.
    void setBytesPerSecond(int bytes);
    //! Bytes go on only every so many milliseconds; 0: at once.
    void setDelay(std::chrono::milliseconds every);
    //! While unplugged new connections are reset, and the ones there are end.
    void setUnplugged(bool unplugged);
    //! A good network again; connections stay.
    void heal();

    [[nodiscard]] qsizetype connections() const { return qsizetype(m_links.size()); }

private:
    struct Link
    {
        QTcpSocket *caller = nullptr;
        QTcpSocket *target = nullptr;
    };

    void accept();
    void pumpAll();
    //! False when the link was cut.
    bool pump(const Link &link, Way way, qint64 budget);
    [[nodiscard]] bool isPaced() const { return m_bytesPerSecond > 0 || m_every.count() > 0; }
    void pace();
    void end(const Link &link, bool withReset);
    void finish(const Link &link, QTcpSocket *ended);

    QTcpServer m_server;
    std::vector<Link> m_links;
    QTimer m_tick;
    quint16 m_target = 0;
    std::array<qint64, 2> m_left{-1, -1}; //!< Bytes until the cut; below 0: none.
    std::chrono::milliseconds m_every{0};
    int m_bytesPerSecond = 0;
    bool m_isStalled = false;
    bool m_isUnplugged = false;
};

} // namespace runnel::faults
