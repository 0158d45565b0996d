#pragma once

#include <QQuickImageProvider>

namespace runnel {

//! Draws `image://tray/COUNT`: the product's mark on its own ground, since a tray may be light or
//! dark, and a count above none on a badge.
class TrayImage : public QQuickImageProvider
{
public:
    TrayImage();

    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace runnel
