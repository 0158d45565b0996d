#include "http/sessionfeed.h"

#include "sessions/sessionregistry.h"

namespace runnel {

SessionFeed::SessionFeed(Session &session)
    : m_session(&session)
{
    session.addFollower();
    connect(&session, &Session::appended, this, &AnswerFeed::appended);
    connect(&session, &Session::left, this, &AnswerFeed::lost);
    connect(&session, &QObject::destroyed, this, &AnswerFeed::lost);
}

SessionFeed::~SessionFeed()
{
    if (m_session)
        m_session->removeFollower();
}

Seq SessionFeed::newest() const
{
    return m_session->log().newest();
}

const ServerFrame *SessionFeed::frame(Seq seq) const
{
    return m_session->log().frame(seq);
}

QByteArray SessionFeed::wire(Seq seq) const
{
    return m_session->log().wire(seq, Dialect::V1);
}

Snapshot SessionFeed::snapshot() const
{
    return m_session->snapshot();
}

Result<AskedAnswer, Error> askSession(SessionRegistry &sessions, const QString &id,
                                      const SendMessage &message)
{
    const auto session = sessions.findOrCreate(id);
    if (!session)
        return Failure{session.error()};
    AskedAnswer asked{std::make_unique<SessionFeed>(**session), (*session)->log().newest()};
    if (const std::optional<Error> refused = (*session)->ask(message)) {
        asked.feed.reset();
        sessions.dropIfBlank(id);
        return Failure{*refused};
    }
    return asked;
}

} // namespace runnel
