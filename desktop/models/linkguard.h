#pragma once

#include "models/preferences.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace runnel {

//! The one way by which a link of an answer leaves the window. What a model wrote may say one thing
//! and lead to another: a person sees where it leads before another program opens it, but for the
//! hosts that they have allowed once and for all.
class LinkGuard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(bool mail READ isMail NOTIFY changed)
    Q_PROPERTY(QString beforeHost READ beforeHost NOTIFY changed)
    Q_PROPERTY(QString host READ host NOTIFY changed)
    Q_PROPERTY(QString afterHost READ afterHost NOTIFY changed)
    Q_PROPERTY(QString hostAsWritten READ hostAsWritten NOTIFY changed)
    Q_PROPERTY(QString hostToAllow READ hostToAllow NOTIFY changed)

public:
    //! Has another program open an address; false when there is none. QDesktopServices::openUrl().
    using Opener = std::function<bool(const QUrl &)>;
    static constexpr qsizetype maxLink = 8192; //!< UTF-16 units.

    //! \a preferences outlive it.
    LinkGuard(Preferences &preferences, Opener opener, QObject *parent = nullptr);

    [[nodiscard]] bool isAsking() const { return !m_url.isEmpty(); }
    [[nodiscard]] bool isMail() const;
    //! The address that is asked about, as words::addressParts() and hostAsWritten() have it.
    [[nodiscard]] QString beforeHost() const;
    [[nodiscard]] QString host() const;
    [[nodiscard]] QString afterHost() const;
    [[nodiscard]] QString hostAsWritten() const;
    //! What "always" is about: a host without its port, or empty where there is none.
    [[nodiscard]] QString hostToAllow() const;

    //! Opens \a link or asks. Nothing but http, https and mailto is ever opened.
    Q_INVOKABLE void follow(const QString &link);
    //! What is asked about; \a always: its host is not asked about again.
    Q_INVOKABLE void openIt(bool always);
    //! The address to the clipboard, as it would be opened.
    Q_INVOKABLE void copyIt();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    //! Why a link was not opened, or that it was copied.
    void told(const QString &sentence);

private:
    void open(const QUrl &url);

    Preferences &m_preferences;
    const Opener m_opener;
    QUrl m_url; //!< What is asked about; empty while nothing is.
};

} // namespace runnel
