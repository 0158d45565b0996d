#pragma once

#include "emulator/eventencoder.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace runnel::emulator {

//! One answer on its way: gives event after event, and says when each is due. Knows no socket and
//! no timer.
class AnswerStream
{
public:
    //! What to do after an event was written.
    enum class Step {
        Continue,
        Finish, //!< The body is whole.
        Stall,  //!< Send nothing for stallTime(), then close.
        Close,  //!< Close the connection in order, though the body is not whole.
        Reset,  //!< Reset the connection.
    };

    AnswerStream(AnswerPlan plan, Framing framing);

    //! When the next event is due, from the stream's start. Later than any before, or the same.
    [[nodiscard]] std::chrono::nanoseconds due() const;

    //! Appends the next event, which may be empty.
    Step appendNext(QByteArray &out);

    [[nodiscard]] std::chrono::milliseconds stallTime() const;

    //! When the last event is due: how long a reply in one piece takes.
    [[nodiscard]] std::chrono::nanoseconds duration() const;

private:
    struct Piece
    {
        qsizetype begin = 0; //!< In m_pool.
        qsizetype size = 0;
        int tokens = 0;
        bool isThought = false;
        std::chrono::nanoseconds due{0};
    };
    enum class Stage { Pieces, Finish, End };

    void prepareText();
    void cutIntoPieces(const QString &text, bool isThought, class PaceClock &clock);
    void prepareGenerated();
    void appendPiece(QByteArray &out);
    [[nodiscard]] size_t pieceCount() const;
    std::optional<Step> appendFault(QByteArray &out);
    [[nodiscard]] bool isFaultDue() const;

    AnswerPlan m_plan;
    EventEncoder m_encoder;
    QByteArray m_pool; //!< All pieces as the inside of JSON strings.
    std::vector<Piece> m_pieces;
    std::chrono::nanoseconds m_lastDue{0};
    Stage m_stage = Stage::Pieces;
    size_t m_next = 0; //!< Of the pieces.
    RunningTokens m_tokens;
    bool m_faultDone = false;

    // Of a generated answer, whose pieces are all the same.
    std::chrono::nanoseconds m_first{0};
    std::chrono::nanoseconds m_interval{0};
    int m_tokensPerPiece = 0;
};

} // namespace runnel::emulator
