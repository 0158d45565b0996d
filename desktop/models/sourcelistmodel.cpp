#include "models/sourcelistmodel.h"

#include "models/boundedtext.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTitle = 200; // UTF-16 units.

} // namespace

int SourceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sources.size());
}

QVariant SourceListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Shown &source = m_sources[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return source.title;
    case HostRole:
        return source.host;
    case UrlRole:
        return source.url;
    default:
        return {};
    }
}

QHash<int, QByteArray> SourceListModel::roleNames() const
{
    return {{TitleRole, "title"}, {HostRole, "host"}, {UrlRole, "url"}};
}

SourceListModel::Shown SourceListModel::shownOf(const Source &source)
{
    const QString title = cut(source.title.left(2 * longestTitle).simplified(), longestTitle).text;
    const QUrl url(source.url.trimmed());
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    // As the name server is asked: letters that look like others stand out.
    const QString host = isWeb ? url.host(QUrl::FullyEncoded) : QString();
    if (host.isEmpty()) {
        const QString address =
            cut(source.url.left(2 * longestTitle).simplified(), longestTitle).text;
        return {!title.isEmpty() ? title : !address.isEmpty() ? address : tr("No title"), {}, {}};
    }
    return {title.isEmpty() ? host : title, title.isEmpty() || title == host ? QString() : host,
            QString::fromLatin1(url.toEncoded())};
}

void SourceListModel::follow(const QList<Source> &sources)
{
    const int before = rowCount();
    const int after = int(std::min<qsizetype>(sources.size(), most));
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_sources.resize(std::size_t(after));
        endRemoveRows();
    }
    for (int row = 0; row < rowCount(); ++row) {
        Shown shown = shownOf(sources[row]);
        if (shown == m_sources[std::size_t(row)])
            continue;
        m_sources[std::size_t(row)] = std::move(shown);
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        for (int row = before; row < after; ++row)
            m_sources.push_back(shownOf(sources[row]));
        endInsertRows();
    }
    if (after != before)
        Q_EMIT countChanged();
    const int left = int(sources.size()) - after;
    if (left != std::exchange(m_left, left))
        Q_EMIT leftChanged();
}

} // namespace runnel
