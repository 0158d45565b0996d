#pragma once

#include "emulator/answerstream.h"
#include "emulator/googleerror.h"
#include "emulator/httprequest.h"
#include "emulator/modelcatalog.h"
#include "emulator/responder.h"

#include <memory>
#include <variant>

namespace runnel::emulator {

//! A reply in one piece.
struct HttpReply
{
    int status = 200;
    QByteArray contentType = "application/json; charset=UTF-8";
    QByteArray body = {};
    std::chrono::nanoseconds delay{0}; //!< Until it is sent.
    bool isCut = false;                //!< Send half of the body, then reset the connection.
};

//! A reply that comes piece by piece.
struct StreamReply
{
    std::unique_ptr<AnswerStream> stream;
    QByteArray contentType;
};

//! No reply at all: the connection stays open and silent for so long, then it closes.
struct NoReply
{
    std::chrono::milliseconds duration{0};
};

using ServiceReply = std::variant<HttpReply, StreamReply, NoReply>;

struct ServiceOptions
{
    std::optional<double> tokensPerSecond = {}; //!< See EmulatorOptions.
    quint64 seed = 1;
    bool chunkTimestamps = false;
    QStringList refusedKeys = {}; //!< Besides those that begin with "bad".
    QString ownModel = {};        //!< See EmulatorOptions.
};

//! Gemini's REST interface, from a request to what shall be replied. Knows no socket.
class GeminiService
{
public:
    GeminiService(Scenario scenario, ServiceOptions options);

    [[nodiscard]] ServiceReply handle(const HttpRequest &request);

private:
    struct Call
    {
        QString version;
        QString model;
        QString method;
    };

    [[nodiscard]] Pace paceOf(const AnswerScript &script) const;
    [[nodiscard]] std::optional<GoogleError> checkKey(const HttpRequest &request) const;
    [[nodiscard]] ServiceReply listModels(const HttpRequest &request) const;
    [[nodiscard]] ServiceReply getModel(const Call &call) const;
    [[nodiscard]] ServiceReply countTokens(const HttpRequest &request, const Call &call) const;
    [[nodiscard]] ServiceReply generate(const HttpRequest &request, const Call &call);
    [[nodiscard]] std::optional<ServiceReply> faultReply(const AnswerPlan &plan, const Call &call,
                                                         Framing framing) const;
    [[nodiscard]] static ServiceReply whole(AnswerPlan plan);

    ModelCatalog m_catalog;
    Responder m_responder;
    ServiceOptions m_options;
    quint64 m_answers = 0;
};

} // namespace runnel::emulator
