#pragma once

#include "protocol/frames.h"
#include "protocol/result.h"

#include <QObject>

#include <memory>

namespace runnel {

//! What an answer by REST reads of a session: its log, as a ChatConnection reads it. Holds the
//! session while it lives.
class AnswerFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual Seq newest() const = 0;
    //! nullptr when the log no longer, or not yet, has it.
    [[nodiscard]] virtual const ServerFrame *frame(Seq seq) const = 0;
    //! The frame's text in v1; same condition as frame().
    [[nodiscard]] virtual QByteArray wire(Seq seq) const = 0;
    [[nodiscard]] virtual Snapshot snapshot() const = 0;

Q_SIGNALS:
    //! The log has grown.
    void appended();
    //! The session has gone; nothing may be read any more.
    void lost();
};

//! A message that a session has taken.
struct AskedAnswer
{
    std::unique_ptr<AnswerFeed> feed;
    Seq after = 0; //!< The newest frame before the message.
};

} // namespace runnel
