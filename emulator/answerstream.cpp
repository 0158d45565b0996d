#include "emulator/answerstream.h"

#include "emulator/dice.h"
#include "emulator/googleerror.h"
#include "emulator/tokenizer.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

using std::chrono::nanoseconds;

constexpr double nanosecondsPerSecond = 1e9;
constexpr qsizetype stampDigits = 20;
constexpr qsizetype stampUnits = stampDigits + 2;
using Stamp = std::array<char, size_t(stampUnits)>;

//! `@`, CLOCK_MONOTONIC in nanoseconds in 20 digits, `;`: always as long, so that a reader need not
//! search for its end.
Stamp timeStamp()
{
    auto left = quint64(std::chrono::steady_clock::now().time_since_epoch().count());
    Stamp stamp;
    stamp.front() = '@';
    stamp.back() = ';';
    for (qsizetype i = stampDigits; i > 0; --i) {
        stamp[size_t(i)] = char('0' + left % 10);
        left /= 10;
    }
    return stamp;
}

} // namespace

//! Says how many tokens the next chunk has and when it is due.
class PaceClock
{
public:
    PaceClock(const Pace &pace, int totalTokens, quint64 seed)
        : m_dice(seed)
        , m_tokens(pace.chunkTokens.value_or(std::pair(3, 9)))
        , m_interval(pace.interval)
        , m_rate(pace.tokensPerSecond.value_or(30))
        , m_jitter(pace.jitter.value_or(0.35))
        , m_due(pace.firstToken.value_or(std::chrono::milliseconds(0)))
        , m_hasTokens(pace.chunkTokens)
    {
        const double longest = pace.maxSeconds.value_or(60);
        if (m_rate > 0 && totalTokens > m_rate * longest)
            m_factor = totalTokens / (m_rate * longest);
    }

    [[nodiscard]] nanoseconds due() const { return m_due; }

    int nextSize()
    {
        // A real answer begins with a few tokens and goes on in larger pieces.
        const int size = m_isFirst && !m_hasTokens
                             ? m_dice.between(1, 4)
                             : m_dice.between(m_tokens.first, m_tokens.second);
        m_isFirst = false;
        return std::max(1, int(size * m_factor));
    }

    void pass(int tokens)
    {
        if (m_interval) {
            m_due += *m_interval;
        } else if (m_rate > 0) {
            const double pause = tokens / (m_rate * m_factor) * (1 + m_jitter * m_dice.swing());
            m_due += nanoseconds(qint64(pause * nanosecondsPerSecond));
        }
    }

private:
    Dice m_dice;
    std::pair<int, int> m_tokens;
    std::optional<nanoseconds> m_interval;
    double m_rate;
    double m_jitter;
    double m_factor = 1;
    nanoseconds m_due;
    bool m_hasTokens;
    bool m_isFirst = true;
};

AnswerStream::AnswerStream(AnswerPlan plan, Framing framing)
    : m_plan(std::move(plan))
    , m_encoder(m_plan, framing)
{
    if (m_plan.script.generate)
        prepareGenerated();
    else
        prepareText();
}

void AnswerStream::prepareText()
{
    PaceClock clock(m_plan.script.pace, m_plan.textTokens + m_plan.thoughtTokens / 3, m_plan.seed);
    if (m_plan.showThoughts)
        cutIntoPieces(m_plan.script.thoughts, true, clock);
    else
        m_tokens.thoughts = m_plan.thoughtTokens;
    cutIntoPieces(m_plan.script.text, false, clock);
    m_lastDue = clock.due();
}

void AnswerStream::cutIntoPieces(const QString &text, bool isThought, PaceClock &clock)
{
    QStringView rest(text);
    while (!rest.isEmpty()) {
        const int wanted = clock.nextSize();
        qsizetype units = 0;
        int tokens = 0;
        while (tokens < wanted && units < rest.size()) {
            units += tokenLength(rest.sliced(units));
            ++tokens;
        }
        const QByteArray json = jsonEscaped(rest.first(units));
        m_pieces.push_back({m_pool.size(), json.size(), tokens, isThought, clock.due()});
        m_pool.append(json);
        clock.pass(tokens);
        rest = rest.sliced(units);
    }
}

void AnswerStream::prepareGenerated()
{
    const Generate &generate = *m_plan.script.generate;
    m_first = m_plan.script.pace.firstToken.value_or(std::chrono::milliseconds(0));
    if (generate.rate > 0)
        m_interval = nanoseconds(qint64(nanosecondsPerSecond / generate.rate));
    const qsizetype filler =
        std::max<qsizetype>(generate.size - (m_plan.script.timestamps ? stampUnits : 0), 0);
    m_pool = QByteArray("lorem ipsum dolor sit amet ").repeated(filler / 27 + 1).left(filler);
    m_tokensPerPiece = std::max(1, countTokens(QString::fromLatin1(m_pool)));
    m_lastDue = m_first + m_interval * generate.chunks;
}

size_t AnswerStream::pieceCount() const
{
    const size_t all =
        m_plan.script.generate ? size_t(m_plan.script.generate->chunks) : m_pieces.size();
    return m_plan.script.finishAfter < 0 ? all : std::min(all, size_t(m_plan.script.finishAfter));
}

nanoseconds AnswerStream::due() const
{
    if (m_stage != Stage::Pieces)
        return m_lastDue;
    if (m_plan.script.generate)
        return m_first + m_interval * qint64(m_next);
    return m_next < m_pieces.size() ? m_pieces[m_next].due : m_lastDue;
}

nanoseconds AnswerStream::duration() const
{
    return m_lastDue;
}

std::chrono::milliseconds AnswerStream::stallTime() const
{
    return m_plan.script.fault ? m_plan.script.fault->delay : std::chrono::milliseconds(0);
}

bool AnswerStream::isFaultDue() const
{
    if (!m_plan.script.fault || m_faultDone)
        return false;
    // An answer that is shorter than the fault's place has it at its end.
    return m_next >= size_t(m_plan.script.fault->afterChunks) || m_next >= pieceCount();
}

std::optional<AnswerStream::Step> AnswerStream::appendFault(QByteArray &out)
{
    const Fault &fault = *m_plan.script.fault;
    m_faultDone = true;
    switch (fault.kind) {
    case FaultKind::StreamError: {
        const QString text =
            fault.message.isEmpty() ? googleerrors::unavailable().message : fault.message;
        m_encoder.appendRaw(out, googleerrors::ofStatus(fault.status, text).toJson());
        m_encoder.appendEnd(out);
        return Step::Finish;
    }
    case FaultKind::Garbage:
        m_encoder.appendRaw(out, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\": oops");
        return std::nullopt;
    case FaultKind::Stall:
        return Step::Stall;
    case FaultKind::Cut: {
        QByteArray event;
        m_encoder.appendText(event, "This sentence will nev", {}, false, m_tokens);
        out.append(event.left(event.indexOf("nev") + 3));
        return Step::Reset;
    }
    case FaultKind::Close:
        return Step::Close;
    case FaultKind::NoFinish:
        m_encoder.appendEnd(out);
        return Step::Finish;
    default:
        // The others stand in place of an answer and never come here.
        return std::nullopt;
    }
}

void AnswerStream::appendPiece(QByteArray &out)
{
    const size_t index = m_next++;
    Stamp stamp;
    QByteArrayView stampView;
    if (m_plan.script.timestamps) {
        stamp = timeStamp();
        stampView = QByteArrayView(stamp.data(), stampUnits);
    }
    if (m_plan.script.generate) {
        m_tokens.text += m_tokensPerPiece;
        m_encoder.appendText(out, m_pool, stampView, false, m_tokens);
        return;
    }
    const Piece &piece = m_pieces[index];
    if (piece.isThought)
        m_tokens.thoughts = std::min(m_tokens.thoughts + piece.tokens, m_plan.thoughtTokens);
    else
        m_tokens = {m_plan.thoughtTokens, m_tokens.text + piece.tokens};
    m_encoder.appendText(out, QByteArrayView(m_pool).sliced(piece.begin, piece.size), stampView,
                         piece.isThought, m_tokens);
}

AnswerStream::Step AnswerStream::appendNext(QByteArray &out)
{
    if (isFaultDue()) {
        if (const auto step = appendFault(out))
            return *step;
    }
    if (m_stage == Stage::Pieces && m_next < pieceCount()) {
        appendPiece(out);
        return Step::Continue;
    }
    const bool hasCalls = !m_plan.script.calls.empty();
    if (m_stage == Stage::Pieces && hasCalls) {
        m_stage = Stage::Finish;
        for (const ScriptedCall &call : m_plan.script.calls)
            m_tokens.text += countTokens(call.name) + countTokens(call.argsJson);
        m_encoder.appendCalls(out, m_plan.script.calls, m_tokens);
        return Step::Continue;
    }
    m_stage = Stage::End;
    const bool hasContent = m_plan.script.generate || !m_plan.script.text.isEmpty();
    m_encoder.appendFinish(out, m_plan.script.finishReason, hasContent, hasCalls, m_tokens);
    m_encoder.appendEnd(out);
    return Step::Finish;
}

} // namespace runnel::emulator
