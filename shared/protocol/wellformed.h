#pragma once

#include <QString>

namespace runnel {

//! \a text with U+FFFD for each half of a surrogate pair that stands alone, as "\ud800" in JSON
//! makes one: that is no text that a database or a model takes, and no UTF-8 can be made of it. For
//! whatever comes from outside, before it is kept. Of the same length.
[[nodiscard]] QString wellFormed(QString text);

} // namespace runnel
