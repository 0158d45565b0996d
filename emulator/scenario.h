#pragma once

#include "protocol/result.h"

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace runnel::emulator {

//! What can go wrong on purpose.
enum class FaultKind {
    // Instead of an answer.
    BadKey,
    NotFound,
    RateLimited,
    DailyQuota,
    Internal,
    Unavailable,
    Status,        //!< Any other status: Fault::status and Fault::message.
    Html,          //!< A proxy's HTML page with Fault::status.
    Hang,          //!< No reply at all, the connection stays open.
    BlockedPrompt, //!< An answer without candidates; Fault::reason is the block reason.
    // After Fault::afterChunks chunks of the answer.
    StreamError, //!< An error event; Fault::status, 503 unless said otherwise.
    Garbage,     //!< An event that is no JSON, then the answer goes on.
    Stall,       //!< Nothing more comes for Fault::delay, then the connection closes.
    Cut,         //!< The connection is reset in the middle of an event.
    Close,       //!< The connection closes in order, the answer has no end.
    NoFinish,    //!< The reply ends in order, but without a finishReason.
};

struct Fault
{
    FaultKind kind = FaultKind::Internal;
    int status = 503;
    QString message;
    QString reason;
    int afterChunks = 1;
    std::chrono::milliseconds delay{0}; //!< retryAfter of RateLimited, how long to Stall.
};

//! How fast an answer comes; what is not set is the scenario's, or the emulator's own.
struct Pace
{
    std::optional<double> tokensPerSecond; //!< 0: as fast as it goes.
    std::optional<std::chrono::milliseconds> firstToken;
    std::optional<std::chrono::nanoseconds> interval; //!< Between chunks, exact; wins over tokens.
    std::optional<double> jitter;     //!< 0 … 1: how far a pause may be from its mean.
    std::optional<double> maxSeconds; //!< A longer answer gets larger chunks.
    std::optional<std::pair<int, int>> chunkTokens; //!< From, to.

    //! These, and from \a other what is not set here.
    [[nodiscard]] Pace over(const Pace &other) const;
};

//! Chunks made of nothing, for measurements: at an exact rate, whoever reads. `chunks=`, `rate=`
//! and `size=` in the message change them.
struct Generate
{
    int chunks = 200;
    double rate = 20; //!< Chunks a second; 0: as fast as it goes.
    int size = 24;    //!< Characters of a chunk, the time stamp included.
};

struct ScriptedCall
{
    QString name;
    QString argsJson;
};

//! When a rule applies: when everything that is set holds.
struct Match
{
    enum class Turn { Any, User, Tool };

    QString contains;                         //!< In the last message, whatever the case.
    std::optional<QRegularExpression> regex;  //!< On the last message.
    std::optional<QRegularExpression> system; //!< On the system instruction.
    QString model;                            //!< As asked for, e.g. `gemini-flash-latest`.
    int request = 0;                          //!< The nth request that reaches the rules, from 1.
    Turn turn = Turn::Any;                    //!< Tool: the request brings function responses.
    bool functionFits = false; //!< A declared function fits the message, or one must be called.
    bool wantsJson = false;    //!< responseMimeType is application/json.
    bool hasHistory = false;   //!< It is not the first message of the conversation.
    QStringList knows;         //!< Names of facts that the conversation must have told.
};

struct Rule
{
    enum class Answer { None, Text, Echo, Generated, Function, Json };

    QString name;
    Match match;
    int times = 0;      //!< Applies to the first so many requests only; 0: to all.
    bool cycle = false; //!< With times: one request is passed over, then it counts anew.

    Answer kind = Answer::None;
    QStringList answers; //!< One of them is taken.
    Generate generate;
    QString thoughts;
    std::vector<ScriptedCall> calls;
    bool opening = false;      //!< Begins with the line of a persona, if one fits.
    int repeat = 1;            //!< The answer so many times over.
    std::optional<int> tokens; //!< The most an answer may have, in place of the model's limit.
    Pace pace;
    QString finishReason; //!< Instead of STOP.
    int finishAfter = -1; //!< With finishReason: after so many chunks; -1: all.
    std::optional<Fault> fault;
};

//! Something that a conversation may tell, e.g. the user's name: the last match wins.
struct Fact
{
    QString name;
    QRegularExpression regex; //!< Its first group is the fact.
    bool inSystem = false;    //!< In the system instruction, not in the user's messages.
};

//! A first line for answers under a system instruction that matches.
struct Opening
{
    QRegularExpression system;
    QString text;
};

//! What the emulator says when (docs/emulator.md).
struct Scenario
{
    QString name;
    bool timestamps =
        false; //!< Each chunk begins with `@`, 20 digits of CLOCK_MONOTONIC in ns, `;`.
    bool otherwiseDemo = true; //!< What no rule matches is answered by the built-in demo.
    Pace pace;
    std::vector<Fact> facts;
    std::vector<Opening> openings;
    std::vector<Rule> rules;

    //! A scenario from a file, or of a built-in one (`demo`, `faults`, `bench`) when there is no
    //! such file. The error is one line that names the file and the place in it.
    [[nodiscard]] static Result<Scenario, QString> load(const QString &fileOrName);
    //! One of the built-in ones; aborts for another name.
    [[nodiscard]] static Scenario builtIn(const QString &name);
};

} // namespace runnel::emulator
