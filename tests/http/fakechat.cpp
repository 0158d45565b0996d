#include "http/fakechat.h"

#include <QTimeZone>

namespace runnel::test {

namespace {

const QDateTime now = QDateTime(QDate(2026, 1, 31), QTime(12, 0), QTimeZone::utc());

class FakeFeed final : public AnswerFeed
{
public:
    explicit FakeFeed(FakeChat &chat)
        : m_chat(chat)
    {
        chat.addFollower();
        connect(&chat, &FakeChat::appended, this, &AnswerFeed::appended);
        connect(&chat, &FakeChat::vanished, this, &AnswerFeed::lost);
    }
    ~FakeFeed() override { m_chat.removeFollower(); }

    [[nodiscard]] Seq newest() const override { return m_chat.newest(); }
    [[nodiscard]] const ServerFrame *frame(Seq seq) const override { return m_chat.frame(seq); }
    [[nodiscard]] QByteArray wire(Seq seq) const override
    {
        return encode(*m_chat.frame(seq)).toUtf8();
    }
    [[nodiscard]] Snapshot snapshot() const override { return m_chat.snapshot(); }

private:
    FakeChat &m_chat;
};

} // namespace

Result<AskedAnswer, Error> FakeChat::ask(const QString &sessionId, const SendMessage &message)
{
    if (m_refusal)
        return Failure{*m_refusal};
    AskedAnswer asked{std::make_unique<FakeFeed>(*this), m_newest};
    m_asked.append(message);
    m_sessionId = sessionId;
    if (m_answersByItself) {
        beginTurn(int(m_asked.size()) - 1);
        for (const QString &text :
             {QStringLiteral("One "), QStringLiteral("two "), QStringLiteral("three. Grüße 👋")})
            chunk(text);
        complete();
    }
    return asked;
}

void FakeChat::say(ServerFrame frame)
{
    std::visit([this](auto &f) { f.seq = ++m_newest; }, frame);
    m_log.push_back(std::move(frame));
    if (m_log.size() > m_maxFrames)
        m_log.pop_front();
    Q_EMIT appended();
}

const ServerFrame *FakeChat::frame(Seq seq) const
{
    const Seq oldest = m_newest - m_log.size() + 1;
    return seq < oldest || seq > m_newest ? nullptr : &m_log[seq - oldest];
}

void FakeChat::beginTurn(int index)
{
    const SendMessage &message = m_asked.at(index);
    const QString parent = m_turn == 0 ? QString() : QStringLiteral("m%1").arg(2 * m_turn);
    ++m_turn;
    const QString question = QStringLiteral("m%1").arg(2 * m_turn - 1);
    say(UserMessage{0, question, parent, message.message, message.id, now});
    say(TurnStarted{0, QStringLiteral("t%1").arg(m_turn), QStringLiteral("m%1").arg(2 * m_turn),
                    question, QStringLiteral("default"), QStringLiteral("a-model"), now});
}

void FakeChat::chunk(const QString &text)
{
    say(Chunk{0, QStringLiteral("t%1").arg(m_turn), text, QStringLiteral("default")});
}

void FakeChat::complete()
{
    TurnComplete end;
    end.turn = QStringLiteral("t%1").arg(m_turn);
    end.messageId = QStringLiteral("m%1").arg(2 * m_turn);
    end.agent = QStringLiteral("default");
    end.usage.promptTokens = 7;
    end.usage.answerTokens = 3;
    end.usage.totalTokens = 10;
    end.at = now;
    say(end);
}

void FakeChat::fail(ErrorCode code, const QString &text)
{
    ErrorFrame end;
    end.turn = QStringLiteral("t%1").arg(m_turn);
    end.code = toWire(code);
    end.error = text;
    end.retryAfter = std::chrono::milliseconds(3500);
    say(end);
}

Snapshot FakeChat::snapshot() const
{
    Snapshot snapshot;
    snapshot.seq = m_newest;
    return snapshot;
}

HttpApiContext FakeChat::context()
{
    HttpApiContext context;
    context.status = [this] { return ServerStatus{QStringLiteral("a-model"), true, 1, m_turn, 2}; };
    context.agents = [] {
        return QList<AgentInfo>{
            {QStringLiteral("default"), QStringLiteral("A helpful assistant"),
             QStringLiteral("a-model")},
            {QStringLiteral("poet"), QStringLiteral("Rhymes"), QStringLiteral("b-model")}};
    };
    context.ask = [this](const QString &id, const SendMessage &message) {
        return ask(id, message);
    };
    return context;
}

} // namespace runnel::test
