#pragma once

#include "client/viewmessage.h"
#include "models/blocklistmodel.h"
#include "models/sourcelistmodel.h"
#include "models/toollistmodel.h"

#include <QElapsedTimer>

#include <memory>
#include <optional>

namespace runnel {

//! A row of a MessageListModel: what the view does not keep, and a copy of the rest of it but an
//! answer's texts: a shared text would be copied whole by the next append to it. Its tool calls and
//! sources are kept by their models.
struct MessageRow
{
    //! Delegates of a row that goes may still look at its models until the event loop turns.
    struct Later
    {
        void operator()(QObject *object) const { object->deleteLater(); }
    };

    ViewMessage message;
    std::unique_ptr<BlockListModel, Later> blocks; //!< Of an answer, as the next two.
    std::unique_ptr<ToolListModel, Later> tools;
    std::unique_ptr<SourceListModel, Later> sources;
    qsizetype contentSize = 0; //!< Of the text that is not kept here.
    QString unrendered;
    QElapsedTimer thinking; //!< Runs from the first thought that came live.
    qint64 thoughtMs = -1;
    std::optional<QString> draft; //!< While the message is edited.

    [[nodiscard]] bool isAnswer() const { return message.role == Role::Model; }
    //! In the conversation, no message of ours that waits.
    [[nodiscard]] bool isTaken() const { return !message.messageId.isEmpty(); }
    [[nodiscard]] bool isOf(const ViewMessage &other) const;
    //! The text of an answer that ended stays as it is; that of a turn that goes on does not.
    [[nodiscard]] bool hasTextOf(const ViewMessage &now) const;
    //! It ended before its time.
    [[nodiscard]] bool isCut() const;
    //! "Thinking", "Thought for 6 s".
    [[nodiscard]] QString thoughtsTitle(bool hasContent) const;
    //! How many tool calls and sources are shown.
    [[nodiscard]] int extras() const;

    //! With a parent QML never takes them for its own.
    void makeModels(QObject *parent);

    void take(const ViewMessage &now);
};

} // namespace runnel
