#pragma once

#include "cuttingproxy.h"
#include "testlib/serverprocess.h"

#include <QTemporaryDir>

#include <memory>

namespace runnel::faults {

class Findings;

//! What a server takes of its machine while nobody is there.
struct Footprint
{
    qint64 residentKilobytes = 0;
    int descriptors = 0; //!< But those of connections to the model, which are kept for a while.
    int clientSockets = 0;
};

//! The real server with its database in a temporary folder, the real emulator, and a network that
//! cannot be trusted between them. Outlives rounds.
class Stage
{
public:
    Stage() = default;
    ~Stage();
    Q_DISABLE_COPY_MOVE(Stage)

    //! The folder outlives this.
    void keepFolder() { m_folder.setAutoRemove(false); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString databaseFile() const { return m_folder.filePath(QStringLiteral("r.db")); }

    [[nodiscard]] bool startServer(Findings &findings);
    [[nodiscard]] bool startEmulator(Findings &findings);
    //! kill -9, and waits until it is gone.
    void killServer();
    void killEmulator();
    //! SIGTERM; whether it ended well by itself.
    [[nodiscard]] bool endServer();
    void pauseServer(bool pauses);
    [[nodiscard]] bool serverRuns() const { return m_server != nullptr; }
    [[nodiscard]] bool emulatorRuns() const { return m_emulator != nullptr; }
    [[nodiscard]] quint16 serverPort() const { return m_serverPort; }
    //! Between the server and the model.
    [[nodiscard]] CuttingProxy &upstream() { return m_upstream; }

    [[nodiscard]] Footprint footprint() const;
    //! Of the server's starts, in milliseconds.
    [[nodiscard]] const QList<qint64> &starts() const { return m_starts; }
    //! The footprint of this server when it was first looked at; nothing before.
    std::optional<Footprint> atFirst;
    std::optional<Footprint> atLast;
    int roundsServed = 0; //!< By this server process.

private:
    QTemporaryDir m_folder;
    CuttingProxy m_upstream;
    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<test::ServerProcess> m_emulator;
    QList<qint64> m_starts;
    quint16 m_serverPort = 0;
};

} // namespace runnel::faults
