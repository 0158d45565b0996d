#pragma once

namespace runnel {

//! A place between two characters of what a conversation shows; the earlier one is the smaller.
struct TextSpot
{
    int message = 0; //!< The row in MessageListModel.
    int block = 0;   //!< The row in an answer's BlockListModel; 0 of a person's message.
    int offset = 0;  //!< Characters of the text before it; more than there are stand for its end.

    friend bool operator<(const TextSpot &one, const TextSpot &other)
    {
        return one.message != other.message ? one.message < other.message
               : one.block != other.block   ? one.block < other.block
                                            : one.offset < other.offset;
    }
};

} // namespace runnel
