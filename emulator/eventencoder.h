#pragma once

#include "emulator/answerplan.h"

#include <QByteArray>
#include <QByteArrayView>

namespace runnel::emulator {

//! How the pieces of an answer lie in the reply's body.
enum class Framing {
    Sse,   //!< `data: {…}`, CRLF, CRLF: with alt=sse.
    Array, //!< One growing JSON list: streamGenerateContent without alt=sse.
    Whole, //!< One object: generateContent.
};

//! Tokens so far; Gemini's counts are running totals.
struct RunningTokens
{
    int thoughts = 0;
    int text = 0;
};

//! Writes Gemini's events byte by byte. All that stays the same over an answer is prepared once, so
//! that an event costs a few copies: benchmarks send 40,000 of them a second.
class EventEncoder
{
public:
    EventEncoder(const AnswerPlan &plan, Framing framing);

    //! A piece of text. \a json is the inside of a JSON string; \a stamp goes before it.
    void appendText(QByteArray &out, QByteArrayView json, QByteArrayView stamp, bool isThought,
                    RunningTokens tokens);
    //! All function calls, whole in one event, the signature on the first.
    void appendCalls(QByteArray &out, const std::vector<ScriptedCall> &calls, RunningTokens tokens);
    //! The last event: an empty text that carries the signature, and the finish reason. Without
    //! \a hasContent the candidate has no part, as when nothing was said at all.
    void appendFinish(QByteArray &out, const QString &reason, bool hasContent, bool hasCalls,
                      RunningTokens tokens);
    void appendBlocked(QByteArray &out, const QString &blockReason);
    //! Any other bytes in an event's frame.
    void appendRaw(QByteArray &out, QByteArrayView json);
    //! What closes the body.
    void appendEnd(QByteArray &out);

    //! The whole answer at once (Framing::Whole).
    [[nodiscard]] QByteArray whole(const AnswerPlan &plan);

private:
    void begin(QByteArray &out);
    void end(QByteArray &out);
    void appendUsage(QByteArray &out, RunningTokens tokens) const;

    Framing m_framing;
    bool m_isFirst = true;
    int m_promptTokens;
    QByteArray m_usageHead; //!< From after the candidates to the first changing number.
    QByteArray m_usageTail; //!< From after the last changing number to the event's end.
    QByteArray m_signature;
    QByteArray m_callId;
};

//! The inside of a JSON string.
[[nodiscard]] QByteArray jsonEscaped(QStringView text);

} // namespace runnel::emulator
