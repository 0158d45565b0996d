#pragma once

#include "net/refusal.h"
#include "protocol/result.h"
#include "storage/storedconversation.h"

#include <QByteArray>

namespace runnel {

//! A conversation from the JSON that conversationexport.h writes, checked whole: ids, the tree, the
//! bounds of shared/protocol/limits.h. Message ids stay; its own id is a new one; turns are counted
//! anew; answers that ran are interrupted; nothing is of later than \a now. A refusal names the
//! field by its path.
[[nodiscard]] Result<StoredConversation, Refusal>
parseImport(const QByteArray &contentType, const QByteArray &body, const QDateTime &now);

} // namespace runnel
