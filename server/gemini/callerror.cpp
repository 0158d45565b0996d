#include "gemini/callerror.h"

namespace runnel {

namespace {

GeminiError makeError(ErrorCode code, const QString &summary, const QString &action)
{
    GeminiError error;
    error.code = code;
    error.summary = summary;
    error.text = summary + u' ' + action;
    return error;
}

//! Whether it may be over in a moment. A certificate that is not trusted will not be.
bool mayPass(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
        return true;
    default:
        return false;
    }
}

} // namespace

GeminiError refusal(const GeminiCallEnd &end, const GeminiCodec::ErrorContext &context)
{
    if (end.httpStatus >= 300 && end.httpStatus <= 399) {
        return makeError(ErrorCode::ModelError,
                         QStringLiteral("The model's address redirects to another one (HTTP %1).")
                             .arg(end.httpStatus),
                         QStringLiteral("Check GOOGLE_GEMINI_BASE_URL; the API key is not sent "
                                        "after a redirect."));
    }
    GeminiError error = GeminiCodec::decodeError(end.httpStatus, end.body, context);
    if (error.httpStatus >= 200 && error.httpStatus <= 299) {
        error = makeError(ErrorCode::ModelError,
                          QStringLiteral("The model's address answered with something that is no "
                                         "stream (HTTP %1).")
                              .arg(end.httpStatus),
                          QStringLiteral("Check GOOGLE_GEMINI_BASE_URL."));
    }
    if (error.retryable && !error.retryAfter)
        error.retryAfter = end.retryAfter;
    return error;
}

GeminiError networkFailure(const GeminiCallEnd &end, const GeminiCodec::ErrorContext &context)
{
    const bool isTls = end.networkError == QNetworkReply::SslHandshakeFailedError;
    const QString action =
        isTls ? QStringLiteral("Check GOOGLE_GEMINI_BASE_URL; where the network has a certificate "
                               "authority of its own, name its file in GEMINI_CA_FILE.")
              : QStringLiteral("Check the network and GOOGLE_GEMINI_BASE_URL.");
    GeminiError error =
        makeError(ErrorCode::ModelUnreachable, QStringLiteral("The model could not be reached."),
                  action + QStringLiteral(" The network said: \"%1\"")
                               .arg(GeminiCodec::quotable(end.detail, context.secret)));
    error.retryable = mayPass(end.networkError);
    error.httpStatus = end.httpStatus;
    return error;
}

GeminiError silence(std::chrono::milliseconds limit)
{
    const double seconds = double(limit.count()) / 1000;
    return makeError(ErrorCode::ModelUnreachable,
                     QStringLiteral("The model did not answer within %1 s.").arg(seconds),
                     QStringLiteral("Ask again, or raise REQUEST_TIMEOUT."));
}

GeminiError noAnswer()
{
    GeminiError error =
        makeError(ErrorCode::ModelError, QStringLiteral("The model gave no answer."),
                  QStringLiteral("Ask again."));
    error.retryable = true;
    return error;
}

GeminiError unreadableAnswer()
{
    return makeError(ErrorCode::ModelError, QStringLiteral("The model's answer cannot be read."),
                     QStringLiteral("Ask again. If it stays so, check GOOGLE_GEMINI_BASE_URL."));
}

GeminiError answerTooLong()
{
    return makeError(ErrorCode::ModelError, QStringLiteral("The model's answer grew too long."),
                     QStringLiteral("Ask for something shorter."));
}

GeminiError unusableModelName(const QString &model)
{
    return makeError(
        ErrorCode::ModelNotFound,
        QStringLiteral("'%1' cannot be the name of a model.").arg(GeminiCodec::quotable(model, {})),
        QStringLiteral("Check DEFAULT_MODEL, or the agent's model."));
}

} // namespace runnel
