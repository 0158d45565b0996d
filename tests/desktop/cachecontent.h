#pragma once

#include "cache/conversationcache.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <functional>

#include <sys/resource.h>

//! What the tests of the desktop's cache put into it, and how they look at its files.
namespace runnel::test {

extern const QString server;

//! A key of 32 bytes, another one for each number.
[[nodiscard]] QByteArray keyOf(int number);
//! A line of the list: the higher its number, the newer.
[[nodiscard]] CachedConversation line(int number, const QString &title = {});
[[nodiscard]] QList<CachedConversation> lines(int count);
//! A snapshot of about so many bytes of JSON and prose, another one for each number.
[[nodiscard]] CachedSnapshot snapshotOf(int number, qsizetype bytes = 200);

[[nodiscard]] QByteArray contentOf(const QString &file);
void writeContent(const QString &file, const QByteArray &content);
//! All files of the folder, one after the other.
[[nodiscard]] QByteArray contentOfAll(const QTemporaryDir &folder);

//! Puts an unsent item and says whether it was acknowledged, after some seconds at most.
[[nodiscard]] bool storeUnsent(ConversationCache &cache, const UnsentItem &item);

//! While it is there: as a disk on which no file becomes larger than so many bytes.
class DiskOf
{
public:
    explicit DiskOf(qint64 bytes);
    ~DiskOf();
    Q_DISABLE_COPY_MOVE(DiskOf)

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

//! Calls the action when it goes.
class AtEnd
{
public:
    explicit AtEnd(std::function<void()> action)
        : m_action(std::move(action))
    {}
    ~AtEnd() { m_action(); }
    Q_DISABLE_COPY_MOVE(AtEnd)

private:
    const std::function<void()> m_action;
};

} // namespace runnel::test
