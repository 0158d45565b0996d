#pragma once

#include "models/block.h"

#include <vector>

namespace runnel {

//! A top-level piece of a Markdown text and the blocks that it gives.
struct MarkdownPiece
{
    int line = 1;              //!< Where it begins, from 1.
    std::vector<Block> blocks; //!< May be empty.
};

//! Parses GitHub's Markdown (cmark-gfm with tables, strikethrough, autolinks and task lists). Never
//! fails; any text is Markdown. Time is linear in \a text.
[[nodiscard]] std::vector<MarkdownPiece> parseMarkdown(QStringView text);

//! All blocks of \a text.
[[nodiscard]] std::vector<Block> markdownBlocks(QStringView text);

} // namespace runnel
