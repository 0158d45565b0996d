#pragma once

#include <QHash>
#include <QString>

namespace runnel::faults {

//! Something that a client asked for, and what it knows of what became of it.
struct Asked
{
    enum class Kind { Message, Edit, Regenerate, Continue };

    Kind kind = Kind::Message;
    QString session;
    QString text; //!< Of a message and an edit.
    QString by;
    //! Who asked has forgotten it before it was answered for: it may have been taken or not.
    bool isForgotten = false;
    bool isRefused = false; //!< The server said no, or the client itself.
};

//! All that was asked for in a round, by the id that the client gave it.
class Ledger
{
public:
    explicit Ledger(const QString &prefix)
        : m_prefix(prefix)
    {}

    [[nodiscard]] QString nextId() { return QStringLiteral("%1-%2").arg(m_prefix).arg(++m_ids); }
    void add(const QString &id, const Asked &asked) { m_asked.insert(id, asked); }
    void forget(const QString &id)
    {
        if (const auto found = m_asked.find(id); found != m_asked.end())
            found->isForgotten = true;
    }
    void refuse(const QString &id)
    {
        if (const auto found = m_asked.find(id); found != m_asked.end())
            found->isRefused = true;
    }
    [[nodiscard]] const QHash<QString, Asked> &asked() const { return m_asked; }

private:
    QString m_prefix;
    int m_ids = 0;
    QHash<QString, Asked> m_asked;
};

} // namespace runnel::faults
