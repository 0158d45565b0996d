#pragma once

#include <QString>
#include <QVarLengthArray>

#include <variant>

//! What a frame changed in a SessionView, so that a model need touch no more than that. Rows are
//! those at the moment of the change; several changes are to be followed in order.
namespace runnel::change {

//! Every row may be another one.
struct Reset
{
    bool news = true; //!< False when all that is shown now was in the conversation before.
};
struct RowInserted
{
    int row;
};
struct RowRemoved
{
    int row;
};
//! Anything of that row but its texts.
struct RowChanged
{
    int row;
};
//! The text was appended to the row's content.
struct ContentAppended
{
    int row;
    QString text;
};
//! The text was appended to the row's thoughts.
struct ThoughtsAppended
{
    int row;
    QString text;
};
//! Agents, model, limits or demo mode.
struct HelloChanged
{};
//! SessionView::title() is another one; a Reset may bring another one too.
struct Renamed
{};
//! The server no longer has the conversation that was shown; comes after the Reset to what it has.
struct Forgotten
{};
//! The server refused something that is no message of ours: code and sentence.
struct Noticed
{
    QString code;
    QString text;
};

} // namespace runnel::change

namespace runnel {

using Change =
    std::variant<change::Reset, change::RowInserted, change::RowRemoved, change::RowChanged,
                 change::ContentAppended, change::ThoughtsAppended, change::HelloChanged,
                 change::Renamed, change::Forgotten, change::Noticed>;
using Changes = QVarLengthArray<Change, 2>;

} // namespace runnel
