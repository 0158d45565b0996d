#pragma once

#include "storage/storedconversation.h"

#include <QByteArray>

namespace runnel {

//! What an exported file says of itself; an import wants to read the same.
inline constexpr QLatin1String exportFormat("runnel-conversation");
inline constexpr int exportVersion = 1;

//! The whole tree as JSON: what conversationimport.h reads.
[[nodiscard]] QByteArray exportJson(const StoredConversation &conversation, const QDateTime &now);

//! The visible branch for people: its title, who said what and when. Thoughts are left out.
[[nodiscard]] QByteArray exportMarkdown(const StoredConversation &conversation);

//! The value of Content-Disposition (RFC 6266) that names the file after \a title. \a suffix is
//! like "json". What no file's name may have on some system is replaced.
[[nodiscard]] QByteArray attachmentNamed(const QString &title, const QByteArray &suffix);

} // namespace runnel
