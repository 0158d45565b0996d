#pragma once

#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>

namespace runnel {

//! When and how often a request that failed before its first event is sent again.
struct RetryPolicy
{
    int maxRetries = 4;
    std::chrono::milliseconds baseDelay{1000}; //!< Before the first; doubled for each that follows.
    std::chrono::milliseconds maxDelay{
        60'000}; //!< Also the longest wait that RetryInfo may ask for.
    //! What a delay is multiplied with, so that many who failed together do not come back together;
    //! empty: a random number from 0.5 to 1. For tests.
    std::function<double()> jitter;
};

//! How to reach Gemini.
struct GeminiConfig
{
    //! May have a path, for a proxy.
    QUrl baseUrl{QStringLiteral("https://generativelanguage.googleapis.com")};
    QList<QSslCertificate> authorities; //!< Trusted beside the system's.
    QString apiVersion = QStringLiteral("v1beta");
    QString apiKey; //!< Sent in a header, never in the URL.
    //! Nothing of an answer for so long ends a request. Models think for minutes before the first.
    std::chrono::milliseconds requestTimeout{120'000};
    RetryPolicy retry;
    qsizetype maxEventBytes = qsizetype(8) * 1024 * 1024;
    //! An answer that grows beyond is cut off with an error. The longest real ones, of 65,536
    //! tokens, have less than half a megabyte, signatures and thoughts apart.
    qsizetype maxAnswerBytes = qsizetype(32) * 1024 * 1024;
};

} // namespace runnel
