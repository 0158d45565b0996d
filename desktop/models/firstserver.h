#pragma once

#include "client/chatclient.h"
#include "models/serverfinder.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace runnel {

//! How a person who has no server yet comes to one: it is looked for on this computer, or named. It
//! is chosen only once it has answered as one of ours does, so that nobody is left before a window
//! that cannot connect.
class FirstServer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString found READ found NOTIFY foundChanged)
    Q_PROPERTY(QString trying READ trying NOTIFY tryingChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY tryingChanged)

public:
    struct Options
    {
        ServerFinder::Options finder{};
        std::chrono::milliseconds limit{10'000}; //!< For a server to answer.
    };
    static constexpr qsizetype maxAddress = 2048; //!< UTF-16 units.

    explicit FirstServer(Options options, QObject *parent = nullptr);
    ~FirstServer() override;

    //! The address of one on this computer; empty until there is one.
    [[nodiscard]] QString found() const
    {
        return m_finder ? m_finder->url().toString() : QString();
    }
    //! The server that is being asked, for people; empty while none is.
    [[nodiscard]] QString trying() const { return m_client ? m_named : QString(); }
    //! Why the last one that was named is not chosen, in sentences.
    [[nodiscard]] QString problem() const { return m_problem; }

    //! Looks on this computer, until stop() or until one is chosen.
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    //! Asks the server at \a address, and no other one any more. Without a scheme it is https, on
    //! this computer http.
    Q_INVOKABLE void use(const QString &address);
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void foundChanged();
    void tryingChanged();
    //! It has answered; as parseServerUrl() gives it.
    void chosen(const QUrl &server);

private:
    struct Later
    {
        void operator()(QObject *object) const { object->deleteLater(); }
    };

    void onState(ChatClient::State state, const QUrl &server);
    void drop();
    void refuse(const QString &why);

    const Options m_options;
    std::unique_ptr<ServerFinder> m_finder;      //!< From start() on.
    std::unique_ptr<ChatClient, Later> m_client; //!< While one is asked.
    QString m_named;
    QString m_problem;
};

} // namespace runnel
