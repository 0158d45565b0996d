#pragma once

#include <QQuickImageProvider>

namespace runnel {

//! Draws `image://icon/NAME/RRGGBB` (or AARRGGBB) from qml/icons/NAME.svg: SVG's currentColor,
//! which Qt's renderer does not know, becomes that colour, and Lucide's strokes become 1.75 px.
class IconProvider : public QQuickImageProvider
{
public:
    IconProvider();

    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace runnel
