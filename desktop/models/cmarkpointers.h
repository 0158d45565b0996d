#pragma once

#include <cmark-gfm.h>

#include <memory>

namespace runnel {

//! cmark-gfm's objects, each with the function that frees it.

struct NodeEnd
{
    void operator()(cmark_node *node) const { cmark_node_free(node); }
};
struct ParserEnd
{
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
};
struct IteratorEnd
{
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
};

using MarkdownTree = std::unique_ptr<cmark_node, NodeEnd>;
using MarkdownParser = std::unique_ptr<cmark_parser, ParserEnd>;
using MarkdownIterator = std::unique_ptr<cmark_iter, IteratorEnd>;

} // namespace runnel
