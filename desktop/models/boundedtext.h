#pragma once

#include <QJsonObject>
#include <QString>

namespace runnel {

//! What fits of a text from the wire.
struct BoundedText
{
    QString text; //!< With "…" at its end when it is not whole.
    bool isWhole = true;
};

//! At most \a most UTF-16 units of \a text, and no half of a sign at the end.
[[nodiscard]] BoundedText cut(const QString &text, qsizetype most);

enum class JsonForm {
    Line,  //!< Without white space.
    Lines, //!< Indented, a member a line.
};
//! \a object as JSON, at most \a most UTF-16 units of it; more is not even written. Signs that turn
//! the order of what follows them are escaped, and a Line reads from the left whatever is in it.
//! Deeper than 32 levels is "…".
[[nodiscard]] BoundedText boundedJson(const QJsonObject &object, JsonForm form, qsizetype most);

} // namespace runnel
