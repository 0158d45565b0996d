#include "qml/icons/iconprovider.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPainter>
#include <QSvgRenderer>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcUi, "runnel.ui", QtInfoMsg)

constexpr int defaultSize = 18;

} // namespace

IconProvider::IconProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{}

QImage IconProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    const QSize wanted = requestedSize.isEmpty() ? QSize(defaultSize, defaultSize) : requestedSize;
    if (size)
        *size = wanted;
    QImage image(wanted, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);

    QFile file(u":/qt/qml/Runnel/Ui/icons/"_s + id.section(u'/', 0, 0) + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcUi) << "No icon" << id;
        return image;
    }
    const QByteArray colour = "#" + id.section(u'/', 1, 1).right(6).toLatin1();
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour);
    svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    return image;
}

} // namespace runnel
