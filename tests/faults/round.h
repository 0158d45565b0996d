#pragma once

#include "dice.h"
#include "framearchive.h"
#include "ledger.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace runnel::faults {

class CuttingProxy;
class Findings;
class RawClient;
class Stage;
class ViewClient;

enum class Mode { Kill, Network, All };

//! One round: some clients on some conversations, things that happen to them at random, then quiet,
//! and what there must be then.
class Round
{
public:
    Round(Stage &stage, Mode mode, quint64 seed, int number, Findings &findings);
    ~Round();
    Q_DISABLE_COPY_MOVE(Round)

    void play();
    //! All frames that the recording clients were sent, a line each.
    [[nodiscard]] QStringList frames() const { return m_archive.lines(); }
    //! How much was asked for.
    [[nodiscard]] qsizetype requests() const { return m_ledger.asked().size(); }

private:
    struct Action
    {
        int weight;
        void (Round::*act)();
    };

    void gather();
    void addViewer();
    void addRecorder();
    [[nodiscard]] std::vector<Action> actions() const;
    void actAtRandom(const std::vector<Action> &actions);

    // What people do.
    [[nodiscard]] QString question();
    void say();
    void sayTwice();
    void edit();
    void regenerate();
    void select();
    void goOn();
    void overtake();
    void stop();
    void reload();
    void resume();
    void join();
    void knock();

    // What happens to them.
    void killServer();
    void restartServer();
    void pauseServer();
    void cut();
    void cutAtByte();
    void disturb();
    void unplug();
    void healOne();
    void killEmulator();
    void disturbUpstream();

    // How it ends.
    void heal();
    void settle(const QString &when);
    [[nodiscard]] QString whyNotQuiet() const;
    void stopAll();
    void continueAll();
    void checkFileOfKilledServer();
    void check();
    void checkSession(const QString &session);
    void checkAtRest();

    [[nodiscard]] bool startServer();
    void followServer();
    [[nodiscard]] ViewClient &anyViewer();
    [[nodiscard]] CuttingProxy &anyNetwork();
    [[nodiscard]] std::vector<CuttingProxy *> networks() const;
    [[nodiscard]] bool mayKill() const { return m_mode != Mode::Network; }
    [[nodiscard]] bool mayDisturb() const { return m_mode != Mode::Kill; }

    Stage &m_stage;
    const Mode m_mode;
    Findings &m_findings;
    Dice m_dice;
    const QString m_name;
    Ledger m_ledger;
    FrameArchive m_archive;
    QStringList m_sessions;
    std::vector<std::unique_ptr<ViewClient>> m_viewers;
    std::vector<std::unique_ptr<RawClient>> m_recorders;
    int m_questions = 0;
    int m_strangers = 0;
};

} // namespace runnel::faults
