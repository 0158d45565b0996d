#pragma once

#include "client/chatclient.h"
#include "client/sessionview.h"
#include "cuttingproxy.h"

#include <QHash>

#include <memory>

namespace runnel::faults {

class Findings;
class Ledger;

//! A person at the product's own client, behind a network of their own: a ChatClient and a
//! SessionView, used as the desktop uses them.
class ViewClient : public QObject
{
    Q_OBJECT

public:
    ViewClient(const QString &name, const QString &session, Findings &findings, Ledger &ledger);
    ~ViewClient() override;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &session() const { return m_session; }
    [[nodiscard]] CuttingProxy &network() { return m_network; }
    [[nodiscard]] const SessionView &view() const { return *m_view; }

    //! Connects; what was known before is forgotten, as when a page is loaded again.
    void open();
    void close();
    void retryNow() { m_client->retryNow(); }

    void say(const QString &text);
    void edit(const QString &messageId, const QString &text);
    void regenerate(const QString &messageId);
    void goOn(const QString &messageId);
    bool stop() { return m_client->stop(m_view->liveTurn()); }
    void select(const QString &messageId) { (void)m_client->select(messageId); }

    //! Connected, in step with what the server had when it connected, and nothing of ours is under
    //! way.
    [[nodiscard]] bool isSettled() const { return whyNotSettled().isEmpty(); }
    [[nodiscard]] QString whyNotSettled() const;
    //! Whether the row of that message is shown as refused.
    [[nodiscard]] bool showsRefused(const QString &id) const;

private:
    void onFrame(const ServerFrame &frame);
    void checkOrder(const ServerFrame &frame);
    void checkNothingIsLost(const Snapshot &snapshot);
    void rememberShown();
    void forgetOwn();

    const QString m_name;
    const QString m_session;
    Findings &m_findings;
    Ledger &m_ledger;
    CuttingProxy m_network;
    std::unique_ptr<ChatClient> m_client;
    std::unique_ptr<SessionView> m_view;
    bool m_isInStep = false;
    Seq m_lastSeq = 0; //!< Of the log, or of the snapshot that stands for it.
    //! Of every message that was ever shown here, by id: text and thoughts.
    QHash<QString, std::pair<QString, QString>> m_shown;
};

} // namespace runnel::faults
