#pragma once

#include "gemini/geminicodec.h"

#include <QByteArray>
#include <QString>

namespace runnel {

//! The parts of a model's turn, in order, as they have to be sent back: signed parts and those with
//! more than text byte for byte, runs of plain text as one part.
class RawParts
{
public:
    void append(const GeminiPart &part);

    //! What is held, in bytes of JSON or characters of text.
    [[nodiscard]] qsizetype size() const { return m_json.size() + m_text.size(); }

    //! A JSON array; empty when there is no part.
    [[nodiscard]] QByteArray toJson() const;

private:
    void appendJson(const QByteArray &part);
    [[nodiscard]] QByteArray textAsPart() const;

    QByteArray m_json; //!< The parts so far, separated by commas.
    QString m_text;    //!< The run of plain text that may still grow.
};

} // namespace runnel
