#pragma once

#include "highlight/codescanner.h"

#include <QColor>
#include <QPointer>
#include <QQuickTextDocument>
#include <QTextBlock>
#include <QTextDocument>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! Colours the code of a TextEdit, line by line as it comes: what grows at its end costs its own
//! length and that of its last line. Code in a language that is not known stays as it is. No
//! QSyntaxHighlighter: that lays the text out once for each line when all of them change. The text
//! is written from the left, whatever letters its lines begin with; for that it is inserted, and
//! not set, after the item was made.
class CodeColours : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument *target READ target WRITE setTarget NOTIFY targetChanged)
    //! The first word of the code's fence.
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(QColor keyword MEMBER m_keyword NOTIFY coloursChanged)
    Q_PROPERTY(QColor string MEMBER m_string NOTIFY coloursChanged)
    Q_PROPERTY(QColor number MEMBER m_number NOTIFY coloursChanged)
    Q_PROPERTY(QColor title MEMBER m_title NOTIFY coloursChanged)
    Q_PROPERTY(QColor type MEMBER m_type NOTIFY coloursChanged)
    Q_PROPERTY(QColor comment MEMBER m_comment NOTIFY coloursChanged)
    Q_PROPERTY(QColor removed MEMBER m_removed NOTIFY coloursChanged)

public:
    //! In UTF-16 units, the page's number. Lines that begin further down are not coloured. With it
    //! a block of 500 KB took at most a fifth more CPU time to be shown than without colours.
    static constexpr int longestCode = 200'000;
    //! A longer line is not coloured and leaves nothing open: as it grows at its end, it is scanned
    //! from its start each time.
    static constexpr int longestLine = 2'000;

    explicit CodeColours(QObject *parent = nullptr);

    [[nodiscard]] QQuickTextDocument *target() const { return m_target; }
    void setTarget(QQuickTextDocument *target);
    [[nodiscard]] QString language() const { return m_language; }
    void setLanguage(const QString &language);

    //! UTF-16 units scanned so far, for the test of linearity.
    [[nodiscard]] Q_INVOKABLE qint64 scannedCharacters() const { return m_scanned; }

Q_SIGNALS:
    void targetChanged();
    void languageChanged();
    void coloursChanged();

private:
    void writeFromTheLeft();
    void colourChanged(int from, int removed, int added);
    void colourAll();
    void colourAllLater();
    [[nodiscard]] int colourLine(QTextBlock &line, int open);
    [[nodiscard]] QColor colourOf(CodeKind kind) const;

    QPointer<QQuickTextDocument> m_target;
    QPointer<QTextDocument> m_document;
    QString m_language;
    const CodeLanguage *m_known = nullptr;
    QColor m_keyword;
    QColor m_string;
    QColor m_number;
    QColor m_title;
    QColor m_type;
    QColor m_comment;
    QColor m_removed;
    QTimer m_later; //!< A change of theme changes all colours: one time for all of them.
    qint64 m_scanned = 0;
};

} // namespace runnel
