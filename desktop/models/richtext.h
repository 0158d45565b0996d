#pragma once

#include <QString>

struct cmark_node;

//! Rich text for Qt's text items, written by us from cmark's tree: only b, i, s, code, br and a
//! ever come out, everything else is escaped. No image is ever fetched: it becomes a link with its
//! own text.
namespace runnel {

struct RichText
{
    QString html;
    QString plain;
};

//! The inline children of \a block (a paragraph, a heading, a table's cell).
[[nodiscard]] RichText inlineText(cmark_node *block);

//! Raw text as it stands: raw HTML, for one, is shown and never taken for markup.
[[nodiscard]] QString escaped(QStringView text);

//! Only http, https and mailto may be opened from an answer.
[[nodiscard]] bool isAllowedLink(const QString &url);

} // namespace runnel
