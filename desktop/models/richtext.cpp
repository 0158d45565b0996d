#include "models/richtext.h"

#include "models/cmarkpointers.h"

#include <QUrl>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <string_view>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Writes one event of the walk. Links that may not be opened leave their text and nothing else, so
//! the end of a link is decided by the same question as its beginning.
class Writer
{
public:
    void enter(cmark_node *node)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE)
            text(literal(node));
        else if (type == CMARK_NODE_CODE)
            code(literal(node));
        else if (type == CMARK_NODE_SOFTBREAK)
            text(u" "_s);
        else if (type == CMARK_NODE_LINEBREAK)
            lineBreak();
        else
            format(node, true);
    }
    void leave(cmark_node *node) { format(node, false); }

    RichText result;

private:
    static QString literal(cmark_node *node)
    {
        return QString::fromUtf8(cmark_node_get_literal(node));
    }
    void text(const QString &text)
    {
        result.plain += text;
        result.html += escaped(text);
    }
    void code(const QString &text)
    {
        result.plain += text;
        result.html += u"<code>"_s + escaped(text) + u"</code>"_s;
    }
    void lineBreak()
    {
        result.plain += u'\n';
        result.html += u"<br>"_s;
    }

    void format(cmark_node *node, bool begin)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
            link(node, begin);
        else if (type == CMARK_NODE_STRONG)
            result.html += begin ? u"<b>"_s : u"</b>"_s;
        else if (type == CMARK_NODE_EMPH)
            result.html += begin ? u"<i>"_s : u"</i>"_s;
        else if (cmark_node_get_type_string(node) == std::string_view("strikethrough"))
            result.html += begin ? u"<s>"_s : u"</s>"_s;
    }

    void link(cmark_node *node, bool begin)
    {
        const QString url = QString::fromUtf8(cmark_node_get_url(node));
        if (!isAllowedLink(url))
            return;
        // A link in a link, which an image in a link would be, is no rich text.
        m_openLinks += begin ? 1 : -1;
        if (begin && m_openLinks == 1)
            result.html += u"<a href=\""_s + escaped(url) + u"\">"_s;
        else if (!begin && m_openLinks == 0)
            result.html += u"</a>"_s;
        if (begin && cmark_node_get_type(node) == CMARK_NODE_IMAGE && !cmark_node_first_child(node))
            text(url);
    }

    int m_openLinks = 0;
};

} // namespace

RichText inlineText(cmark_node *block)
{
    Writer writer;
    const MarkdownIterator iterator(cmark_iter_new(block));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node *const node = cmark_iter_get_node(iterator.get());
        if (node == block)
            continue;
        if (event == CMARK_EVENT_ENTER)
            writer.enter(node);
        else
            writer.leave(node);
    }
    return std::move(writer.result);
}

QString escaped(QStringView text)
{
    QString html = text.toString().toHtmlEscaped();
    html.replace(u'\n', u"<br>"_s);
    return html;
}

bool isAllowedLink(const QString &url)
{
    const QString scheme = QUrl(url).scheme();
    return scheme == u"http" || scheme == u"https" || scheme == u"mailto";
}

} // namespace runnel
