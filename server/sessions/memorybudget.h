#pragma once

#include <QtGlobal>

#include <functional>

namespace runnel {

//! The memory that all conversations of a server share. A session counts what it holds; before it
//! takes more it asks for room, and the registry then lets go of what nobody has open.
class MemoryBudget
{
public:
    explicit MemoryBudget(qint64 maxBytes)
        : m_maxBytes(maxBytes)
    {}

    //! What to do when there is no room; set by who can make some.
    void setMakeRoom(std::function<void()> makeRoom) { m_makeRoom = std::move(makeRoom); }

    void add(qint64 bytes) { m_used += bytes; }
    [[nodiscard]] qint64 used() const { return m_used; }
    [[nodiscard]] bool isFull() const { return m_used >= m_maxBytes; }

    //! Whether more may be taken, after making room if there was none.
    [[nodiscard]] bool hasRoom()
    {
        if (isFull() && m_makeRoom)
            m_makeRoom();
        return !isFull();
    }

private:
    qint64 m_maxBytes;
    qint64 m_used = 0;
    std::function<void()> m_makeRoom;
};

} // namespace runnel
