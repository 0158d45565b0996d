#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <functional>

namespace runnel {

//! Asks a person whether the window may go to a server that they did not name themselves: a link
//! did, and anybody can write one. Nothing is connected to before they agreed.
class ServerQuestion : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(QString host READ host NOTIFY changed)
    Q_PROPERTY(QString hostAsWritten READ hostAsWritten NOTIFY changed)
    Q_PROPERTY(QString beforeHost READ beforeHost NOTIFY changed)
    Q_PROPERTY(QString afterHost READ afterHost NOTIFY changed)
    Q_PROPERTY(bool withText READ isWithText NOTIFY changed)
    Q_PROPERTY(bool answerable READ isAnswerable NOTIFY changed)

public:
    //! Whoever makes a link open may know where somebody is about to click: yes counts only after
    //! \a pause, which is time to see what is asked.
    explicit ServerQuestion(std::chrono::milliseconds pause = std::chrono::milliseconds(600),
                            QObject *parent = nullptr);

    //! \a agreed is called once, if the person agrees. \a withText: the link has a text for them to
    //! send. False while something is asked already: that stays, for they may be about to answer.
    bool ask(const QUrl &server, bool withText, std::function<void()> agreed);

    [[nodiscard]] bool isAsking() const { return !m_server.isEmpty(); }
    //! As words::host() has it.
    [[nodiscard]] QString host() const;
    //! As words::hostAsWritten() has it.
    [[nodiscard]] QString hostAsWritten() const;
    //! The rest of the address, as words::addressParts() has it.
    [[nodiscard]] QString beforeHost() const;
    [[nodiscard]] QString afterHost() const;
    [[nodiscard]] bool isWithText() const { return m_withText; }
    [[nodiscard]] bool isAnswerable() const { return isAsking() && !m_pause.isActive(); }

    //! Nothing happens while it is not answerable.
    Q_INVOKABLE void agree();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();

private:
    QUrl m_server; //!< Empty while nothing is asked.
    bool m_withText = false;
    std::function<void()> m_agreed;
    QTimer m_pause;
};

} // namespace runnel
