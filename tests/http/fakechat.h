#pragma once

#include "http/httpapi.h"
#include "protocol/codec.h"

#include <QObject>

#include <deque>

namespace runnel::test {

//! A conversation whose frames a test says; what HttpApi sees of a session.
class FakeChat : public QObject
{
    Q_OBJECT

public:
    //! Its log keeps the newest \a maxFrames.
    explicit FakeChat(std::size_t maxFrames = 1000)
        : m_maxFrames(maxFrames)
    {}

    //! Answers every message at once with three chunks.
    void setAnswersByItself(bool answers) { m_answersByItself = answers; }
    void setRefusal(const Error &error) { m_refusal = error; }

    [[nodiscard]] Result<AskedAnswer, Error> ask(const QString &sessionId,
                                                 const SendMessage &message);

    //! What has been asked, in order.
    [[nodiscard]] const QList<SendMessage> &asked() const { return m_asked; }
    [[nodiscard]] QString sessionId() const { return m_sessionId; }
    [[nodiscard]] int followers() const { return m_followers; }

    void say(ServerFrame frame);
    //! The frames of a turn that answers the message of that place in asked().
    void beginTurn(int index);
    void chunk(const QString &text);
    void complete();
    void fail(ErrorCode code, const QString &text);
    //! The session goes away.
    void vanish() { Q_EMIT vanished(); }

    [[nodiscard]] Seq newest() const { return m_newest; }
    [[nodiscard]] const ServerFrame *frame(Seq seq) const;
    [[nodiscard]] Snapshot snapshot() const;

    //! A context for HttpApi that asks here, with two agents.
    [[nodiscard]] HttpApiContext context();

    void addFollower() { ++m_followers; }
    void removeFollower() { --m_followers; }

Q_SIGNALS:
    void appended();
    void vanished();

private:
    std::size_t m_maxFrames;
    std::deque<ServerFrame> m_log;
    Seq m_newest = 0;
    QList<SendMessage> m_asked;
    QString m_sessionId;
    std::optional<Error> m_refusal;
    int m_turn = 0;
    int m_followers = 0;
    bool m_answersByItself = false;
};

} // namespace runnel::test
