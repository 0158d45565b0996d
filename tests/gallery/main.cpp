//! runnel-gallery: the components of the window in their states. `--help` says the rest.

#include "app/window.h"
#include "gallery.h"

#include <QCommandLineParser>
#include <QGuiApplication>

#include <cstdio>
#include <optional>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

//! Nothing when \a text is no number from \a least to \a most.
std::optional<int> numberIn(const QString &text, int least, int most)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

int refuse(const QString &why)
{
    std::fprintf(stderr, "runnel-gallery: %s\n", qPrintable(why));
    return 2;
}

int savePicture(Gallery &gallery, const QString &file)
{
    const QImage picture = gallery.picture();
    if (picture.isNull())
        return refuse(u"The page did not come to rest within 10 s."_s);
    if (!picture.save(file))
        return refuse(
            u"\"%1\" cannot be written as a picture; it should end in .png and be in a folder that "
            "is there."_s.arg(file));
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    prepareQuick();
    const QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Shows the components of Runnel's window in their states."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"list"_s, u"Say which components there are."_s},
        {u"component"_s, u"Show this one first."_s, u"NAME"_s},
        {u"picture"_s, u"Save a picture of its page and end."_s, u"FILE"_s},
        {u"dark"_s, u"In the dark theme."_s},
        {u"text-size"_s, u"80 to 200 percent."_s, u"PERCENT"_s, u"100"_s},
        {u"width"_s, u"Of the page, 240 to 2400 pixels."_s, u"PIXELS"_s, u"1000"_s},
    });
    parser.process(app);

    const QStringList names = Gallery::componentsWithPage();
    if (parser.isSet(u"list"_s)) {
        std::puts(qPrintable(names.join(u'\n')));
        return 0;
    }
    const QString component =
        parser.isSet(u"component"_s) ? parser.value(u"component"_s) : names.value(0);
    if (!names.contains(component))
        return refuse(u"There is no page of \"%1\"; --list says which there are."_s.arg(component));
    const auto textSize = numberIn(parser.value(u"text-size"_s), 80, 200);
    const auto width = numberIn(parser.value(u"width"_s), 240, 2400);
    if (!textSize || !width)
        return refuse(u"--text-size is a number from 80 to 200, --width one from 240 to 2400."_s);

    Gallery gallery;
    if (!gallery.show(component, {parser.isSet(u"dark"_s), *textSize, *width}))
        return refuse(gallery.takeWarnings().join(u'\n'));
    if (parser.isSet(u"picture"_s))
        return savePicture(gallery, parser.value(u"picture"_s));
    return QGuiApplication::exec();
}
