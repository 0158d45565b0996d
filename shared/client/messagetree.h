#pragma once

#include "client/viewmessage.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace runnel {

//! The messages of a conversation as the server has them, all branches, and the one that is shown.
//! A node is a message's place in the order of the log and never changes until clear(); a row is
//! its place in the visible branch.
class MessageTree
{
public:
    static constexpr int none = -1;

    void clear();
    //! The branch stays; a message with an id that is here already hides the older one.
    int add(ViewMessage message);
    //! Makes the branch that ends with \a node the visible one. A parent that is not there, or a
    //! circle, ends it. O(1) when only \a node is new to it.
    void show(int node);

    [[nodiscard]] int size() const { return int(m_nodes.size()); }
    [[nodiscard]] int rows() const { return int(m_branch.size()); }
    [[nodiscard]] ViewMessage &message(int node) { return m_nodes[std::size_t(node)].message; }
    [[nodiscard]] const ViewMessage &message(int node) const
    {
        return m_nodes[std::size_t(node)].message;
    }
    [[nodiscard]] const ViewMessage &messageAt(int row) const
    {
        return message(m_branch[std::size_t(row)]);
    }
    //! The last of the visible branch, or none.
    [[nodiscard]] int leaf() const { return m_branch.empty() ? none : m_branch.back(); }
    //! None when \a node is in another branch.
    [[nodiscard]] int rowOf(int node) const { return m_nodes[std::size_t(node)].row; }
    //! None when there is no such message.
    [[nodiscard]] int find(const QString &messageId) const
    {
        return m_nodeOfId.value(messageId, none);
    }
    //! The ids of all with the parent of \a message, oldest first, itself among them.
    [[nodiscard]] QStringList siblingsOf(const ViewMessage &message) const
    {
        return m_children.value(message.parentId);
    }

private:
    struct Node
    {
        ViewMessage message;
        int row = none;
    };

    std::vector<Node> m_nodes;
    std::vector<int> m_branch;
    QHash<QString, int> m_nodeOfId;
    QHash<QString, QStringList> m_children; //!< Of the root under the empty id.
};

} // namespace runnel
