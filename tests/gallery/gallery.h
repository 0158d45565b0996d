#pragma once

#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QStringList>

namespace runnel::test {

//! The window of the gallery: a list of the components, and the page of one of them. The pages are
//! `pages/NAMEGallery.qml` of its folder in the source tree.
class Gallery
{
public:
    //! How a page is shown.
    struct Look
    {
        bool dark = false;
        int textSize = 100; //!< Percent, 80 to 200.
        int width = 1000;   //!< Of the page, 240 to 2400 px.
    };

    Gallery();

    //! The names of the files in qml/components, without ".qml".
    [[nodiscard]] static QStringList components();
    [[nodiscard]] static QStringList componentsWithPage();

    //! False when there is no such page or it could not be loaded; warnings() says why.
    [[nodiscard]] bool show(const QString &component, const Look &look);
    //! The whole page up to 8,000 px, without the list beside it, once everything that it shows has
    //! come; null when that takes more than 10 s.
    [[nodiscard]] QImage picture();
    //! Something of that component is in the page or over it.
    [[nodiscard]] bool shows(const QString &component) const;
    //! See layoutFaults().
    [[nodiscard]] QStringList layoutFaults() const;

    [[nodiscard]] QQuickWindow &window() const { return *m_window; }
    [[nodiscard]] QStringList takeWarnings() { return std::exchange(m_warnings, {}); }

private:
    [[nodiscard]] QQuickItem *page() const;
    [[nodiscard]] bool settle() const;
    void movePointer(QPointF place);

    QStringList m_warnings;
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr;
};

} // namespace runnel::test
