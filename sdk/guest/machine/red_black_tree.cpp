// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The balancing functions behind std::map and std::set, which the library's headers declare and its archive (built for
// another instruction set) defines. Red-black trees after Cormen, Leiserson, Rivest and Stein, chapter 13. The header
// node holds root (parent), first (left) and last (right) element, and is the parent of the root.
#include <map>
#include <utility>

namespace std {
namespace {

using Node = _Rb_tree_node_base;

bool is_red(const Node* node) noexcept {
    return node != nullptr && node->_M_color == _S_red;
}

/// The child on the named side.
Node*& child(Node* node, bool left) noexcept {
    return left ? node->_M_left : node->_M_right;
}

/// Puts `replacement` where its parent has `node`.
void replace_in_parent(Node* node, Node* replacement, Node& header) noexcept {
    Node* const parent = node->_M_parent;
    if (parent == &header) {
        header._M_parent = replacement;
    } else {
        child(parent, parent->_M_left == node) = replacement;
    }
    if (replacement != nullptr) replacement->_M_parent = parent;
}

/// Lowers `node` to the named side; the child of the other side takes its place.
void rotate(Node* node, bool left, Node& header) noexcept {
    Node* const raised = child(node, !left);
    Node* const moved = child(raised, left);
    child(node, !left) = moved;
    if (moved != nullptr) moved->_M_parent = node;
    replace_in_parent(node, raised, header);
    child(raised, left) = node;
    node->_M_parent = raised;
}

/// Makes every path carry the same number of black nodes again after a black node above `node` vanished. `node` may be
/// null, hence `parent`.
void rebalance_after_erase(Node* node, Node* parent, Node& header) noexcept {
    while (node != header._M_parent && !is_red(node)) {
        const bool left = parent->_M_left == node;
        Node* sibling = child(parent, !left);
        if (is_red(sibling)) {
            sibling->_M_color = _S_black;
            parent->_M_color = _S_red;
            rotate(parent, left, header);
            sibling = child(parent, !left);
        }
        if (!is_red(sibling->_M_left) && !is_red(sibling->_M_right)) {
            sibling->_M_color = _S_red;
            node = parent;
            parent = node->_M_parent;
            continue;
        }
        if (!is_red(child(sibling, !left))) {
            child(sibling, left)->_M_color = _S_black;
            sibling->_M_color = _S_red;
            rotate(sibling, !left, header);
            sibling = child(parent, !left);
        }
        sibling->_M_color = parent->_M_color;
        parent->_M_color = _S_black;
        child(sibling, !left)->_M_color = _S_black;
        rotate(parent, left, header);
        break;
    }
    if (node != nullptr) node->_M_color = _S_black;
}

/// In-order neighbour. From the last (first) element it is the header; a header, told by being red and its own
/// grandparent, is followed by the element at the other end.
Node* neighbour(Node* node, bool left) noexcept {
    if (left && node->_M_color == _S_red && node->_M_parent->_M_parent == node) return node->_M_right;
    if (child(node, left) != nullptr) {
        node = child(node, left);
        while (child(node, !left) != nullptr) node = child(node, !left);
        return node;
    }
    Node* parent = node->_M_parent;
    while (node == child(parent, left)) {
        node = parent;
        parent = parent->_M_parent;
    }
    // Climbing out of a tree whose root is its own last element arrives at the header from the wrong side.
    return !left && node->_M_right == parent ? node : parent;
}

}  // namespace

Node* _Rb_tree_increment(Node* node) noexcept {
    return neighbour(node, false);
}
const Node* _Rb_tree_increment(const Node* node) noexcept {
    return neighbour(const_cast<Node*>(node), false);
}
Node* _Rb_tree_decrement(Node* node) noexcept {
    return neighbour(node, true);
}
const Node* _Rb_tree_decrement(const Node* node) noexcept {
    return neighbour(const_cast<Node*>(node), true);
}

void _Rb_tree_insert_and_rebalance(const bool insert_left, Node* node, Node* parent, Node& header) noexcept {
    node->_M_parent = parent;
    node->_M_left = nullptr;
    node->_M_right = nullptr;
    node->_M_color = _S_red;
    if (parent == &header) {
        header._M_parent = node;
        header._M_left = node;
        header._M_right = node;
    } else {
        child(parent, insert_left) = node;
        if (insert_left && header._M_left == parent) header._M_left = node;
        if (!insert_left && header._M_right == parent) header._M_right = node;
    }
    while (node != header._M_parent && is_red(node->_M_parent)) {
        Node* above = node->_M_parent;
        Node* const top = above->_M_parent;
        const bool left = top->_M_left == above;
        Node* const uncle = child(top, !left);
        if (is_red(uncle)) {
            above->_M_color = _S_black;
            uncle->_M_color = _S_black;
            top->_M_color = _S_red;
            node = top;
            continue;
        }
        if (node == child(above, !left)) {
            rotate(above, left, header);
            std::swap(node, above);
        }
        above->_M_color = _S_black;
        top->_M_color = _S_red;
        rotate(top, !left, header);
    }
    header._M_parent->_M_color = _S_black;
}

Node* _Rb_tree_rebalance_for_erase(Node* const node, Node& header) noexcept {
    if (header._M_left == node) header._M_left = node->_M_right != nullptr ? neighbour(node, false) : node->_M_parent;
    if (header._M_right == node) header._M_right = node->_M_left != nullptr ? neighbour(node, true) : node->_M_parent;

    Node* orphan = nullptr;  // takes the place of the node that leaves its position
    Node* orphan_parent = node->_M_parent;
    _Rb_tree_color lost = node->_M_color;
    if (node->_M_left == nullptr || node->_M_right == nullptr) {
        orphan = child(node, node->_M_left != nullptr);
        replace_in_parent(node, orphan, header);
    } else {
        Node* const next = neighbour(node, false);  // has no left child
        lost = next->_M_color;
        orphan = next->_M_right;
        orphan_parent = next;
        if (next->_M_parent != node) {
            orphan_parent = next->_M_parent;
            replace_in_parent(next, orphan, header);
            next->_M_right = node->_M_right;
            next->_M_right->_M_parent = next;
        }
        replace_in_parent(node, next, header);
        next->_M_left = node->_M_left;
        next->_M_left->_M_parent = next;
        next->_M_color = node->_M_color;
    }
    if (lost == _S_black) rebalance_after_erase(orphan, orphan_parent, header);
    return node;
}

}  // namespace std
