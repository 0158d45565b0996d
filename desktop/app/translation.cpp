#include "app/translation.h"

#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

const QString wordsFolder = u":/i18n"_s;

//! The system's own locale has what a person set: first day, decimal sign. It is kept where it is
//! of the wanted language.
QLocale localeFor(const QString &language)
{
    const QLocale system = QLocale::system();
    const QLocale wanted = language.isEmpty() ? system : QLocale(language);
    if (wanted.language() == QLocale::C)
        return system;
    const bool countryNamed = language.contains(u'_') || language.contains(u'-');
    const bool same = wanted.language() == system.language() &&
                      (!countryNamed || wanted.territory() == system.territory());
    return same ? system : wanted;
}

//! Of the words, which may be another language than the one that dates are written in.
Qt::LayoutDirection directionOf(const QLocale &locale)
{
    const QStringList languages = locale.uiLanguages();
    return languages.isEmpty() ? locale.textDirection()
                               : QLocale(languages.constFirst()).textDirection();
}

} // namespace

QStringList Translation::available()
{
    QStringList names = QDir(wordsFolder).entryList({u"runnel_*.qm"_s}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name = name.mid(name.indexOf(u'_') + 1).chopped(3);
    return names;
}

Translation::Translation(const QString &language)
    : m_directionBefore(QGuiApplication::layoutDirection())
{
    QLocale::setDefault(localeFor(language));
    // The system's words may be another language than its dates: of it only where nothing was
    // chosen.
    const QLocale named(language);
    const QLocale locale =
        language.isEmpty() || named.language() == QLocale::C ? QLocale::system() : named;
    // Qt's own: the buttons of its dialogs, what its errors say. Ours come last and are asked
    // first.
    const QString qt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    (void)install(locale, u"qtbase"_s, qt);
    (void)install(locale, u"qtdeclarative"_s, qt);
    // English has its plurals there.
    if (!install(locale, u"runnel"_s, wordsFolder))
        (void)install(QLocale::English, u"runnel"_s, wordsFolder);
    QGuiApplication::setLayoutDirection(directionOf(locale));
}

Translation::~Translation()
{
    m_translators.clear(); // Each takes itself away.
    QLocale::setDefault(m_before);
    QGuiApplication::setLayoutDirection(m_directionBefore);
}

bool Translation::install(const QLocale &locale, const QString &file, const QString &folder)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(locale, file, u"_"_s, folder))
        return false;
    QCoreApplication::installTranslator(translator.get());
    m_translators.push_back(std::move(translator));
    return true;
}

} // namespace runnel
