#include "client/connectionproblem.h"

#include "client/endpoint.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSslCertificate>

#include <algorithm>
#include <array>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 80; // UTF-16 units.
constexpr qsizetype mostNames = 3;
// No certificate that this program meets was checked before it: a clock that says so is wrong.
const int firstYear = 2025;

//! Where lupdate looks for these functions' texts.
struct ProblemWords
{
    Q_DECLARE_TR_FUNCTIONS(runnel::ConnectionProblem)
};

//! What errors have in common for a person; in the order in which they are told.
enum class Kind { Clock, Expired, NotYetValid, OtherName, SelfSigned, UnknownIssuer, Other };

Kind kindOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return Kind::Expired;
    case QSslError::CertificateNotYetValid:
        return Kind::NotYetValid;
    case QSslError::HostNameMismatch:
        return Kind::OtherName;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return Kind::SelfSigned;
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Kind::UnknownIssuer;
    default:
        return Kind::Other;
    }
}

QString cleaned(QString name)
{
    static const QRegularExpression hiding(u"[\\p{C}\\s]+"_s,
                                           QRegularExpression::UseUnicodePropertiesOption);
    name.replace(hiding, u" "_s);
    name = name.trimmed();
    return name.size() > longestName ? name.left(longestName) + u'\u2026' : name;
}

QString namesOf(const QSslCertificate &certificate)
{
    const auto alternatives = certificate.subjectAlternativeNames();
    QStringList names = alternatives.values(QSsl::DnsEntry);
    names += alternatives.values(QSsl::IpAddressEntry);
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    const bool more = names.size() > mostNames;
    names = names.mid(0, mostNames);
    for (QString &name : names)
        name = cleaned(name);
    names.removeAll(QString());
    if (names.isEmpty())
        return ProblemWords::tr("no name at all");
    return names.join(u", ") + (more ? u" \u2026"_s : QString());
}

QString dayOf(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'");
}

QString sentenceOf(Kind kind, const QUrl &server, const QSslError &error, const QDateTime &now)
{
    const QSslCertificate certificate = error.certificate();
    switch (kind) {
    case Kind::Clock:
        return ProblemWords::
            tr("This computer's clock says %1, so no certificate can be checked. Set the clock.")
                .arg(dayOf(now));
    case Kind::Expired:
        return ProblemWords::
            tr("The server's certificate was valid until %1, and this computer's clock says %2. "
               "If the clock is right, whoever runs the server has to renew the certificate.")
                .arg(dayOf(certificate.expiryDate()), dayOf(now));
    case Kind::NotYetValid:
        return ProblemWords::tr(
                   "The server's certificate is valid only from %1, and this computer's clock says "
                   "%2. If the clock is wrong, set it.")
            .arg(dayOf(certificate.effectiveDate()), dayOf(now));
    case Kind::OtherName:
        return ProblemWords::
            tr("The server's certificate is for %1, not for %2. Use the name on the certificate "
               "as the address, or ask whoever runs the server for one with this name. If you "
               "expected it to fit, somebody may be in between.")
                .arg(namesOf(certificate), cleaned(server.host()));
    case Kind::SelfSigned:
        return ProblemWords::tr(
            "The server's certificate is signed by itself or by an authority of its own, "
            "which this computer does not know. If it is your server, add that certificate "
            "to this computer's trusted ones.");
    case Kind::UnknownIssuer: {
        const QString issuer =
            cleaned(certificate.issuerInfo(QSslCertificate::CommonName).value(0));
        return ProblemWords::
            tr("The server's certificate was issued by %1, which this computer does not know. "
               "Either the server does not send the certificates in between, which whoever runs "
               "it can mend, or the authority is to be added to this computer's trusted ones.")
                .arg(issuer.isEmpty() ? ProblemWords::tr("somebody without a name") : issuer);
    }
    case Kind::Other:
        break;
    }
    return ProblemWords::tr(
               "The server's certificate is not accepted: %1. Ask whoever runs the server.")
        .arg(cleaned(error.errorString()));
}

bool isSecure(const QUrl &server)
{
    return server.scheme() == u"https" || server.scheme() == u"wss";
}

QString unlike(const QUrl &server)
{
    QUrl other = canonicalServer(server);
    // Not the conversation's own address, which means nothing to a person.
    other.setPath(other.path().section(u"/ws/chat/"_s, 0, 0));
    other.setScheme(isSecure(server) ? u"http"_s : u"https"_s);
    return cleaned(other.toString(QUrl::FullyEncoded));
}

QString notTls(const QUrl &server)
{
    return ProblemWords::tr(
               "What answers at the server's address does not speak TLS. If the server has none, "
               "its address begins with http: %1; what is said there can be read on the way.")
        .arg(unlike(server));
}

QString closedAtOnce(const QUrl &server)
{
    if (isSecure(server))
        return ProblemWords::tr(
            "The server ended the connection before it was safe. Try again later, or ask "
            "whoever runs the server.");
    return ProblemWords::tr(
               "The server ended the connection without an answer. If it expects TLS, its address "
               "begins with https: %1.")
        .arg(unlike(server));
}

//! OpenSSL's words, through Qt, for an answer that is no TLS.
bool saysNoTls(const QString &text)
{
    static const std::array signs{u"wrong version number"_s, u"packet length too long"_s,
                                  u"record layer failure"_s, u"http request"_s};
    return std::ranges::any_of(
        signs, [&text](const QString &sign) { return text.contains(sign, Qt::CaseInsensitive); });
}

QString failedHandshake(const QUrl &server, const QString &text)
{
    if (saysNoTls(text))
        return notTls(server);
    return ProblemWords::tr(
               "No safe connection to the server came about: %1. Ask whoever runs the server.")
        .arg(cleaned(text));
}

QString refusedBy(const QString &status, const QUrl &server)
{
    if (status == u"503" || status == u"429")
        return ProblemWords::tr("The server is busy.");
    if (status == u"401")
        return ProblemWords::tr("The server asks to sign in.");
    if (status == u"404")
        return ProblemWords::tr("There is no Runnel server at this address (404).");
    if (status == u"400" && !isSecure(server))
        return ProblemWords::tr(
                   "The server refused the connection (400). If it expects TLS, its address begins "
                   "with https: %1.")
            .arg(unlike(server));
    return ProblemWords::tr("The server refused the connection (%1).").arg(status);
}

} // namespace

QString explainTlsErrors(const QUrl &server, const QList<QSslError> &errors, const QDateTime &now)
{
    std::array<const QSslError *, 7> told{};
    for (const QSslError &error : errors) {
        if (error.error() == QSslError::NoError)
            continue;
        const QSslError *&place = told[size_t(kindOf(error.error()))];
        if (!place)
            place = &error;
    }
    const auto at = [&told](Kind kind) -> const QSslError *& { return told[size_t(kind)]; };
    // One that signed itself has no issuer to be known either.
    if (at(Kind::SelfSigned))
        at(Kind::UnknownIssuer) = nullptr;
    if (now.date().year() < firstYear && at(Kind::NotYetValid)) {
        at(Kind::Clock) = at(Kind::NotYetValid);
        at(Kind::NotYetValid) = nullptr;
    }
    QStringList sentences;
    for (size_t kind = 0; kind < told.size(); ++kind) {
        if (told[kind])
            sentences += sentenceOf(Kind(kind), server, *told[kind], now);
    }
    return sentences.join(u' ');
}

QString explainSocketError(const QUrl &server, QAbstractSocket::SocketError error,
                           const QString &text)
{
    // QWebSocket gives an HTTP refusal only as text.
    static const QRegularExpression status(u"status code: (\\d{3})"_s);
    if (const QString refused = status.match(text).captured(1); !refused.isEmpty())
        return refusedBy(refused, server);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return ProblemWords::tr("The server's name is not known.");
    case QAbstractSocket::ConnectionRefusedError:
        return ProblemWords::tr("Nothing answers at the server's address.");
    case QAbstractSocket::RemoteHostClosedError:
        return closedAtOnce(server);
    case QAbstractSocket::SocketTimeoutError:
        return ProblemWords::tr("The server does not answer.");
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return failedHandshake(server, text);
    case QAbstractSocket::UnknownSocketError:
        // What Qt calls so is mostly a name that could not be looked up just now.
        return ProblemWords::tr(
            "The server cannot be reached. Is its name right, and is there a network?");
    default:
        return ProblemWords::tr("The server cannot be reached: %1.").arg(cleaned(text));
    }
}

QString explainReplyError(const QUrl &server, QNetworkReply::NetworkError error,
                          const QString &text)
{
    switch (error) {
    case QNetworkReply::NoError:
        return {};
    case QNetworkReply::HostNotFoundError:
        return ProblemWords::tr("The server's name is not known.");
    case QNetworkReply::ConnectionRefusedError:
        return ProblemWords::tr("Nothing answers at the server's address.");
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return ProblemWords::tr("The server does not answer.");
    case QNetworkReply::SslHandshakeFailedError:
        return failedHandshake(server, text);
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProtocolFailure:
        return saysNoTls(text) ? notTls(server) : closedAtOnce(server);
    case QNetworkReply::ProtocolInvalidOperationError: // 400
        return refusedBy(u"400"_s, server);
    case QNetworkReply::AuthenticationRequiredError:
        return refusedBy(u"401"_s, server);
    case QNetworkReply::ServiceUnavailableError:
        return refusedBy(u"503"_s, server);
    default:
        return ProblemWords::tr("The server cannot be reached: %1.").arg(cleaned(text));
    }
}

} // namespace runnel
