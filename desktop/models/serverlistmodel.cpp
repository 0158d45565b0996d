#include "models/serverlistmodel.h"

#include "client/endpoint.h"
#include "models/serverfile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

ServerListModel::ServerListModel(QString path, QObject *parent)
    : QAbstractListModel(parent)
    , m_path(std::move(path))
{
    load();
}

QString ServerListModel::defaultPath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation))
        .filePath(u"servers.ini"_s);
}

int ServerListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_servers.size());
}

QVariant ServerListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ServerEntry &server = m_servers[index.row()];
    switch (role) {
    case ServerIdRole:
        return server.id;
    case Qt::DisplayRole:
    case NameRole:
        return server.name;
    case UrlRole:
        return server.url;
    case CurrentRole:
        return server.id == m_currentId;
    case InsecureRole:
        return server.url.scheme() == u"http" && !isLoopbackHost(server.url.host());
    default:
        return {};
    }
}

QHash<int, QByteArray> ServerListModel::roleNames() const
{
    return {{ServerIdRole, "serverId"},
            {NameRole, "name"},
            {UrlRole, "url"},
            {CurrentRole, "current"},
            {InsecureRole, "insecure"}};
}

QString ServerListModel::currentName() const
{
    const int row = rowOf(m_currentId);
    return row < 0 ? QString() : m_servers[row].name;
}

QUrl ServerListModel::currentUrl() const
{
    const int row = rowOf(m_currentId);
    return row < 0 ? QUrl() : m_servers[row].url;
}

std::optional<ServerEntry> ServerListModel::find(const QUrl &url) const
{
    const QUrl wanted = canonicalServer(url);
    for (const ServerEntry &server : m_servers) {
        if (server.url == wanted)
            return server;
    }
    return std::nullopt;
}

// ---- what a person does

namespace {

//! Two servers of one computer differ by their ports.
QString nameOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host(), QString::number(url.port()));
}

} // namespace

bool ServerListModel::add(const QString &name, const QString &url)
{
    if (m_servers.size() >= maxServers)
        return refuse(
            tr("There are %1 servers already. Remove one before you add another.").arg(maxServers));
    const auto checked = checkedUrl(url);
    if (!checked)
        return refuse(checked.error().text);
    const QString wanted = name.simplified();
    if (wanted.size() > maxName)
        return refuse(tr("The name is longer than %1 characters.").arg(maxName));
    const ServerEntry entry{newSessionId(),
                            wanted.isEmpty() ? nameOf(*checked).left(maxName) : wanted, *checked};
    const int row = int(m_servers.size());
    beginInsertRows({}, row, row);
    m_servers.append(entry);
    endInsertRows();
    Q_EMIT countChanged();
    if (m_currentId.isEmpty())
        makeCurrent(entry.id);
    return save();
}

bool ServerListModel::rename(const QString &id, const QString &name)
{
    const int row = rowOf(id);
    const QString wanted = name.simplified();
    if (row < 0)
        return refuse(tr("This server is no longer in the list."));
    if (wanted.isEmpty())
        return refuse(tr("A server needs a name."));
    if (wanted.size() > maxName)
        return refuse(tr("The name is longer than %1 characters.").arg(maxName));
    if (wanted != m_servers[row].name) {
        m_servers[row].name = wanted;
        Q_EMIT dataChanged(index(row), index(row), {Qt::DisplayRole, NameRole});
        if (id == m_currentId)
            Q_EMIT currentChanged();
    }
    return save();
}

bool ServerListModel::remove(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return refuse(tr("This server is no longer in the list."));
    const QUrl url = m_servers[row].url;
    beginRemoveRows({}, row, row);
    m_servers.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
    if (id == m_currentId) {
        const qsizetype next = std::min<qsizetype>(row, m_servers.size() - 1);
        makeCurrent(next < 0 ? QString() : m_servers[next].id);
    }
    const bool saved = save();
    Q_EMIT serverRemoved(id, url);
    return saved;
}

bool ServerListModel::move(int from, int to)
{
    const auto isRow = [this](int row) { return row >= 0 && row < m_servers.size(); };
    if (!isRow(from) || !isRow(to))
        return refuse(tr("There is no such place in the list."));
    if (from != to) {
        // Qt names the row before which it goes, as the list was.
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        m_servers.move(from, to);
        endMoveRows();
    }
    return save();
}

bool ServerListModel::setCurrent(const QString &id)
{
    if (rowOf(id) < 0)
        return refuse(tr("This server is no longer in the list."));
    makeCurrent(id);
    return save();
}

// ---- the file

void ServerListModel::load()
{
    const auto file = readServerFile(m_path);
    if (file) {
        m_servers = file->servers;
        m_currentId = file->currentId;
    } else if (file.error() == ServerFileProblem::Unreadable) {
        m_notice = tr("The list of servers may not be read: %1. It starts empty.").arg(m_path);
    } else {
        putAside(tr("The list of servers was damaged and starts empty."));
    }
}

void ServerListModel::putAside(const QString &why)
{
    const QString aside = m_path + u".damaged"_s;
    QFile::remove(aside);
    m_notice = QFile::rename(m_path, aside)
                   ? tr("%1 What there was is kept in %2.").arg(why, aside)
                   : tr("%1 It could not be put aside: %2 will be written over.").arg(why, m_path);
}

bool ServerListModel::save()
{
    if (!writeServerFile(m_path, {m_servers, m_currentId}))
        return refuse(tr("The list of servers could not be stored in %1; what you changed lasts "
                         "until this window closes.")
                          .arg(m_path));
    setNotice({});
    return true;
}

int ServerListModel::rowOf(const QString &id) const
{
    const auto at = std::ranges::find(m_servers, id, &ServerEntry::id);
    return at == m_servers.end() ? -1 : int(at - m_servers.begin());
}

Result<QUrl, Error> ServerListModel::checkedUrl(const QString &text) const
{
    const auto wrong = [](const QString &why) { return Failure{Error{ErrorCode::BadFrame, why}}; };
    if (text.size() > maxUrl)
        return wrong(tr("The address is longer than %1 characters.").arg(maxUrl));
    const auto url = parseServerUrl(text);
    if (!url)
        return url;
    if (!url->userInfo().isEmpty())
        return wrong(tr("The address has a name or password before the @. Leave it out: the list "
                        "is stored as plain text."));
    if (const auto there = find(*url))
        return wrong(tr("This server is in the list already, as \"%1\".").arg(there->name));
    return canonicalServer(*url);
}

bool ServerListModel::refuse(const QString &why)
{
    setNotice(why);
    return false;
}

void ServerListModel::makeCurrent(const QString &id)
{
    if (id == m_currentId)
        return;
    const int before = rowOf(m_currentId);
    m_currentId = id;
    for (const int row : {before, rowOf(id)}) {
        if (row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {CurrentRole});
    }
    Q_EMIT currentChanged();
}

void ServerListModel::setNotice(const QString &notice)
{
    if (notice == m_notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

} // namespace runnel
