//! The fault driver's stage for a test in another process: the real server, emulator, and networks
//! that cannot be trusted, one for each reader and one between the server and the model. It says
//! where the readers' networks are, and then does what standard input says, a line a command, and
//! answers each with "ok" or with why not.
//!
//!   runnel-fault-stage READER…
//!   kill | terminate | start                of the server
//!   pause MILLISECONDS                      it stands still so long
//!   kill-model | start-model
//!   reset | close | unplug | stall | slow | heal  NETWORK
//!   delay NETWORK MILLISECONDS              bytes go on only so often
//!   cut-up | cut-down NETWORK BYTES         reset after so many more, to the server or from it
//!
//! A network is a reader's name, or "model".

#include "findings.h"
#include "stage.h"
#include "testlib/commandinput.h"
#include "waiting.h"

#include <QCoreApplication>

#include <cstdio>
#include <map>

using namespace runnel::faults;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

class StageRemote
{
public:
    //! Whether everything runs.
    [[nodiscard]] bool open(const QStringList &readers)
    {
        for (const QString &reader : readers) {
            if (!m_networks[reader].listen())
                return false;
        }
        return m_stage.startEmulator(m_findings) && startServer();
    }

    [[nodiscard]] QString addresses() const
    {
        QStringList all;
        for (const auto &[reader, network] : m_networks)
            all.append(u"%1=http://127.0.0.1:%2"_s.arg(reader).arg(network.port()));
        return all.join(u' ');
    }

    [[nodiscard]] QString obey(const QString &command, const QString &what)
    {
        if (toServer(command, what) ||
            toNetwork(command, what.section(u' ', 0, 0), what.section(u' ', 1).toInt()))
            return m_findings.isClean() ? u"ok"_s : m_findings.failures().join(u"; "_s);
        return u"what is \"%1 %2\"?"_s.arg(command, what);
    }

private:
    bool startServer()
    {
        const bool started = m_stage.startServer(m_findings);
        follow();
        return started;
    }

    void follow()
    {
        for (auto &[reader, network] : m_networks)
            network.setTarget(m_stage.serverPort());
    }

    bool toServer(const QString &command, const QString &what)
    {
        if (command == u"kill"_s) {
            m_stage.killServer();
            follow();
        } else if (command == u"terminate"_s) {
            m_findings.expect(m_stage.endServer(), u"the server did not end well after SIGTERM"_s);
            follow();
        } else if (command == u"start"_s) {
            (void)startServer();
        } else if (command == u"pause"_s) {
            m_stage.pauseServer(true);
            letRun(std::chrono::milliseconds(what.toInt()));
            m_stage.pauseServer(false);
        } else if (command == u"kill-model"_s) {
            m_stage.killEmulator();
        } else if (command == u"start-model"_s) {
            (void)m_stage.startEmulator(m_findings);
        } else {
            return false;
        }
        return true;
    }

    bool toNetwork(const QString &command, const QString &name, int number)
    {
        const auto found = m_networks.find(name);
        if (found == m_networks.end() && name != u"model"_s)
            return false;
        CuttingProxy &network = name == u"model"_s ? m_stage.upstream() : found->second;
        if (command == u"reset"_s)
            network.cut(true);
        else if (command == u"close"_s)
            network.cut(false);
        else if (command == u"unplug"_s)
            network.setUnplugged(true);
        else if (command == u"stall"_s)
            network.setStalled(true);
        else if (command == u"slow"_s)
            network.setBytesPerSecond(1024);
        else if (command == u"delay"_s)
            network.setDelay(std::chrono::milliseconds(number));
        else if (command == u"cut-up"_s)
            network.cutAfter(CuttingProxy::Up, number);
        else if (command == u"cut-down"_s)
            network.cutAfter(CuttingProxy::Down, number);
        else if (command == u"heal"_s)
            network.heal();
        else
            return false;
        return true;
    }

    Findings m_findings;
    Stage m_stage;
    std::map<QString, CuttingProxy> m_networks;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList readers = QCoreApplication::arguments().mid(1);
    if (readers.isEmpty()) {
        std::fputs("usage: runnel-fault-stage READER…\n", stderr);
        return 2;
    }
    StageRemote stage;
    if (!stage.open(readers)) {
        std::fputs("the server or the emulator does not start\n", stderr);
        return 1;
    }
    answerLine(stage.addresses());
    const CommandInput input([&stage](const QString &command, const QString &what) {
        return stage.obey(command, what);
    });
    return QCoreApplication::exec();
}
