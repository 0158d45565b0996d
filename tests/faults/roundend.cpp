// How a round ends: good networks again, quiet, and what there must be then.

#include "round.h"

#include "checks.h"
#include "databasefile.h"
#include "findings.h"
#include "rawclient.h"
#include "stage.h"
#include "viewclient.h"
#include "waiting.h"

#include <QElapsedTimer>

namespace runnel::faults {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto settleLimit = 25s;
//! Answers that have not ended by then are stopped: some would wait for ten minutes.
constexpr auto patience = 700ms;
//! What closed clients said last may still be on its way to the server.
constexpr auto quietFor = 80ms;
//! What a server may have grown by between two rests, and its allocator kept.
constexpr qint64 residentTolerance = 16 * 1024;
//! Threads of a manager of connections to the model, and a checkpoint's files, come and go.
constexpr int descriptorTolerance = 8;

} // namespace

void Round::heal()
{
    for (CuttingProxy *network : networks())
        network->heal();
    m_stage.upstream().heal();
    if (!m_stage.emulatorRuns())
        (void)m_stage.startEmulator(m_findings);
    if (m_dice.chance(50)) // else they come by themselves
        return;
    for (const auto &client : m_viewers)
        client->retryNow();
    for (const auto &client : m_recorders)
        client->retryNow();
}

QString Round::whyNotQuiet() const
{
    QHash<QString, Seq> seqs;
    const auto look = [&seqs](const auto &client) -> QString {
        if (const QString why = client.whyNotSettled(); !why.isEmpty())
            return client.name() + u": "_s + why;
        if (const QString turn = client.view().liveTurn(); !turn.isEmpty())
            return u"%1: %2 has not ended"_s.arg(client.name(), turn);
        const auto known = seqs.constFind(client.session());
        if (known != seqs.cend() && *known != client.view().seq())
            return u"%1 is at %2, another at %3"_s.arg(client.name())
                .arg(client.view().seq())
                .arg(*known);
        seqs.insert(client.session(), client.view().seq());
        return {};
    };
    for (const auto &client : m_viewers) {
        if (const QString why = look(*client); !why.isEmpty())
            return why;
    }
    for (const auto &client : m_recorders) {
        if (const QString why = look(*client); !why.isEmpty())
            return why;
    }
    return {};
}

void Round::stopAll()
{
    for (const auto &client : m_viewers) {
        if (!client->view().liveTurn().isEmpty())
            (void)client->stop();
    }
    for (const auto &client : m_recorders)
        client->stop();
}

void Round::settle(const QString &when)
{
    if (!m_findings.isClean())
        return;
    heal();
    QElapsedTimer clock;
    clock.start();
    QElapsedTimer quiet;
    qint64 stopped = 0;
    const bool settled = waitUntil(
        [&] {
            if (!m_findings.isClean())
                return true;
            if (!whyNotQuiet().isEmpty())
                quiet.invalidate();
            else if (!quiet.isValid())
                quiet.start();
            const qint64 now = clock.elapsed();
            if (now > std::chrono::milliseconds(patience).count() && now - stopped > 100) {
                stopped = now;
                stopAll();
            }
            return quiet.isValid() &&
                   quiet.elapsed() >= std::chrono::milliseconds(quietFor).count();
        },
        settleLimit);
    m_findings.note(u"%1: quiet after %2 ms"_s.arg(when).arg(clock.elapsed()));
    m_findings.expect(settled, u"%1, nothing settles: %2"_s.arg(when, whyNotQuiet()));
}

void Round::continueAll()
{
    QStringList done;
    for (const auto &client : m_viewers) {
        const int rows = client->view().count();
        if (done.contains(client->session()) || rows == 0 || m_dice.chance(20))
            continue;
        int row = rows - 1;
        while (row >= 0 && client->view().at(row).delivery != Delivery::Taken)
            --row;
        if (row < 0)
            continue;
        const ViewMessage &leaf = client->view().at(row);
        if (leaf.state == MessageState::Done && leaf.finishReason != FinishReason::Length)
            continue;
        done.append(client->session());
        client->goOn(leaf.messageId);
    }
}

void Round::check()
{
    for (const QString &session : std::as_const(m_sessions))
        checkSession(session);
    const auto file = DatabaseFile::read(m_stage.databaseFile(), m_stage.folder(), {});
    m_findings.expect(file && file->problem().isEmpty(),
                      u"the database: "_s + (file ? file->problem() : file.error()));
}

void Round::checkSession(const QString &session)
{
    ViewClient viewer(u"a new client"_s, session, m_findings, m_ledger);
    RawClient recorder(u"a new recorder"_s, session, m_findings, m_ledger, m_archive);
    viewer.network().setTarget(m_stage.serverPort());
    recorder.network().setTarget(m_stage.serverPort());
    viewer.open();
    recorder.open();
    const bool came = waitUntil(
        [&] { return viewer.isSettled() && recorder.isSettled() && recorder.snapshot(); }, 10s);
    if (!m_findings.expect(came, u"%1: a new client gets no snapshot: %2 %3"_s.arg(
                                     session, viewer.whyNotSettled(), recorder.whyNotSettled()))) {
        return;
    }
    for (const auto &client : m_viewers) {
        if (client->session() != session)
            continue;
        checkSame(m_findings, client->name(), client->view(), viewer.view());
    }
    for (const auto &client : m_recorders) {
        if (client->session() == session)
            checkSame(m_findings, client->name(), client->view(), viewer.view());
    }
    const Snapshot &whole = *recorder.snapshot();
    checkAnswers(m_findings, session, whole);
    checkAskedOnce(m_findings, session, whole, m_ledger, m_archive);
    const auto file = DatabaseFile::read(m_stage.databaseFile(), m_stage.folder(), {session});
    if (m_findings.expect(bool(file), u"the database cannot be read"_s))
        checkStored(m_findings, session, whole, file->find(session));
}

//! Memory and descriptors are back where they were, once nobody is there any more.
void Round::checkAtRest()
{
    const auto empty = [this] { return m_stage.footprint().clientSockets == 0; };
    m_findings.expect(waitUntil(empty, 10s),
                      u"%1 sockets of clients are left"_s.arg(m_stage.footprint().clientSockets));
    // The first rounds fill caches, make threads and open files.
    if (++m_stage.roundsServed < 3)
        return;
    const Footprint now = m_stage.footprint();
    m_stage.atLast = now;
    m_findings.note(
        u"at rest %1 KB, %2 descriptors"_s.arg(now.residentKilobytes).arg(now.descriptors));
    if (!m_stage.atFirst) {
        m_stage.atFirst = now;
        return;
    }
    const auto fewAgain = [this] {
        return m_stage.footprint().descriptors <=
               m_stage.atFirst->descriptors + descriptorTolerance;
    };
    m_findings.expect(waitUntil(fewAgain, 5s), u"%1 descriptors are open, at first it were %2"_s
                                                   .arg(m_stage.footprint().descriptors)
                                                   .arg(m_stage.atFirst->descriptors));
    m_findings.expect(now.residentKilobytes <=
                          m_stage.atFirst->residentKilobytes + residentTolerance,
                      u"%1 KB are resident, at first it were %2"_s.arg(now.residentKilobytes)
                          .arg(m_stage.atFirst->residentKilobytes));
}

} // namespace runnel::faults
