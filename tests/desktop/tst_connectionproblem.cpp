#include "client/chatclient.h"
#include "client/connectionproblem.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QProcess>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Answers each request with an empty 200, through TLS once it has a certificate.
class Server : public QTcpServer
{
public:
    Server() { listen(QHostAddress::LocalHost); }

    void speakTls(const QString &certificates, const QString &key)
    {
        QFile keyFile(key);
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        m_tls.setLocalCertificateChain(QSslCertificate::fromPath(certificates));
        m_tls.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
        m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_speaksTls = true;
    }
    [[nodiscard]] QUrl url(const QString &scheme, const QString &host = u"127.0.0.1"_s) const
    {
        return QUrl(u"%1://%2:%3"_s.arg(scheme, host).arg(serverPort()));
    }
    int requests = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *const socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QSslSocket::readyRead, this, [this, socket] {
            const bool isHttp = socket->readAll().contains("HTTP/1.1");
            requests += int(isHttp);
            socket->write(isHttp ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                 : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        if (!m_speaksTls)
            return;
        socket->setSslConfiguration(m_tls);
        socket->startServerEncryption();
    }

private:
    QSslConfiguration m_tls;
    bool m_speaksTls = false;
};

} // namespace

//! The certificates are made by openssl when the tests start, each with a real server behind it.
class TestConnectionProblem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QSslSocket::supportsSsl(), "Qt has no TLS backend here");
        openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s,
                 u"ca.key"_s, u"-out"_s, u"ca.pem"_s, u"-subj"_s, u"/CN=Test Authority"_s,
                 u"-days"_s, u"30"_s});
        openssl({u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s, u"server.key"_s,
                 u"-out"_s, u"server.csr"_s, u"-subj"_s, u"/CN=ignored"_s});
        sign(u"good"_s, u"IP:127.0.0.1,DNS:localhost"_s, {u"-days"_s, u"30"_s});
        sign(u"other"_s, u"DNS:chat.example.org,DNS:*.example.net"_s, {u"-days"_s, u"30"_s});
        openssl({u"req"_s, u"-x509"_s, u"-key"_s, u"server.key"_s, u"-out"_s, u"self.pem"_s,
                 u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s,
                 u"-days"_s, u"30"_s});
        signBetween(u"expired"_s, u"200101000000Z"_s, u"210101000000Z"_s);
        signBetween(u"future"_s, u"480101000000Z"_s, u"490101000000Z"_s);
        m_ca = QSslCertificate::fromPath(path(u"ca.pem"_s)).value(0);
        QVERIFY(!m_ca.isNull());
    }

    void whatIsWrongIsToldAndNothingIsSent_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<bool>("knowsAuthority");
        QTest::addColumn<QStringList>("told");
        QTest::newRow("of another name")
            << u"other"_s << true
            << QStringList{u"*.example.net, chat.example.org"_s, u"not for 127.0.0.1"_s};
        QTest::newRow("expired") << u"expired"_s << true
                                 << QStringList{u"valid until 2021-01-01 00:00 UTC"_s, u"clock"_s};
        QTest::newRow("not valid yet")
            << u"future"_s << true << QStringList{u"valid only from 2048-01-01"_s, u"clock"_s};
        QTest::newRow("signed by itself")
            << u"self"_s << true << QStringList{u"signed by itself"_s};
        QTest::newRow("of an unknown authority")
            << u"good"_s << false << QStringList{u"Test Authority"_s, u"does not know"_s};
        QTest::newRow("expired, of an unknown authority")
            << u"expired"_s << false << QStringList{u"valid until"_s, u"does not know"_s};
    }
    void whatIsWrongIsToldAndNothingIsSent()
    {
        QFETCH(QString, certificate);
        QFETCH(bool, knowsAuthority);
        QFETCH(QStringList, told);
        Server server;
        server.speakTls(path(certificate + u".pem"), path(u"server.key"_s));
        const auto [error, sentence] = ask(server.url(u"https"_s), knowsAuthority);
        QCOMPARE(error, QNetworkReply::SslHandshakeFailedError);
        for (const QString &part : told)
            QVERIFY2(sentence.contains(part), qPrintable(sentence));
        QVERIFY(sentence.endsWith(u'.'));
        QCOMPARE(server.requests, 0);
    }

    void aGoodOneIsNoProblem()
    {
        Server server;
        server.speakTls(path(u"good.pem"_s), path(u"server.key"_s));
        const auto [error, sentence] = ask(server.url(u"https"_s), true);
        QCOMPARE(error, QNetworkReply::NoError);
        QCOMPARE(sentence, QString());
        QCOMPARE(server.requests, 1);
    }

    void theWrongSchemeIsTold()
    {
        Server plain;
        const auto [noTls, sentence] = ask(plain.url(u"https"_s), true);
        QCOMPARE(noTls, QNetworkReply::SslHandshakeFailedError);
        QVERIFY2(sentence.contains(u"does not speak TLS") &&
                     sentence.contains(plain.url(u"http"_s).toString()),
                 qPrintable(sentence));

        Server safe;
        safe.speakTls(path(u"good.pem"_s), path(u"server.key"_s));
        const auto [noHttp, other] = ask(safe.url(u"http"_s), true);
        QVERIFY(noHttp != QNetworkReply::NoError);
        QVERIFY2(other.contains(safe.url(u"https"_s).toString()), qPrintable(other));
    }

    void theChatSaysTheSame_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("told");
        QTest::newRow("of another name") << u"other"_s << u"wss"_s << u"chat.example.org"_s;
        QTest::newRow("expired") << u"expired"_s << u"wss"_s << u"valid until 2021-01-01"_s;
        QTest::newRow("signed by itself") << u"self"_s << u"wss"_s << u"signed by itself"_s;
        QTest::newRow("no TLS there") << QString() << u"wss"_s << u"does not speak TLS"_s;
        QTest::newRow("TLS there") << u"good"_s << u"ws"_s << u"https://127.0.0.1"_s;
    }
    void theChatSaysTheSame()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, scheme);
        QFETCH(QString, told);
        Server server;
        if (!certificate.isEmpty())
            server.speakTls(path(certificate + u".pem"), path(u"server.key"_s));
        QUrl url = server.url(scheme);
        url.setPath(u"/ws/chat/s"_s);
        ChatClient client(url);
        client.open();
        QTRY_COMPARE(client.state(), ChatClient::State::Waiting);
        QVERIFY2(client.problem().contains(told), qPrintable(client.problem()));
    }

    void aWrongClockIsSaidToBeWrong()
    {
        const QSslCertificate good = QSslCertificate::fromPath(path(u"good.pem"_s)).value(0);
        const QString sentence = explainTlsErrors(
            QUrl(u"https://a.example"_s), {QSslError(QSslError::CertificateNotYetValid, good)},
            QDateTime::fromString(u"1970-01-01T00:01:00Z"_s, Qt::ISODate));
        QVERIFY2(sentence.contains(u"1970-01-01 00:01 UTC") && sentence.contains(u"Set the clock"),
                 qPrintable(sentence));
    }

    void aHostileNameIsCutAndCleaned()
    {
        openssl({u"req"_s, u"-x509"_s, u"-key"_s, u"server.key"_s, u"-out"_s, u"long.pem"_s,
                 u"-utf8"_s, u"-subj"_s, u"/CN=\u202e%1"_s.arg(QString(60, u'x')), u"-addext"_s,
                 u"subjectAltName=DNS:%1,DNS:b,DNS:c,DNS:d"_s.arg(QString(200, u'a'))});
        const QSslCertificate hostile = QSslCertificate::fromPath(path(u"long.pem"_s)).value(0);
        const QString sentence =
            explainTlsErrors(QUrl(u"https://a.example"_s),
                             {QSslError(QSslError::HostNameMismatch, hostile),
                              QSslError(QSslError::UnableToGetLocalIssuerCertificate, hostile)});
        QVERIFY(!sentence.contains(u'\u202e') && !sentence.contains(QString(81, u'a')));
        QVERIFY2(sentence.size() < 800, qPrintable(sentence));
    }

    void aSocketsErrorIsSaidInAPersonsWords()
    {
        const QUrl chat(u"wss://127.0.0.1:8000/ws/chat/cf272ac2"_s);
        const auto said = [&chat](QAbstractSocket::SocketError error, const QString &text) {
            return explainSocketError(chat, error, text);
        };
        QCOMPARE(said(QAbstractSocket::HostNotFoundError, u"Host not found"_s),
                 u"The server's name is not known."_s);
        QCOMPARE(said(QAbstractSocket::UnknownSocketError, u"Unknown error"_s),
                 u"The server cannot be reached. Is its name right, and is there a network?"_s);
        QCOMPARE(said(QAbstractSocket::ConnectionRefusedError,
                      u"Handshake: Unhandled http status code: 404 (Not Found)"_s),
                 u"There is no Runnel server at this address (404)."_s);
        // The address to use is the server's, without a conversation.
        const QString noTls =
            said(QAbstractSocket::SslHandshakeFailedError, u"wrong version number"_s);
        QVERIFY2(noTls.contains(u"http://127.0.0.1:8000;"_s), qPrintable(noTls));
    }

    void nothingIsSaidOfNothing()
    {
        QCOMPARE(explainTlsErrors(QUrl(u"https://a"_s), {}), QString());
        QCOMPARE(explainTlsErrors(QUrl(u"https://a"_s), {QSslError()}), QString());
        QCOMPARE(explainReplyError(QUrl(u"https://a"_s), QNetworkReply::NoError, {}), QString());
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    void openssl(const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"openssl"_s, arguments);
        QVERIFY2(process.waitForFinished(), "Is openssl installed?");
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }

    void write(const QString &name, const QString &text)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

    void sign(const QString &name, const QString &alternatives, const QStringList &validity)
    {
        write(u"extensions"_s, u"subjectAltName="_s + alternatives + u'\n');
        openssl(QStringList{u"x509"_s, u"-req"_s, u"-in"_s, u"server.csr"_s, u"-CA"_s, u"ca.pem"_s,
                            u"-CAkey"_s, u"ca.key"_s, u"-CAcreateserial"_s, u"-extfile"_s,
                            u"extensions"_s, u"-out"_s, name + u".pem"} +
                validity);
    }

    //! Only `openssl ca` takes dates before 3.4.
    void signBetween(const QString &name, const QString &from, const QString &until)
    {
        write(u"ca.cnf"_s,
              u"[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\n"
              "policy=p\ndefault_md=sha256\nunique_subject=no\n[p]\ncommonName=supplied\n"
              "[e]\nsubjectAltName=IP:127.0.0.1\n"_s);
        write(u"index"_s, {});
        openssl({u"ca"_s, u"-batch"_s, u"-notext"_s, u"-config"_s, u"ca.cnf"_s, u"-cert"_s,
                 u"ca.pem"_s, u"-keyfile"_s, u"ca.key"_s, u"-in"_s, u"server.csr"_s,
                 u"-extensions"_s, u"e"_s, u"-startdate"_s, from, u"-enddate"_s, until, u"-out"_s,
                 name + u".pem"});
    }

    std::pair<QNetworkReply::NetworkError, QString> ask(const QUrl &url, bool knowsAuthority)
    {
        QNetworkAccessManager network;
        network.setProxy(QNetworkProxy::NoProxy);
        QNetworkRequest request(url);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(knowsAuthority ? QList{m_ca} : QList<QSslCertificate>());
        request.setSslConfiguration(tls);
        request.setTransferTimeout(5000);
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QString sentence;
        connect(reply.get(), &QNetworkReply::sslErrors, this,
                [&sentence, &url](const QList<QSslError> &errors) {
                    sentence = explainTlsErrors(url, errors);
                });
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (finished.isEmpty())
            finished.wait();
        if (sentence.isEmpty())
            sentence = explainReplyError(url, reply->error(), reply->errorString());
        return {reply->error(), sentence};
    }

    QTemporaryDir m_dir;
    QSslCertificate m_ca;
};

QTEST_GUILESS_MAIN(TestConnectionProblem)
#include "tst_connectionproblem.moc"
