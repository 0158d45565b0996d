#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

namespace runnel::test {

//! A program of ours that prints `Listening on URL` when it serves; started in an empty folder with
//! an environment of its own, killed when the object goes.
class ServerProcess
{
public:
    //! \a program: runnel-server or runnel-emulator of this build.
    explicit ServerProcess(const QString &program);
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    //! Starts it; true once it says where it listens, false when it ends before, or after 20 s.
    [[nodiscard]] bool start(const QStringList &arguments = {},
                             const QStringList &environment = {});

    //! Starts it and waits for its end, for programs that are expected to refuse.
    [[nodiscard]] int run(const QStringList &arguments, const QStringList &environment = {});

    //! SIGTERM; the exit code, or -1 when it has not ended after 15 s.
    [[nodiscard]] int terminate();

    [[nodiscard]] const QUrl &url() const { return m_url; }
    //! `ws://…/ws/chat/SESSION`
    [[nodiscard]] QUrl chatUrl(const QString &session) const;
    [[nodiscard]] QString standardOutput();
    [[nodiscard]] QString standardError();
    [[nodiscard]] QProcess &process() { return m_process; }

private:
    void prepare(const QStringList &arguments, const QStringList &environment);

    QTemporaryDir m_dir;
    QProcess m_process;
    QUrl m_url;
    QByteArray m_output;
    QByteArray m_errors;
};

} // namespace runnel::test
