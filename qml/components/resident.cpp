#include "resident.h"

#include <QGuiApplication>

namespace runnel {

Resident::Resident(QObject *parent)
    : QObject(parent)
{}

Resident::~Resident()
{
    setActive(false);
}

void Resident::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    QGuiApplication::setQuitOnLastWindowClosed(!active);
    Q_EMIT activeChanged();
}

} // namespace runnel
