#include "components/codecolours.h"

#include <QAbstractTextDocumentLayout>
#include <QTextCursor>
#include <QTextLayout>

namespace runnel {

CodeColours::CodeColours(QObject *parent)
    : QObject(parent)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &CodeColours::colourAll);
    connect(this, &CodeColours::coloursChanged, this, &CodeColours::colourAllLater);
    connect(this, &CodeColours::languageChanged, this, &CodeColours::colourAllLater);
}

void CodeColours::setTarget(QQuickTextDocument *target)
{
    if (target == m_target)
        return;
    if (m_document)
        m_document->disconnect(this);
    m_target = target;
    m_document = target ? target->textDocument() : nullptr;
    if (m_document) {
        writeFromTheLeft();
        connect(m_document, &QTextDocument::contentsChange, this, &CodeColours::colourChanged);
    }
    colourAllLater();
    Q_EMIT targetChanged();
}

//! Lines that are inserted later have the format of the one before.
void CodeColours::writeFromTheLeft()
{
    QTextBlockFormat format;
    format.setLayoutDirection(Qt::LeftToRight);
    format.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
    QTextCursor cursor(m_document);
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(format);
}

void CodeColours::setLanguage(const QString &language)
{
    if (language == m_language)
        return;
    m_language = language;
    m_known = codeLanguage(language);
    Q_EMIT languageChanged();
}

void CodeColours::colourAllLater()
{
    if (m_document && !m_document->isEmpty())
        m_later.start();
}

void CodeColours::colourAll()
{
    if (!m_document)
        return;
    int open = 0;
    for (QTextBlock line = m_document->begin(); line.isValid(); line = line.next())
        open = colourLine(line, open);
    m_document->markContentsDirty(0, m_document->characterCount());
    // Of this the item hears, and not of the formats.
    QAbstractTextDocumentLayout *const layout = m_document->documentLayout();
    for (QTextBlock line = m_document->begin(); line.isValid(); line = line.next())
        Q_EMIT layout->updateBlock(line);
}

//! Comes before the text is laid out, so that this happens once.
void CodeColours::colourChanged(int from, int, int added)
{
    QTextBlock line = m_document->findBlock(from);
    const int end = from + added;
    const QTextBlock before = line.previous();
    int open = before.isValid() ? qMax(before.userState(), 0) : 0;
    for (bool differs = false; line.isValid() && (differs || line.position() <= end);
         line = line.next()) {
        const int openBefore = line.userState();
        open = colourLine(line, open);
        differs = open != openBefore;
    }
}

//! What the line leaves open, after lines that left \a open open.
int CodeColours::colourLine(QTextBlock &line, int open)
{
    QList<QTextLayout::FormatRange> formats;
    int leavesOpen = 0;
    // length() counts the end of the line, too.
    if (m_known && line.length() - 1 <= longestLine && line.position() <= longestCode) {
        const QString text = line.text();
        m_scanned += text.size();
        const ScannedLine scanned = scanLine(*m_known, text, open);
        for (const CodeRange &range : scanned.ranges) {
            QTextCharFormat format;
            format.setForeground(colourOf(range.kind));
            formats.append({int(range.start), int(range.length), format});
        }
        leavesOpen = scanned.open;
    }
    // To set them has the line laid out again.
    if (line.layout()->formats() != formats)
        line.layout()->setFormats(formats);
    line.setUserState(leavesOpen);
    return leavesOpen;
}

QColor CodeColours::colourOf(CodeKind kind) const
{
    switch (kind) {
    case CodeKind::Keyword:
        return m_keyword;
    case CodeKind::String:
        return m_string;
    case CodeKind::Number:
        return m_number;
    case CodeKind::Title:
        return m_title;
    case CodeKind::Type:
        return m_type;
    case CodeKind::Comment:
        return m_comment;
    case CodeKind::Removed:
        return m_removed;
    }
    Q_UNREACHABLE();
}

} // namespace runnel
