#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! While it is active, the program goes on without a window: something else leads back to one.
class Resident : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)

public:
    explicit Resident(QObject *parent = nullptr);
    ~Resident() override;

    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);

Q_SIGNALS:
    void activeChanged();

private:
    bool m_active = false;
};

} // namespace runnel
