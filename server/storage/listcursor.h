#pragma once

#include <QString>

#include <optional>

namespace runnel {

//! Where a page of the list ended: its last line, not a number of lines. So a conversation that
//! moves up meanwhile is neither listed twice nor pushes another one out.
struct ListCursor
{
    bool pinned = false;
    qint64 updated = 0; //!< Milliseconds since 1970.
    QString key;        //!< Tells those of the same time apart: the store's own, like an id.

    //! Nothing for what is no cursor.
    [[nodiscard]] static std::optional<ListCursor> from(const QString &text);
    [[nodiscard]] QString text() const;

    friend bool operator==(const ListCursor &, const ListCursor &) = default;
};

} // namespace runnel
