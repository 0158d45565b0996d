#pragma once

#include "protocol/frames.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace runnel {

//! The pages that one answer rests on, at most so many as somebody would look through. Nothing says
//! that an address is a good one: only those of the web become links, and where they lead is seen.
class SourceListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from MessageListModel")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_PROPERTY(int left READ left NOTIFY leftChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole, //!< Or the host where there is none.
        HostRole,                 //!< Where the link leads; empty when the title says it.
        UrlRole,                  //!< Empty when it may not be opened.
    };

    static constexpr int most = 100;

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! The sources are these now; those that stay are not touched.
    void follow(const QList<Source> &sources);
    //! How many more there are than rows.
    [[nodiscard]] int left() const { return m_left; }

Q_SIGNALS:
    void countChanged();
    void leftChanged();

private:
    struct Shown
    {
        QString title;
        QString host;
        QString url;

        friend bool operator==(const Shown &, const Shown &) = default;
    };
    [[nodiscard]] static Shown shownOf(const Source &source);

    std::vector<Shown> m_sources;
    int m_left = 0;
};

} // namespace runnel
