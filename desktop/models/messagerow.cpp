#include "models/messagerow.h"

#include "models/words.h"

namespace runnel {

bool MessageRow::isOf(const ViewMessage &other) const
{
    return message.messageId == other.messageId && message.at == other.at &&
           message.role == other.role;
}

bool MessageRow::hasTextOf(const ViewMessage &now) const
{
    return message.turn == now.turn && message.state == now.state &&
           now.state != MessageState::Running && contentSize == now.content.size();
}

bool MessageRow::isCut() const
{
    return isAnswer() &&
           (message.state == MessageState::Stopped || message.state == MessageState::Interrupted ||
            message.finishReason == FinishReason::Length);
}

QString MessageRow::thoughtsTitle(bool hasContent) const
{
    if (message.state == MessageState::Running && !hasContent)
        return words::thinking();
    return words::thoughts(thoughtMs);
}

int MessageRow::extras() const
{
    return isAnswer() ? tools->rowCount() + sources->rowCount() : 0;
}

void MessageRow::makeModels(QObject *parent)
{
    blocks.reset(new BlockListModel(parent));
    tools.reset(new ToolListModel(parent));
    sources.reset(new SourceListModel(parent));
}

void MessageRow::take(const ViewMessage &now)
{
    message = now;
    contentSize = now.content.size();
    message.thoughts.clear();
    if (!isAnswer())
        return;
    message.content.clear();
    message.tools.clear();
    message.sources.clear();
    tools->follow(now.tools, now.state == MessageState::Running);
    sources->follow(now.sources);
}

} // namespace runnel
