#pragma once

#include <QPointer>
#include <QQuickItem>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! Lets Tab walk through the rows of a view from top to bottom: Qt Quick goes by the order in which
//! they were made, and a view makes them as they come into sight.
class TabOrder : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    //! The parent of the rows: a ListView's contentItem.
    Q_PROPERTY(QQuickItem *rows READ rows WRITE setRows NOTIFY rowsChanged)

public:
    explicit TabOrder(QObject *parent = nullptr);

    [[nodiscard]] QQuickItem *rows() const { return m_rows; }
    void setRows(QQuickItem *rows);

Q_SIGNALS:
    void rowsChanged();

private:
    void watch();
    void sort();

    QPointer<QQuickItem> m_rows;
    QTimer m_later; //!< New rows have their places only when the view has laid them out.
};

} // namespace runnel
