#include "qml/icons/trayimage.h"

#include <QFile>
#include <QFont>
#include <QPainter>
#include <QSvgRenderer>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int traySize = 64; // px; trays make it smaller.
constexpr int mostCounted = 9;

void drawMark(QPainter &painter, const QRectF &place)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x0F, 0x17, 0x2A)); // Theme.header
    painter.drawRoundedRect(place, place.width() * 0.22, place.height() * 0.22);
    QFile file(u":/qt/qml/Runnel/Ui/icons/runnel.svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    QSvgRenderer mark(file.readAll().replace("currentColor", "#2DD4BF")); // Theme.headerAccent
    const qreal margin = place.width() * 0.14;
    mark.render(&painter, place.adjusted(margin, margin, -margin, -margin));
}

void drawCount(QPainter &painter, const QRectF &place, int count)
{
    const qreal width = place.width() * 0.56;
    const QRectF badge(place.right() - width, place.bottom() - width, width, width);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0xB4, 0x23, 0x18)); // Theme.danger
    painter.drawEllipse(badge);
    QFont font = painter.font();
    font.setPixelSize(int(width * (count > mostCounted ? 0.6 : 0.75)));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter,
                     count > mostCounted ? u"%1+"_s.arg(mostCounted) : QString::number(count));
}

} // namespace

TrayImage::TrayImage()
    : QQuickImageProvider(QQuickImageProvider::Image)
{}

QImage TrayImage::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    const int side = requestedSize.isEmpty() ? traySize : requestedSize.width();
    if (size)
        *size = QSize(side, side);
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place(0, 0, side, side);
    drawMark(painter, place);
    if (const int count = id.toInt(); count > 0)
        drawCount(painter, place, count);
    return image;
}

} // namespace runnel
