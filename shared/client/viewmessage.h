#pragma once

#include "protocol/frames.h"

namespace runnel {

//! What went wrong with a message, for the card below it. The code is a wire name: a client
//! survives one that it does not know.
struct Problem
{
    QString code;
    QString text;
    std::optional<std::chrono::milliseconds> retryAfter;

    friend bool operator==(const Problem &, const Problem &) = default;
};

//! The notice that a turn asks its model again.
struct RetryNotice
{
    QString text;
    std::chrono::milliseconds retryAfter{0};
    int attempt = 1;

    friend bool operator==(const RetryNotice &, const RetryNotice &) = default;
};

//! How far a message of ours has come.
enum class Delivery {
    Taken,   //!< It is in the conversation; so is every message of others and every answer.
    Pending, //!< The server has not said anything about it yet.
    Refused, //!< It will not be asked; Problem says why.
};

//! A message as a client shows it.
struct ViewMessage
{
    QString messageId; //!< Null while ours is not taken.
    QString parentId;
    Role role = Role::User;
    QString content;
    QDateTime at;
    QString id;       //!< The client's own, of what made this message.
    QString replaces; //!< Of an edit of ours that is not taken: the message that it edits.
    QString turn;
    QString agent;
    QString model;
    MessageState state = MessageState::Done;
    QString thoughts;
    QList<AgentOnFloor> agents; //!< In the order in which they came.
    QList<ToolUse> tools;       //!< As well.
    QList<Source> sources;
    std::optional<FinishReason> finishReason;
    std::optional<Usage> usage;
    std::optional<Problem> problem;
    std::optional<RetryNotice> retrying; //!< Until the next sign of life of the turn.
    Delivery delivery = Delivery::Taken;

    friend bool operator==(const ViewMessage &, const ViewMessage &) = default;
};

} // namespace runnel
