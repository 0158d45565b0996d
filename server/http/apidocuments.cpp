#include "http/apidocuments.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace runnel {

namespace {

struct Document
{
    QLatin1String path;
    QLatin1String resource;
};

constexpr std::array documents{
    Document{QLatin1String("/openapi.json"), QLatin1String(":/runnel/api/openapi.json")},
    Document{QLatin1String("/asyncapi.json"), QLatin1String(":/runnel/api/asyncapi.json")},
    Document{QLatin1String("/docs"), QLatin1String(":/runnel/pages/docs.html")},
    Document{QLatin1String("/docs/websocket"), QLatin1String(":/runnel/pages/websocket.html")},
    Document{QLatin1String("/docs/assets/docs.css"), QLatin1String(":/runnel/pages/docs.css")},
    Document{QLatin1String("/docs/assets/docs.js"), QLatin1String(":/runnel/pages/docs.js")},
    Document{QLatin1String("/docs/assets/websocket.js"),
             QLatin1String(":/runnel/pages/websocket.js")},
};

} // namespace

QStringList ApiDocuments::paths()
{
    QStringList paths;
    for (const Document &document : documents)
        paths.append(document.path);
    return paths;
}

PageFile ApiDocuments::find(const QString &path)
{
    const auto found =
        std::ranges::find_if(documents, [&path](const Document &d) { return path == d.path; });
    if (found == documents.end())
        return {};
    QFile file(found->resource);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray content = file.readAll();
    return {content, mimeTypeOf(found->resource), etagOf(content), "no-cache"};
}

} // namespace runnel
