#pragma once

#include "storage/conversationstore.h"

#include <memory>

namespace runnel {

//! Where conversations are kept, by the setting DATABASE_URL: `sqlite:FILE`, the file relative to
//! the working directory, or `memory:` for as long as the process lasts, \a memoryBytes of them.
//! The error is one line that says what it was and what it may be.
[[nodiscard]] Result<std::unique_ptr<ConversationStore>, QString> openStore(const QString &url,
                                                                            qint64 memoryBytes);

//! Whether that is such an address at all; nothing is opened.
[[nodiscard]] bool isStoreUrl(const QString &url);

//! The file of a `sqlite:FILE`; null of anything else.
[[nodiscard]] QString databaseFile(const QString &url);

} // namespace runnel
