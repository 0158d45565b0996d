#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"

#include <QAbstractListModel>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace runnel {

//! A server of the person's list.
struct ServerEntry
{
    QString id;   //!< Ours, made once; what belongs to the server is kept under it.
    QString name; //!< 1 to ServerListModel::maxName UTF-16 units.
    QUrl url;     //!< Canonical, see canonicalServer().

    friend bool operator==(const ServerEntry &, const ServerEntry &) = default;
};

//! The servers that a person goes to, in their order, and which one is current; kept in an INI file
//! that is written with every change. A file that cannot be read is put aside as `FILE.damaged`
//! (over an earlier one), the list starts empty, and notice() says so. One process writes it.
class ServerListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_PROPERTY(QString currentId READ currentId NOTIFY currentChanged)
    Q_PROPERTY(QString currentName READ currentName NOTIFY currentChanged)
    Q_PROPERTY(QUrl currentUrl READ currentUrl NOTIFY currentChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
    enum Role { ServerIdRole = Qt::UserRole, NameRole, UrlRole, CurrentRole, InsecureRole };

    static constexpr qsizetype maxServers = 100;
    static constexpr qsizetype maxName = 80;      //!< UTF-16 units.
    static constexpr qsizetype maxUrl = 2048;     //!< UTF-16 units.
    static constexpr qint64 maxFile = 512 * 1024; //!< Bytes.

    //! Reads \a path; a file that is not there is an empty list.
    explicit ServerListModel(QString path, QObject *parent = nullptr);

    //! `servers.ini` in the folder for this program's settings.
    [[nodiscard]] static QString defaultPath();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! Empty while the list is: otherwise one server is current.
    [[nodiscard]] QString currentId() const { return m_currentId; }
    [[nodiscard]] QString currentName() const;
    [[nodiscard]] QUrl currentUrl() const;
    //! What was refused or did not work, last; empty when nothing was, or after dismissNotice().
    [[nodiscard]] QString notice() const { return m_notice; }

    //! The server of that address, however it is written.
    [[nodiscard]] std::optional<ServerEntry> find(const QUrl &url) const;

    //! These are false when refused, and then notice() says why; when all went well it is empty.
    //! A server without a name is called by its host; the first one becomes the current one.
    Q_INVOKABLE bool add(const QString &name, const QString &url);
    Q_INVOKABLE bool rename(const QString &id, const QString &name);
    //! Of the current one the next becomes current, or the last.
    Q_INVOKABLE bool remove(const QString &id);
    //! The server in row \a from gets to row \a to.
    Q_INVOKABLE bool move(int from, int to);
    Q_INVOKABLE bool setCurrent(const QString &id);
    Q_INVOKABLE void dismissNotice() { setNotice({}); }

Q_SIGNALS:
    void countChanged();
    //! Another one is current, or it is called differently.
    void currentChanged();
    void noticeChanged();
    //! Nothing that was kept for it is of use any more.
    void serverRemoved(const QString &id, const QUrl &url);

private:
    void load();
    void putAside(const QString &why);
    bool save();
    [[nodiscard]] int rowOf(const QString &id) const;
    [[nodiscard]] Result<QUrl, Error> checkedUrl(const QString &text) const;
    bool refuse(const QString &why);
    void makeCurrent(const QString &id);
    void setNotice(const QString &notice);

    const QString m_path;
    QList<ServerEntry> m_servers;
    QString m_currentId;
    QString m_notice;
};

} // namespace runnel
