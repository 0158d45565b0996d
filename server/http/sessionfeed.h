#pragma once

#include "http/answerfeed.h"

#include <QPointer>

namespace runnel {

class Session;
class SessionRegistry;

//! An AnswerFeed of a real session, whose follower it is.
class SessionFeed final : public AnswerFeed
{
public:
    explicit SessionFeed(Session &session);
    ~SessionFeed() override;

    [[nodiscard]] Seq newest() const override;
    [[nodiscard]] const ServerFrame *frame(Seq seq) const override;
    [[nodiscard]] QByteArray wire(Seq seq) const override;
    [[nodiscard]] Snapshot snapshot() const override;

private:
    QPointer<Session> m_session;
};

//! Asks in the session of that id, which is made when there is none.
[[nodiscard]] Result<AskedAnswer, Error> askSession(SessionRegistry &sessions, const QString &id,
                                                    const SendMessage &message);

} // namespace runnel
