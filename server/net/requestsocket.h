#pragma once

#include <QByteArray>
#include <QTcpSocket>

namespace runnel {

//! What QHttpServer takes for the client's socket: a device in memory that holds one whole request
//! and passes on what is written to it. So QHttpServer never sees a second request, a half one, or
//! a client that is too slow; docs/adr/060 says why. QHttpServer owns it and deletes it after
//! end().
class RequestSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    RequestSocket(QByteArray request, const QHostAddress &peer, quint16 peerPort);
    ~RequestSocket() override;

    //! Lets QHttpServer read the request.
    void begin();
    //! The client has its answer, or has gone.
    void end();

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    void disconnectFromHost() override { end(); }
    void close() override { end(); }

Q_SIGNALS:
    void written(const QByteArray &bytes);
    void ended();

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_request;
    qsizetype m_read = 0;
};

} // namespace runnel
