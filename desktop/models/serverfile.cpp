#include "models/serverfile.h"

#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QSettings>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;

std::optional<ServerEntry> readEntry(const QSettings &settings)
{
    ServerEntry entry{settings.value(u"id"_s).toString(), settings.value(u"name"_s).toString(), {}};
    const QString text = settings.value(u"url"_s).toString();
    const auto url = parseServerUrl(text);
    if (!isValidId(entry.id) || entry.name.isEmpty() ||
        entry.name.size() > ServerListModel::maxName || text.size() > ServerListModel::maxUrl ||
        !url || !url->userInfo().isEmpty())
        return std::nullopt;
    entry.url = canonicalServer(*url);
    return entry;
}

} // namespace

Result<ServerFile, ServerFileProblem> readServerFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return ServerFile{};
    if (info.isFile() && !info.isReadable())
        return Failure{ServerFileProblem::Unreadable};
    if (!info.isFile() || info.size() > ServerListModel::maxFile)
        return Failure{ServerFileProblem::Damaged};
    QSettings settings(path, QSettings::IniFormat);
    if (settings.status() == QSettings::AccessError)
        return Failure{ServerFileProblem::Unreadable};
    if (settings.status() != QSettings::NoError || settings.value(u"version"_s).toInt() != version)
        return Failure{ServerFileProblem::Damaged};

    ServerFile file;
    QSet<QString> ids;
    QSet<QUrl> urls;
    const int count = settings.beginReadArray(u"servers"_s);
    if (count > ServerListModel::maxServers)
        return Failure{ServerFileProblem::Damaged};
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const std::optional<ServerEntry> entry = readEntry(settings);
        if (!entry || ids.contains(entry->id) || urls.contains(entry->url))
            return Failure{ServerFileProblem::Damaged};
        ids.insert(entry->id);
        urls.insert(entry->url);
        file.servers.append(*entry);
    }
    settings.endArray();
    file.currentId = settings.value(u"current"_s).toString();
    if (!ids.contains(file.currentId))
        file.currentId = file.servers.isEmpty() ? QString() : file.servers.first().id;
    return file;
}

bool writeServerFile(const QString &path, const ServerFile &file)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return false;
    QSettings settings(path, QSettings::IniFormat);
    settings.clear();
    settings.setValue(u"version"_s, version);
    settings.setValue(u"current"_s, file.currentId);
    settings.beginWriteArray(u"servers"_s, int(file.servers.size()));
    for (int i = 0; i < file.servers.size(); ++i) {
        const ServerEntry &entry = file.servers[i];
        settings.setArrayIndex(i);
        settings.setValue(u"id"_s, entry.id);
        settings.setValue(u"name"_s, entry.name);
        settings.setValue(u"url"_s, entry.url.toString(QUrl::FullyEncoded));
    }
    settings.endArray();
    settings.sync();
    return settings.status() == QSettings::NoError;
}

} // namespace runnel
