// iconsizes ICON.svg FOLDER SIZE...: FOLDER/SIZE.png of each size in pixels. Desktops without a
// reader of SVG show those.

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    if (argc < 4) {
        std::fprintf(stderr, "Usage: %s ICON.svg FOLDER SIZE...\n", argv[0]);
        return 2;
    }
    QSvgRenderer icon(QString::fromLocal8Bit(argv[1]));
    for (int i = 3; i < argc; ++i) {
        const int size = QByteArray(argv[i]).toInt();
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        icon.render(&painter);
        painter.end();
        const QString file =
            u"%1/%2.png"_s.arg(QString::fromLocal8Bit(argv[2]), QString::number(size));
        if (!icon.isValid() || size <= 0 || !image.save(file)) {
            std::fprintf(stderr, "%s cannot be made from %s.\n", qUtf8Printable(file), argv[1]);
            return 1;
        }
    }
    return 0;
}
