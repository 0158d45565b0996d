#pragma once

#include "protocol/frames.h"

namespace runnel::test {

//! A little more than two minutes ago, the same in the whole program.
[[nodiscard]] QDateTime someTime();

[[nodiscard]] MessageRecord user(const QString &id, const QString &parent, const QString &text);
[[nodiscard]] MessageRecord answer(const QString &id, const QString &parent, const QString &text,
                                   MessageState state = MessageState::Done);
//! What a server says first: a session and these messages, the last of which is the leaf of the
//! visible branch; seq 100.
[[nodiscard]] QList<ServerFrame> conversation(QList<MessageRecord> messages, bool demo = false);
//! The end of a turn whose model is busy.
[[nodiscard]] ErrorFrame failure(Seq seq, const QString &turn);

} // namespace runnel::test
