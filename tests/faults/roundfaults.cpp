// What happens to the people of a round: to their networks, the server and the model.

#include "round.h"

#include "checks.h"
#include "databasefile.h"
#include "findings.h"
#include "rawclient.h"
#include "stage.h"
#include "viewclient.h"
#include "waiting.h"

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void Round::killServer()
{
    m_findings.note(u"kill -9"_s);
    m_findings.count(u"kills"_s);
    m_stage.killServer();
    followServer();
    letRun(std::chrono::milliseconds(m_dice.between(0, 40)));
    checkFileOfKilledServer();
    if (!startServer())
        return;
    m_findings.note(u"the server is back after %1 ms"_s.arg(m_stage.starts().last()));
}

void Round::checkFileOfKilledServer()
{
    const auto file = DatabaseFile::read(m_stage.databaseFile(), m_stage.folder(), m_sessions);
    if (!file) {
        m_findings.fail(u"the file of the killed server cannot be read: "_s + file.error());
        return;
    }
    m_findings.expect(file->problem().isEmpty(),
                      u"the file of the killed server is damaged: "_s + file->problem());
    for (const auto &client : m_viewers)
        checkShownIsStored(m_findings, client->name(), client->view(),
                           file->find(client->session()));
    for (const auto &client : m_recorders)
        checkShownIsStored(m_findings, client->name(), client->view(),
                           file->find(client->session()));
}

void Round::restartServer()
{
    m_findings.note(u"SIGTERM"_s);
    m_findings.expect(m_stage.endServer(), u"the server did not end well after SIGTERM"_s);
    followServer();
    checkFileOfKilledServer();
    (void)startServer();
}

//! As the lid of a laptop does.
void Round::pauseServer()
{
    const int milliseconds = m_dice.between(50, 600);
    m_findings.note(u"the server stands still for %1 ms"_s.arg(milliseconds));
    m_stage.pauseServer(true);
    letRun(std::chrono::milliseconds(milliseconds));
    m_stage.pauseServer(false);
}

void Round::cut()
{
    const bool withReset = m_dice.chance(60);
    m_findings.count(u"cuts"_s);
    m_findings.note(withReset ? u"a connection is reset"_s : u"a connection is closed"_s);
    anyNetwork().cut(withReset);
}

void Round::cutAtByte()
{
    const bool isUp = m_dice.chance(40);
    m_findings.count(u"cuts at a byte"_s);
    // Of the handshake, of a frame's head, of its text.
    const int bytes = m_dice.chance(50) ? m_dice.between(0, 300) : m_dice.between(300, 6000);
    m_findings.note(u"a connection is going to be reset after %1 bytes %2"_s.arg(bytes).arg(
        isUp ? u"to the server"_s : u"from the server"_s));
    anyNetwork().cutAfter(isUp ? CuttingProxy::Up : CuttingProxy::Down, bytes);
}

void Round::disturb()
{
    CuttingProxy &network = anyNetwork();
    switch (m_dice.between(0, 2)) {
    case 0:
        m_findings.note(u"a client reads no more"_s);
        network.setStalled(true);
        break;
    case 1:
        m_findings.note(u"a client has 1 KB/s"_s);
        network.setBytesPerSecond(1024);
        break;
    default: {
        const int every = m_dice.between(10, 200);
        m_findings.note(u"a client's bytes come every %1 ms"_s.arg(every));
        network.setDelay(std::chrono::milliseconds(every));
    }
    }
}

void Round::unplug()
{
    m_findings.note(u"a client is unplugged"_s);
    anyNetwork().setUnplugged(true);
}

void Round::healOne()
{
    anyNetwork().heal();
}

//! Or brings it back.
void Round::killEmulator()
{
    if (!m_stage.emulatorRuns()) {
        m_findings.note(u"the model is back"_s);
        (void)m_stage.startEmulator(m_findings);
        return;
    }
    m_findings.note(u"the model is killed"_s);
    m_stage.killEmulator();
}

void Round::disturbUpstream()
{
    CuttingProxy &network = m_stage.upstream();
    const int what = m_dice.between(0, 4);
    m_findings.note(u"the way to the model: "_s + QStringList{u"reset"_s, u"cut at a byte"_s,
                                                              u"stalled"_s, u"2 KB/s"_s,
                                                              u"healed"_s}[what]);
    switch (what) {
    case 0:
        network.cut(m_dice.chance(50));
        break;
    case 1:
        network.cutAfter(m_dice.chance(30) ? CuttingProxy::Up : CuttingProxy::Down,
                         m_dice.between(0, 4000));
        break;
    case 2:
        network.setStalled(true);
        break;
    case 3:
        network.setBytesPerSecond(2048);
        break;
    default:
        network.heal();
    }
}

} // namespace runnel::faults
