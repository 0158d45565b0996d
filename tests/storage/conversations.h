#pragma once

#include "storage/conversationstore.h"

namespace runnel::test {

//! When the conversations here were.
[[nodiscard]] QDateTime someTime();

//! A question `m1` and its answer `m2`, with everything that a store has to keep; seq 5.
[[nodiscard]] StoredConversation exchange(const QString &id, const QString &question,
                                          const QString &answer);

//! The answer of an exchange() runs, and has said nothing so far.
void letRun(StoredConversation &conversation);

void put(ConversationStore &store, const StoredConversation &conversation);

} // namespace runnel::test
