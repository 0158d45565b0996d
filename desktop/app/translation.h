#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

class QTranslator;

namespace runnel {

//! The language of the window's words, for as long as it lives. Words that were made before stay as
//! they are, so it comes before what makes any, and after the application.
class Translation
{
public:
    //! The languages that there are words in, as QLocale::name(): "de", "en", "fr".
    [[nodiscard]] static QStringList available();

    //! \a language: a name as of QLocale, "de" or "pt_BR"; empty, or a name of no language, for the
    //! first of the system's languages that there are words in. Where there are none the words are
    //! English; dates, numbers and the direction of writing are those of the language all the same.
    explicit Translation(const QString &language = {});
    ~Translation();
    Translation(const Translation &) = delete;
    Translation &operator=(const Translation &) = delete;

private:
    //! False where \a folder has none in one of the locale's languages.
    [[nodiscard]] bool install(const QLocale &locale, const QString &file, const QString &folder);

    const QLocale m_before;
    const Qt::LayoutDirection m_directionBefore;
    std::vector<std::unique_ptr<QTranslator>> m_translators;
};

} // namespace runnel
