#pragma once

#include "emulator/generaterequest.h"
#include "emulator/scenario.h"

#include <QHash>
#include <QRegularExpressionMatch>

namespace runnel::emulator {

//! What a request tells about the conversation: all that the demo "remembers". Like the real Gemini
//! the emulator keeps nothing between requests.
struct Conversation
{
    QString message;     //!< The user's last message, whole.
    QStringList earlier; //!< The user's messages before it, oldest first.
    QString previousAnswer;
    QString systemInstruction;
    QString model;
    std::vector<GeminiPart> toolResults; //!< Not empty: the request brings function responses.
    QHash<QString, QString> facts;
};

[[nodiscard]] Conversation readConversation(const GenerateRequest &request,
                                            const std::vector<Fact> &facts);

//! The begin of a text as regular expressions may look at it: bounded, and without lone surrogates,
//! on which PCRE gives up. Positions in it are positions in \a text.
[[nodiscard]] QString searchable(const QString &text, qsizetype units = 4096);

//! Of a system instruction more is looked at: what it says of the date usually stands at its end.
inline constexpr qsizetype searchedSystemUnits = 64 * 1024;

//! A template with its `{{placeholders}}` filled in (docs/emulator.md). What is filled in is not
//! looked at again, so a message cannot bring placeholders of its own.
[[nodiscard]] QString expand(const QString &text, const Conversation &conversation,
                             const QRegularExpressionMatch &match);

} // namespace runnel::emulator
