#include "textselection.h"

#include "models/messagelistmodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointingDevice>
#include <QQuickWindow>
#include <QScopedValueRollback>

#include <algorithm>
#include <limits>
#include <utility>

namespace runnel {

namespace {

constexpr int end = std::numeric_limits<int>::max();

qreal distance(const QRectF &place, const QPointF &point)
{
    const qreal across = std::max({place.left() - point.x(), point.x() - place.right(), 0.0});
    const qreal down = std::max({place.top() - point.y(), point.y() - place.bottom(), 0.0});
    // What stands in the same line is nearer than what stands above or below it.
    return 1000 * down + across;
}

//! Such a text leaves a ShortcutOverride as it comes, which is accepted: with the keyboard there no
//! shortcut of the window would be heard.
bool isReadText(const QObject *object)
{
    return object->inherits("QQuickTextEdit") && object->property("readOnly").toBool();
}

} // namespace

// ---- TextSelection

TextSelection::TextSelection(QQuickItem *parent)
    : QQuickItem(parent)
{}

TextSelection::~TextSelection() = default;

void TextSelection::setMessages(QAbstractItemModel *messages)
{
    if (messages == m_messages)
        return;
    clear();
    if (m_messages)
        m_messages->disconnect(this);
    m_messages = messages;
    if (messages) {
        // What is after the selection may come and go.
        const auto clearFrom = [this](const QModelIndex &, int first) {
            if (m_begin && first <= std::max(*m_begin, m_end.value_or(*m_begin)).message)
                clear();
        };
        connect(messages, &QAbstractItemModel::rowsAboutToBeRemoved, this, clearFrom);
        connect(messages, &QAbstractItemModel::rowsAboutToBeInserted, this, clearFrom);
        connect(messages, &QAbstractItemModel::modelAboutToBeReset, this, &TextSelection::clear);
    }
    Q_EMIT messagesChanged();
}

void TextSelection::add(SelectableText *text)
{
    m_texts.append(text);
}

void TextSelection::remove(SelectableText *text)
{
    m_texts.removeOne(text);
}

void TextSelection::show(SelectableText &text) const
{
    if (!m_begin || !m_end) {
        text.select(0, 0);
        return;
    }
    const auto [from, to] = std::minmax(*m_begin, *m_end);
    const TextSpot begins{text.message(), text.block(), 0};
    const TextSpot ends{text.message(), text.block(), end};
    if (ends < from || to < begins)
        text.select(0, 0);
    else
        text.select(std::max(from, begins).offset, std::min(to, ends).offset);
}

void TextSelection::showAll() const
{
    for (SelectableText *text : m_texts)
        show(*text);
}

void TextSelection::follow()
{
    if (m_dragging)
        extendTo(m_pointer);
}

void TextSelection::clear()
{
    m_begin.reset();
    m_end.reset();
    m_first.clear();
    release();
    showAll();
}

QString TextSelection::text() const
{
    const auto *const messages = qobject_cast<const MessageListModel *>(m_messages);
    if (!messages || !m_begin || !m_end)
        return {};
    const auto [from, to] = std::minmax(*m_begin, *m_end);
    return messages->textBetween(from, to);
}

void TextSelection::copy() const
{
    if (isWide())
        QGuiApplication::clipboard()->setText(text());
    else if (m_first && m_first->anchor())
        QMetaObject::invokeMethod(m_first->target(), "copy");
}

void TextSelection::selectAll()
{
    if (!m_messages || m_messages->rowCount() == 0)
        return;
    clear();
    m_first = m_asked;
    QQuickItem *const text = m_first && !m_first->isWhole() ? m_first->target() : parentItem();
    text->forceActiveFocus(Qt::OtherFocusReason);
    m_begin = TextSpot{0, 0, 0};
    m_end = TextSpot{m_messages->rowCount() - 1, end, end};
    showAll();
}

void TextSelection::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemSceneChange)
        watch(data.window);
    QQuickItem::itemChange(change, data);
}

void TextSelection::watch(QQuickWindow *window)
{
    if (m_window)
        m_window->disconnect(this);
    m_window = window;
    if (!window)
        return;
    // Not a filter of the window: popups have one there, which keeps presses for itself.
    QCoreApplication::instance()->installEventFilter(this);
    // Whoever goes elsewhere with the keyboard or opens a menu has done with it; who goes to
    // another window, or scrolls until the text that has the keyboard goes, has not.
    connect(window, &QQuickWindow::activeFocusItemChanged, this, [this] {
        const QQuickItem *const now = m_window->activeFocusItem();
        const bool stays = !now || now == parentItem() || (m_first && now == m_first->target());
        if (m_begin && !m_dragging && !m_held && !stays)
            clear();
    });
}

bool TextSelection::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isReadText(watched)) {
        event->ignore();
        return true;
    }
    if (watched != m_window)
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto *const mouse = static_cast<QMouseEvent *>(event);
        // A finger scrolls.
        if (mouse->button() == Qt::LeftButton && mouse->device() &&
            mouse->device()->type() != QInputDevice::DeviceType::TouchScreen)
            return press(mouse->scenePosition(), mouse->modifiers());
        if (mouse->button() == Qt::RightButton)
            return askForMenu(mouse->scenePosition());
        break;
    }
    case QEvent::MouseMove: {
        const auto *const mouse = static_cast<QMouseEvent *>(event);
        if (m_pressed && mouse->buttons().testFlag(Qt::LeftButton))
            return drag(mouse->scenePosition());
        if (m_pressed) // The release went elsewhere.
            release();
        break;
    }
    case QEvent::MouseButtonRelease:
        if (static_cast<QMouseEvent *>(event)->button() != Qt::LeftButton)
            break;
        // Nothing else has taken the press: it was on empty ground.
        if (!m_pressed && m_window->mouseGrabberItem() == parentItem())
            clear();
        release();
        break;
    case QEvent::ShortcutOverride:
        if (!isWide() || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
            break;
        event->accept();
        return true;
    case QEvent::KeyPress:
        if (!isWide() || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
            break;
        copy();
        return true;
    default:
        break;
    }
    return false;
}

//! What lies over the view has its presses for itself.
bool TextSelection::isCovered(const QPointF &scene) const
{
    const QList<QQuickItem *> layers = m_window->contentItem()->childItems();
    for (const QQuickItem *layer : layers) {
        if (!layer->inherits("QQuickOverlay") || !layer->isVisible())
            continue;
        const QList<QQuickItem *> popups = layer->childItems();
        if (std::ranges::any_of(popups, [&scene](const QQuickItem *popup) {
                return popup->isVisible() && popup->contains(popup->mapFromScene(scene));
            }))
            return true;
    }
    return false;
}

//! With Shift the selection is made longer, or shorter.
bool TextSelection::press(const QPointF &scene, Qt::KeyboardModifiers modifiers)
{
    m_pressed = false;
    SelectableText *const text = textAt(scene);
    if (!text || isCovered(scene))
        return false;
    const bool longer = m_begin && modifiers == Qt::ShiftModifier;
    if (longer && (isWide() || text != m_first)) {
        takeOver();
        m_pressed = true;
        extendTo(scene);
        return true;
    }
    m_pressed = !text->isWhole();
    if (longer) // Within one text, which does that by itself.
        return false;
    clear();
    if (!text->isWhole()) {
        m_first = text;
        m_begin = text->spotAt(scene);
        m_pressed = true;
    }
    return false;
}

//! The press does not come to the text, which would forget what is selected.
bool TextSelection::askForMenu(const QPointF &scene)
{
    SelectableText *const text = textAt(scene);
    if (!text || isCovered(scene))
        return false;
    m_asked = text;
    m_held = true;
    const QModelIndex row = m_messages ? m_messages->index(text->message(), 0) : QModelIndex();
    const bool isSelected = isWide() || (m_first && m_first->anchor());
    Q_EMIT menuAsked(mapFromScene(scene), text->message(),
                     row.data(MessageListModel::IsAnswerRole).toBool(), isSelected,
                     text->linkAt(scene));
    return true;
}

//! From the text in which it began: a double click or Shift may have moved the beginning.
void TextSelection::takeOver()
{
    if (!isWide() && m_first)
        m_begin->offset = m_first->anchor().value_or(m_begin->offset);
    m_dragging = true;
}

bool TextSelection::drag(const QPointF &scene)
{
    if (!m_dragging) {
        // Its TextEdit has the pointer, or something lies over it.
        if (!m_first || m_window->mouseGrabberItem() != m_first->target()) {
            m_pressed = false;
            return false;
        }
        if (view().contains(scene) && nearestTo(scene) == m_first)
            return false;
        takeOver();
    }
    extendTo(scene);
    return true;
}

void TextSelection::release()
{
    m_pressed = false;
    if (std::exchange(m_dragging, false)) {
        // The text in which it began is told of the release, too, and gives its own part.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (isWide() && QGuiApplication::clipboard()->supportsSelection())
                    QGuiApplication::clipboard()->setText(text(), QClipboard::Selection);
            },
            Qt::QueuedConnection);
    }
    setEdge(0);
}

void TextSelection::extendTo(const QPointF &scene)
{
    m_pointer = scene;
    const QRectF shown = view();
    setEdge(scene.y() < shown.top() ? -1 : scene.y() > shown.bottom() ? 1 : 0);
    const QPointF inside(scene.x(), std::clamp(scene.y(), shown.top(), shown.bottom()));
    if (const SelectableText *const text = nearestTo(inside))
        m_end = text->spotAt(inside);
    showAll();
}

void TextSelection::setEdge(int edge)
{
    m_edge = edge;
    Q_EMIT edgeChanged();
}

QRectF TextSelection::view() const
{
    return mapRectToScene(boundingRect());
}

SelectableText *TextSelection::textAt(const QPointF &scene) const
{
    SelectableText *const text = view().contains(scene) ? nearestTo(scene) : nullptr;
    return text && text->place().contains(scene) ? text : nullptr;
}

SelectableText *TextSelection::nearestTo(const QPointF &scene) const
{
    SelectableText *nearest = nullptr;
    qreal least = 0;
    for (SelectableText *text : m_texts) {
        const QRectF place = text->place();
        if (place.isEmpty())
            continue;
        const qreal away = distance(place, scene);
        if (!nearest || away < least) {
            nearest = text;
            least = away;
        }
    }
    return nearest;
}

// ---- SelectableText

SelectableText::~SelectableText()
{
    if (m_selection)
        m_selection->remove(this);
}

void SelectableText::setSelection(TextSelection *selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        m_selection->remove(this);
    m_selection = selection;
    if (selection)
        selection->add(this);
    Q_EMIT changed();
}

void SelectableText::setTarget(QQuickItem *target)
{
    if (target == m_target)
        return;
    m_target = target;
    Q_EMIT changed();
}

void SelectableText::setMessage(int message)
{
    if (message == m_message)
        return;
    m_message = message;
    Q_EMIT changed();
}

void SelectableText::setBlock(int block)
{
    if (block == m_block)
        return;
    m_block = block;
    Q_EMIT changed();
}

//! A row that comes into sight, and a text that grows and forgets its selection with that.
void SelectableText::componentComplete()
{
    m_isWhole = m_target && m_target->metaObject()->indexOfProperty("selected") >= 0;
    if (m_target && !m_isWhole)
        connect(m_target, SIGNAL(textChanged()), this, SLOT(again()));
    again();
}

void SelectableText::again()
{
    if (m_selection && m_selection->isWide())
        m_selection->show(*this);
}

QRectF SelectableText::place() const
{
    return m_target && m_target->isVisible() ? m_target->mapRectToScene(m_target->boundingRect())
                                             : QRectF();
}

TextSpot SelectableText::spotAt(const QPointF &scene) const
{
    TextSpot spot{m_message, m_block, 0};
    if (!m_target)
        return spot;
    const QPointF point = m_target->mapFromScene(scene);
    if (m_isWhole)
        spot.offset = point.y() < m_target->height() / 2 ? 0 : end;
    else
        QMetaObject::invokeMethod(m_target, "positionAt", Q_RETURN_ARG(int, spot.offset),
                                  Q_ARG(qreal, point.x()), Q_ARG(qreal, point.y()));
    return spot;
}

QString SelectableText::linkAt(const QPointF &scene) const
{
    QString link;
    for (QQuickItem *item = m_target; item && link.isEmpty();) {
        const QPointF point = item->mapFromScene(scene);
        if (item->metaObject()->indexOfMethod("linkAt(double,double)") >= 0)
            QMetaObject::invokeMethod(item, "linkAt", Q_RETURN_ARG(QString, link),
                                      Q_ARG(qreal, point.x()), Q_ARG(qreal, point.y()));
        item = item->childAt(point.x(), point.y()); // The cell of a table.
    }
    return link;
}

std::optional<int> SelectableText::anchor() const
{
    if (!m_target || m_isWhole)
        return {};
    const int from = m_target->property("selectionStart").toInt();
    const int to = m_target->property("selectionEnd").toInt();
    if (from == to)
        return {};
    return m_target->property("cursorPosition").toInt() == from ? to : from;
}

void SelectableText::select(int from, int to)
{
    // A TextEdit may tell of a change of its text while it selects.
    if (!m_target || m_isSelecting)
        return;
    const QScopedValueRollback selecting(m_isSelecting, true);
    if (m_isWhole)
        m_target->setProperty("selected", from != to);
    else if (from != to)
        QMetaObject::invokeMethod(m_target, "select", Q_ARG(int, from),
                                  Q_ARG(int, std::min(to, m_target->property("length").toInt())));
    else if (anchor()) // By itself, too: it keeps that when the keyboard goes elsewhere.
        QMetaObject::invokeMethod(m_target, "deselect");
}

} // namespace runnel
