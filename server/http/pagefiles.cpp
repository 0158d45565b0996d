#include "http/pagefiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>
#include <array>
#include <utility>

namespace runnel {

namespace {

Q_LOGGING_CATEGORY(logHttp, "runnel.http", QtInfoMsg)

constexpr std::array mimeTypes{
    std::pair{".html", "text/html; charset=utf-8"},
    std::pair{".css", "text/css; charset=utf-8"},
    std::pair{".js", "text/javascript; charset=utf-8"},
    std::pair{".mjs", "text/javascript; charset=utf-8"},
    std::pair{".json", "application/json"},
    std::pair{".webmanifest", "application/manifest+json"},
    std::pair{".svg", "image/svg+xml"},
    std::pair{".png", "image/png"},
    std::pair{".ico", "image/x-icon"},
    std::pair{".woff2", "font/woff2"},
    std::pair{".txt", "text/plain; charset=utf-8"},
    std::pair{".md", "text/plain; charset=utf-8"},
    std::pair{"/LICENSE", "text/plain; charset=utf-8"},
    std::pair{"/NOTICE", "text/plain; charset=utf-8"},
};

//! Our own files are asked for again each time, so that an update is seen at once; the libraries
//! change with a release only. Their names have no version, hence a day and not a year.
QByteArray cacheControlOf(const QString &path)
{
    return path.startsWith(QLatin1String("/vendor/")) ? QByteArrayLiteral("public, max-age=86400")
                                                      : QByteArrayLiteral("no-cache");
}

} // namespace

QByteArray mimeTypeOf(const QString &fileName)
{
    const auto found = std::ranges::find_if(mimeTypes, [&fileName](const auto &type) {
        return fileName.endsWith(QLatin1String(type.first));
    });
    return found == mimeTypes.end() ? QByteArrayLiteral("application/octet-stream")
                                    : QByteArray(found->second);
}

QByteArray etagOf(const QByteArray &content)
{
    const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    return '"' + hash.first(12).toHex() + '"';
}

PageFiles::PageFiles(const QString &folder)
{
    if (folder.isEmpty())
        return;
    const QDir root(folder);
    QDirIterator files(root.absolutePath(), QDir::Files | QDir::Readable,
                       QDirIterator::Subdirectories | QDirIterator::FollowSymlinks);
    while (files.hasNext() && m_files.size() < maxFiles) {
        const QString fileName = files.next();
        const QString path = u'/' + root.relativeFilePath(fileName);
        Entry entry;
        entry.fileName = fileName;
        entry.file.mimeType = mimeTypeOf(path);
        entry.file.cacheControl = cacheControlOf(path);
        m_files.insert(path, entry);
    }
    if (files.hasNext())
        qCWarning(logHttp) << "Only the first" << maxFiles << "files are served of" << folder;
}

const PageFile *PageFiles::find(const QString &path)
{
    const auto found =
        m_files.find(path == QLatin1String("/") ? QStringLiteral("/index.html") : path);
    if (found == m_files.end())
        return nullptr;
    const QFileInfo info(found->fileName);
    const QDateTime modified = info.lastModified();
    if (modified != found->modified || info.size() != found->size) {
        QFile file(found->fileName);
        if (info.size() > maxFileBytes || !file.open(QIODevice::ReadOnly)) {
            qCWarning(logHttp) << "Cannot read" << found->fileName << file.errorString();
            found->size = -1;
            return nullptr;
        }
        found->file.content = file.read(maxFileBytes);
        found->file.etag = etagOf(found->file.content);
        found->modified = modified;
        found->size = info.size();
    }
    return &found->file;
}

} // namespace runnel
