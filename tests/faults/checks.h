#pragma once

#include "protocol/frames.h"

namespace runnel {
class SessionView;
struct StoredConversation;
} // namespace runnel

namespace runnel::faults {

class Findings;
class FrameArchive;
class Ledger;

//! Both show the same, to the byte.
void checkSame(Findings &findings, const QString &who, const SessionView &shown,
               const SessionView &fresh);

//! The file has what the snapshot says.
void checkStored(Findings &findings, const QString &session, const Snapshot &whole,
                 const StoredConversation *stored);

//! What was shown when the server was killed is in its file; the file may have more.
void checkShownIsStored(Findings &findings, const QString &who, const SessionView &shown,
                        const StoredConversation *stored);

//! Every question has an answer, every answer has ended, and what it says is what the question
//! asked for, as far as it goes.
void checkAnswers(Findings &findings, const QString &session, const Snapshot &whole);

//! Everything that was asked for in that session was done once, or refused.
void checkAskedOnce(Findings &findings, const QString &session, const Snapshot &whole,
                    const Ledger &ledger, const FrameArchive &archive);

} // namespace runnel::faults
