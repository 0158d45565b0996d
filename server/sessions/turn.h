#pragma once

#include "llm/languagemodel.h"
#include "protocol/frames.h"

#include <QObject>

#include <memory>

namespace runnel {

//! One answer: drives the model's reply and ends exactly once. What it produces are frames without
//! a seq, for its session to log. Destroying a turn closes the request upstream.
class Turn : public QObject
{
    Q_OBJECT

public:
    struct Identity
    {
        QString turn;
        QString messageId;
        QString agent;
    };

    Turn(Identity identity, std::unique_ptr<LanguageModelReply> reply);

    [[nodiscard]] const Identity &identity() const { return m_identity; }

    //! Closes the request upstream; the end comes with FinishReason::Stopped once it is closed.
    void stop();

    //! As stop(), but the end says that something else than a person ended it: the server shuts
    //! down.
    void interrupt();

Q_SIGNALS:
    //! A Chunk, a Thought or a TurnRetrying.
    void produced(const runnel::ServerFrame &frame);
    //! The one end: a TurnComplete or an ErrorFrame, and the answer in the provider's own form.
    void ended(const runnel::ServerFrame &end, const QByteArray &rawParts);

private:
    void onFinished(const Outcome &outcome);

    Identity m_identity;
    std::unique_ptr<LanguageModelReply> m_reply;
    bool m_interrupted = false;
};

} // namespace runnel
