#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! The conversations whose title has all words of a pattern, in any case, anywhere: what one types
//! to go to another conversation. Rows and roles are those of its ConversationListModel.
class SwitcherModel : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString pattern READ pattern WRITE setPattern NOTIFY patternChanged)

public:
    explicit SwitcherModel(QObject *parent = nullptr);

    [[nodiscard]] QString pattern() const { return m_pattern; }
    void setPattern(const QString &pattern);

    //! The conversation in \a row; empty where there is none.
    Q_INVOKABLE [[nodiscard]] QString idAt(int row) const;

Q_SIGNALS:
    void patternChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_pattern;
    QStringList m_words;
};

} // namespace runnel
