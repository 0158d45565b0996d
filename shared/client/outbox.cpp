#include "client/outbox.h"

#include "protocol/errorcode.h"

#include <algorithm>

namespace runnel {

bool isPutOff(const ErrorFrame &error)
{
    return error.turn.isEmpty() && !error.id.isEmpty() &&
           error.code == toWire(ErrorCode::Interrupted);
}

void Outbox::settle(const ServerFrame &frame)
{
    if (m_entries.empty())
        return;
    if (const auto *user = std::get_if<UserMessage>(&frame)) {
        remove(user->id);
    } else if (const auto *turn = std::get_if<TurnStarted>(&frame)) {
        remove(turn->id);
    } else if (const auto *error = std::get_if<ErrorFrame>(&frame)) {
        if (isPutOff(*error))
            putOff(error->id);
        else if (error->turn.isEmpty())
            remove(error->id);
    } else if (const auto *snapshot = std::get_if<Snapshot>(&frame)) {
        for (const MessageRecord &message : snapshot->messages)
            remove(message.id);
        for (const QString &id : snapshot->taken)
            remove(id);
    }
}

bool Outbox::remove(const QString &id)
{
    if (id.isEmpty())
        return false;
    return std::erase_if(m_entries, [&id](const Entry &e) { return e.id == id; }) > 0;
}

void Outbox::forgetWritten()
{
    for (Entry &entry : m_entries)
        entry.written = false;
}

void Outbox::putOff(const QString &id)
{
    const auto found =
        std::ranges::find_if(m_entries, [&id](const Entry &e) { return e.id == id; });
    if (found != m_entries.end())
        found->written = false;
}

Outbox::Entry *Outbox::nextUnwritten()
{
    const auto found = std::ranges::find_if(m_entries, [](const Entry &e) { return !e.written; });
    return found == m_entries.end() ? nullptr : &*found;
}

QStringList Outbox::writtenIds() const
{
    QStringList ids;
    for (const Entry &entry : m_entries) {
        if (entry.written)
            ids.append(entry.id);
    }
    return ids;
}

} // namespace runnel
