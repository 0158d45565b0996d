#pragma once

#include "models/block.h"

#include <vector>

namespace runnel {

//! Turns a text that grows at its end into blocks. Only the last top-level piece is parsed again,
//! an open code fence is not parsed at all but appended to, so that the whole work stays linear in
//! the answer's length as long as its pieces are short against it.
class StreamingMarkdown
{
public:
    //! The blocks from the index `from` on are these.
    struct Update
    {
        int from = 0;
        std::vector<Block> blocks;
    };

    Update append(QStringView text);
    //! The text is \a whole and ends here. Definitions of links (`[1]: https://…`) may stand
    //! anywhere and count from now on.
    Update finish(const QString &whole);

    //! How many characters were parsed so far, for the test of linearity.
    [[nodiscard]] qint64 parsedCharacters() const { return m_parsed; }

private:
    //! A fenced code block at the top level that is not closed yet.
    struct OpenFence
    {
        QChar mark;
        qsizetype length = 0;
        qsizetype indent = 0;
        Block block;
    };

    void settle(std::vector<Block> &settled);
    bool enterFence();
    bool readFence(std::vector<Block> &settled);
    [[nodiscard]] Block fenceSoFar() const;
    [[nodiscard]] std::vector<Block> unsettled();

    QString m_tail;    //!< From the last top-level piece on; in a fence its last, unfinished line.
    int m_settled = 0; //!< Blocks that no further text can change.
    bool m_inFence = false;
    OpenFence m_fence;
    qint64 m_parsed = 0;
};

} // namespace runnel
