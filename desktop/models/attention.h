#pragma once

#include "models/preferences.h"
#include "models/workspace.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! What somebody is told who looks at something else.
struct Notice
{
    QString conversation;
    QString title;
    QString body;

    friend bool operator==(const Notice &, const Notice &) = default;
};

//! Knows what has happened while nobody looked: which answers ended, and which of that is worth a
//! notification. Nothing is while the window is the one that somebody works in.
class Attention : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int unseen READ unseen NOTIFY unseenChanged)

public:
    //! Whoever waits for less is still there, or has only just turned away: to be called back for
    //! each short answer is what makes people switch notifications off.
    static constexpr std::chrono::seconds longAnswer{10};
    static constexpr qsizetype longestLine = 160; //!< UTF-16 units, of a title and of a body.

    //! Both outlive it.
    Attention(Workspace &workspace, const Preferences &preferences, QObject *parent = nullptr);

    //! Conversations with an answer that ended and was not seen.
    [[nodiscard]] int unseen() const { return int(m_unseen.size()); }
    //! Whether the window is the one that somebody works in.
    void setLooking(bool looking);
    //! The same of the small window beside it.
    void setLookingAside(bool looking);

Q_SIGNALS:
    void unseenChanged();
    //! To be shown, in the place of an earlier one of the same conversation.
    void noticed(const runnel::Notice &notice);
    //! What was noticed of \a conversation has been seen, or is gone.
    void seen(const QString &conversation);

private:
    void onTurnEnded(const QString &conversation, const QString &title, const TurnEnd &end);
    void onToolAsked(const QString &conversation, const QString &title, const QString &agent);
    void notice(const QString &conversation, const QString &title, const QString &body);
    void see(const QString &conversation);
    void seeAll();
    [[nodiscard]] bool isSeen(const QString &conversation) const;

    Workspace &m_workspace;
    const Preferences &m_preferences;
    bool m_looking = false;
    bool m_lookingAside = false;
    QStringList m_unseen;
    QStringList m_noticed;
};

} // namespace runnel
