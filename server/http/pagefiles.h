#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QString>

namespace runnel {

//! A file as it is served.
struct PageFile
{
    QByteArray content;
    QByteArray mimeType;
    QByteArray etag; //!< With its quotes.
    QByteArray cacheControl;
};

//! `text/html; charset=utf-8` for a name that ends in .html …; application/octet-stream for an
//! ending that it does not know.
[[nodiscard]] QByteArray mimeTypeOf(const QString &fileName);

//! A strong entity tag of that content.
[[nodiscard]] QByteArray etagOf(const QByteArray &content);

//! The files of one folder by the path they are served at. The list is made once, at the start;
//! only what is on it is ever opened, so no path that a client makes up leads anywhere. Links are
//! followed then (the build tree's page is made of links to the sources). A file that has changed
//! is read again when it is asked for.
class PageFiles
{
public:
    static constexpr qint64 maxFileBytes = 16 * 1024 * 1024;
    static constexpr qsizetype maxFiles = 10'000;

    //! An empty folder, or one that is not there, has no files.
    explicit PageFiles(const QString &folder);

    //! The file at \a path ("/js/view.js"; "/" is index.html); nullptr when there is none. Good
    //! until the next call.
    [[nodiscard]] const PageFile *find(const QString &path);

    [[nodiscard]] bool contains(const QString &path) const { return m_files.contains(path); }
    [[nodiscard]] qsizetype count() const { return m_files.size(); }

private:
    struct Entry
    {
        QString fileName;
        QDateTime modified;
        qint64 size = -1;
        PageFile file;
    };

    QHash<QString, Entry> m_files;
};

} // namespace runnel
