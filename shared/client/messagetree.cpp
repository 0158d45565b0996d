#include "client/messagetree.h"

#include <algorithm>

namespace runnel {

void MessageTree::clear()
{
    m_nodes.clear();
    m_branch.clear();
    m_nodeOfId.clear();
    m_children.clear();
}

int MessageTree::add(ViewMessage message)
{
    const int node = size();
    m_nodeOfId.insert(message.messageId, node);
    m_children[message.parentId].append(message.messageId);
    m_nodes.push_back({std::move(message), none});
    return node;
}

void MessageTree::show(int node)
{
    const QString &parent = message(node).parentId;
    const bool follows =
        rowOf(node) == none && (leaf() == none ? parent.isEmpty() : leaf() == find(parent));
    if (!follows) {
        for (const int shown : m_branch)
            m_nodes[std::size_t(shown)].row = none;
        m_branch.clear();
    }
    const auto kept = m_branch.size();
    for (int next = node; next != none && rowOf(next) == none;
         next = find(message(next).parentId)) {
        m_nodes[std::size_t(next)].row = 0; // It is taken; its row is known at the end of the walk.
        m_branch.push_back(next);
    }
    std::ranges::reverse(m_branch.begin() + std::ptrdiff_t(kept), m_branch.end());
    for (std::size_t row = kept; row < m_branch.size(); ++row)
        m_nodes[std::size_t(m_branch[row])].row = int(row);
}

} // namespace runnel
