#pragma once

#include "models/textspot.h"

#include <QAbstractItemModel>
#include <QList>
#include <QPointer>
#include <QQmlParserStatus>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace runnel {

class SelectableText;

//! What is selected in a conversation with the mouse, over several blocks and messages. It lies
//! over the view. Within one text its TextEdit selects by itself; as soon as the pointer has left
//! that text, the pointer's moves come here, and each text is told which part of it is selected.
class TextSelection : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    //! A MessageListModel: what is copied comes from there, as most of it may be out of sight.
    Q_PROPERTY(QAbstractItemModel *messages READ messages WRITE setMessages NOTIFY messagesChanged)
    //! The pointer selects, and is over what is shown (-1), or below it (1).
    Q_PROPERTY(int edge READ edge NOTIFY edgeChanged)
    Q_PROPERTY(bool dragging READ isDragging NOTIFY edgeChanged)
    //! From menuAsked() on, until the menu has given the keyboard back: what is selected stays.
    Q_PROPERTY(bool held MEMBER m_held)

public:
    explicit TextSelection(QQuickItem *parent = nullptr);
    ~TextSelection() override;

    [[nodiscard]] QAbstractItemModel *messages() const { return m_messages; }
    void setMessages(QAbstractItemModel *messages);
    [[nodiscard]] int edge() const { return m_edge; }
    [[nodiscard]] bool isDragging() const { return m_dragging; }
    //! More than one text can show by itself.
    [[nodiscard]] bool isWide() const { return m_end.has_value(); }

    void add(SelectableText *text);
    void remove(SelectableText *text);
    void show(SelectableText &text) const;

    //! The view was scrolled below a pointer that stands still.
    Q_INVOKABLE void follow();
    Q_INVOKABLE void clear();
    //! To the clipboard.
    Q_INVOKABLE void copy() const;
    //! Everything that was said, and gives the keyboard to the text on which a menu was asked for.
    Q_INVOKABLE void selectAll();

Q_SIGNALS:
    void messagesChanged();
    void edgeChanged();
    //! By the right button on a text; \a place is in this item, \a isSelected: something is.
    void menuAsked(const QPointF &place, int message, bool isAnswer, bool isSelected,
                   const QString &link);

protected:
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool press(const QPointF &scene, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] bool drag(const QPointF &scene);
    [[nodiscard]] bool askForMenu(const QPointF &scene);
    void release();
    void takeOver();
    [[nodiscard]] bool isCovered(const QPointF &scene) const;
    void extendTo(const QPointF &scene);
    void showAll() const;
    void setEdge(int edge);
    void watch(QQuickWindow *window);
    [[nodiscard]] QRectF view() const;
    [[nodiscard]] SelectableText *textAt(const QPointF &scene) const;
    [[nodiscard]] SelectableText *nearestTo(const QPointF &scene) const;
    [[nodiscard]] QString text() const;

    QPointer<QAbstractItemModel> m_messages;
    QPointer<QQuickWindow> m_window;
    QList<SelectableText *> m_texts;
    std::optional<TextSpot> m_begin; //!< Where the button went down.
    std::optional<TextSpot> m_end;   //!< Where the pointer is or was, once it had left that text.
    QPointer<SelectableText> m_first;
    QPointer<SelectableText> m_asked; //!< For a menu.
    QPointF m_pointer;                //!< In the scene.
    int m_edge = 0;
    bool m_pressed = false;
    bool m_dragging = false;
    bool m_held = false;
};

//! A text of the conversation that can be selected: a TextEdit, or an item that is selected as a
//! whole and has a property `selected`.
class SelectableText : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(runnel::TextSelection *selection READ selection WRITE setSelection NOTIFY changed)
    Q_PROPERTY(QQuickItem *target READ target WRITE setTarget NOTIFY changed)
    Q_PROPERTY(int message READ message WRITE setMessage NOTIFY changed) //!< As of a TextSpot,
    Q_PROPERTY(int block READ block WRITE setBlock NOTIFY changed)       //!< and this.

public:
    using QObject::QObject;
    ~SelectableText() override;

    [[nodiscard]] TextSelection *selection() const { return m_selection; }
    void setSelection(TextSelection *selection);
    [[nodiscard]] QQuickItem *target() const { return m_target; }
    void setTarget(QQuickItem *target);
    [[nodiscard]] int message() const { return m_message; }
    void setMessage(int message);
    [[nodiscard]] int block() const { return m_block; }
    void setBlock(int block);

    void classBegin() override {}
    void componentComplete() override;

    //! In the scene.
    [[nodiscard]] QRectF place() const;
    [[nodiscard]] TextSpot spotAt(const QPointF &scene) const;
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    //! Empty where there is none.
    [[nodiscard]] QString linkAt(const QPointF &scene) const;
    //! Where that began which it selected by itself; nothing where nothing is.
    [[nodiscard]] std::optional<int> anchor() const;
    //! From one character to another; nothing where they are the same.
    void select(int from, int to);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void again();

private:
    QPointer<TextSelection> m_selection;
    QPointer<QQuickItem> m_target;
    int m_message = 0;
    int m_block = 0;
    bool m_isWhole = false;
    bool m_isSelecting = false;
};

} // namespace runnel
