#pragma once

#include "client/chatclient.h"
#include "client/sessionview.h"
#include "models/agentlistmodel.h"
#include "models/conversationrows.h"
#include "models/keptconversation.h"
#include "models/messagelistmodel.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! How a turn came to its end.
struct TurnEnd
{
    MessageState state = MessageState::Done;
    QString text;                      //!< What it says, without formats; may be empty.
    std::chrono::milliseconds took{0}; //!< Since this window knew of it.
};

//! One conversation as QML sees it: the façade over ChatClient, SessionView and the models.
class ChatSession : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a Workspace")
    Q_PROPERTY(QString conversationId READ conversationId CONSTANT)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    Q_PROPERTY(runnel::MessageListModel *messages READ messages CONSTANT)
    Q_PROPERTY(runnel::ConversationRows *rows READ rows CONSTANT)
    Q_PROPERTY(runnel::AgentListModel *agents READ agents CONSTANT)
    Q_PROPERTY(QList<QString> suggestions READ suggestions CONSTANT)
    Q_PROPERTY(QString agent READ agent WRITE setAgent NOTIFY agentChanged)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(Connection connection READ connection NOTIFY connectionChanged)
    Q_PROPERTY(bool connected READ connected NOTIFY connectionChanged)
    Q_PROPERTY(QString connectionText READ connectionText NOTIFY connectionChanged)
    Q_PROPERTY(QString problemText READ problemText NOTIFY connectionChanged)
    Q_PROPERTY(bool answering READ answering NOTIFY answeringChanged)
    Q_PROPERTY(bool absent READ isAbsent NOTIFY absentChanged)
    Q_PROPERTY(QString absentText READ absentText NOTIFY absentChanged)
    Q_PROPERTY(bool demo READ demo NOTIFY demoChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(bool forgotten READ forgotten NOTIFY forgottenChanged)
    Q_PROPERTY(bool missing READ isMissing NOTIFY missingChanged)

public:
    enum Connection { Connecting, Connected, Reconnecting, Offline };
    Q_ENUM(Connection)

    enum Decision {
        Allow = int(runnel::Decision::Allow),
        AllowAlways = int(runnel::Decision::AllowAlways),
        Deny = int(runnel::Decision::Deny),
    };
    Q_ENUM(Decision)

    //! Where to, and as what. \a server comes from parseServerUrl(), \a session is a valid id, an
    //! empty \a agent is the server's first.
    struct Options
    {
        QUrl server;
        QString session;
        QString agent;
        ChatClient::Times times{};
        bool known = false; //!< The server is said to have it: it is no new one.
        QString title{};    //!< As it is listed; what the conversation itself says counts more.
    };

    explicit ChatSession(Options options, QObject *parent = nullptr);
    ~ChatSession() override;

    void open() { m_client->open(); }

    //! Shows what was kept of it, until the server says what came since. Only where nothing has
    //! come yet.
    void restore(const KeptConversation &kept);
    //! What was not sent before is shown again, and sent when there is a connection; what was
    //! refused is shown as refused. What is here already is passed over.
    void restore(const std::vector<UnsentRequest> &requests);
    //! What is known of it; it is another one after followed().
    [[nodiscard]] const SessionView &view() const { return m_view; }

    [[nodiscard]] QString conversationId() const { return m_options.session; }
    //! What is being written and is not sent yet.
    [[nodiscard]] QString draft() const { return m_draft; }
    void setDraft(const QString &draft);
    //! Something here is only here: it was not taken by the server yet.
    [[nodiscard]] bool hasUnsent() const;
    //! Of the newest message; invalid where there is none.
    [[nodiscard]] QDateTime newestAt() const;
    //! At least one message was taken by the server.
    [[nodiscard]] bool isTaken() const { return m_view.takenCount() > 0; }
    //! The server has it, but nothing of it is here.
    [[nodiscard]] bool isAbsent() const;
    //! What the server has of it was seen, now or at an earlier time.
    [[nodiscard]] bool hasCome() const { return m_hasCome; }
    //! Why, where that is not just a matter of a moment; else empty.
    [[nodiscard]] QString absentText() const;
    //! messageFound() is said once that message is there and shown, in whatever version, with the
    //! place of \a words in it.
    void lookFor(const QString &messageId, const QString &words = {});

    [[nodiscard]] MessageListModel *messages() { return &m_messages; }
    [[nodiscard]] ConversationRows *rows() { return &m_rows; }
    [[nodiscard]] AgentListModel *agents() { return &m_agents; }
    [[nodiscard]] QStringList suggestions() const;
    [[nodiscard]] QString agent() const { return m_agent; }
    void setAgent(const QString &name);
    //! As somebody named the conversation, or after its first message; until there is one, as it is
    //! listed, and empty where it is not.
    [[nodiscard]] QString title() const;
    [[nodiscard]] Connection connection() const { return m_connection; }
    [[nodiscard]] bool connected() const { return m_connection == Connected; }
    //! "Connected", "Reconnecting in 4 s" …
    [[nodiscard]] QString connectionText() const;
    //! Why there is no connection, and what happens next; empty while there is nothing to say.
    [[nodiscard]] QString problemText() const;
    [[nodiscard]] bool answering() const { return !m_view.liveTurn().isEmpty(); }
    [[nodiscard]] bool demo() const { return m_view.hello().demo; }
    //! What was refused and is no message; empty when nothing was, or after dismissNotice().
    [[nodiscard]] QString notice() const { return m_notice; }
    //! The server no longer has the conversation that was shown; until dismissForgotten() or until
    //! somebody goes on.
    [[nodiscard]] bool forgotten() const { return m_forgotten; }
    //! The server was said to have it (a link, a list that is old) and has nothing of it; until
    //! dismissMissing() or until somebody begins it.
    [[nodiscard]] bool isMissing() const { return m_missing; }

    //! False when \a text was not taken; notice() says why where there is something to say.
    Q_INVOKABLE bool send(const QString &text);
    //! Stops the answer that comes.
    Q_INVOKABLE void stop();
    //! Sends the refused message or edit in \a row again.
    Q_INVOKABLE void retry(int row);
    //! Asks the question of the answer in \a row once more: the next answer is a version beside it.
    Q_INVOKABLE void regenerate(int row);
    //! Lets the model go on with the answer in \a row, which was cut: what comes is joined to it.
    Q_INVOKABLE void continueAnswer(int row);
    //! Shows the version \a step after (or before, when negative) that of \a row.
    Q_INVOKABLE void selectVersion(int row, int step);
    //! Answers the tool call that waits for it, once, and only with a connection.
    Q_INVOKABLE void decide(const QString &call, runnel::ChatSession::Decision decision);
    //! Takes the message in \a row away, which was refused or still waits.
    Q_INVOKABLE void discard(int row);
    //! The message in \a row is edited until saveEdit() or cancelEdit().
    Q_INVOKABLE void beginEdit(int row) { m_messages.beginEdit(row); }
    Q_INVOKABLE void keepDraft(int row, const QString &draft) { m_messages.keepDraft(row, draft); }
    Q_INVOKABLE void cancelEdit(int row) { m_messages.endEdit(row); }
    //! As send(); the edit is a version beside the message. The same text as before is no edit.
    Q_INVOKABLE bool saveEdit(int row, const QString &text);
    //! Does not wait for the next attempt to connect.
    Q_INVOKABLE void reconnectNow();
    Q_INVOKABLE void dismissNotice() { setNotice({}); }
    Q_INVOKABLE void dismissForgotten() { setForgotten(false); }
    Q_INVOKABLE void dismissMissing() { setMissing(false); }
    //! The text of \a row as it came, Markdown and all, to the clipboard.
    Q_INVOKABLE void copyMessage(int row) const;
    Q_INVOKABLE void copyText(const QString &text) const;
    //! Somebody wants to follow a link of an answer: linkFollowed().
    Q_INVOKABLE void followLink(const QString &link) { Q_EMIT linkFollowed(link); }

Q_SIGNALS:
    void draftChanged();
    void agentChanged();
    void titleChanged();
    void connectionChanged();
    void answeringChanged();
    void absentChanged();
    //! view() is another one, if only by a word.
    void followed();
    void demoChanged();
    //! The server has said what it is: demo() and agents() are of now.
    void greeted();
    void noticeChanged();
    void forgottenChanged();
    void missingChanged();
    //! A message of this window was put in the list: the view goes to it.
    void messageSent();
    //! The version that selectVersion() asked for is there, in \a row.
    void versionShown(int row);
    //! What lookFor() was told is in \a row, and its words are in that block of an answer.
    void messageFound(int row, int block);
    //! It is not opened by whoever shows it: see LinkGuard.
    void linkFollowed(const QString &link);
    //! For a screen reader: what happened that is no answer.
    void said(const QString &text);
    //! The answer under way came to its end, once; \a text is what it says, without formats, for a
    //! screen reader. Not for an answer that says nothing.
    void answerEnded(const QString &text);
    //! As answerEnded(), also of an answer that says nothing.
    void turnEnded(const runnel::TurnEnd &end);
    //! A tool waits for a decision.
    void toolAsked(const QString &agent, const QString &tool);

private:
    void makeClient();
    void onFrame(const ServerFrame &frame);
    void restore(const UnsentRequest &request);
    void onClientState(ChatClient::State state);
    void follow(const Changes &changes);
    void tellEndOf(const QString &turn);
    bool sendAs(const QString &text, const QString &agent);
    bool sendEdit(const EditMessage &edit);
    bool accepted(SendOutcome outcome);
    void tellChosen();
    void find();
    void tellConnection(Connection before);
    void setNotice(const QString &notice);
    void setForgotten(bool forgotten);
    void setMissing(bool missing);
    [[nodiscard]] int secondsToAttempt() const;

    const Options m_options;
    QString m_agent;
    QString m_draft;
    QString m_wanted; //!< The message that is looked for …
    QString m_words;  //!< … and what in it.
    QString m_notice;
    bool m_forgotten = false;
    bool m_missing = false;
    bool m_hasCome = false; //!< What the server has, now or at an earlier time.
    Connection m_connection = Connecting;
    int m_failures = 0; //!< Attempts in a row that came to nothing.
    QString m_chosen;   //!< The version that was asked for and is not shown yet.
    SessionView m_view;
    MessageListModel m_messages{m_view};
    ConversationRows m_rows{m_messages};
    AgentListModel m_agents;
    ChatClient *m_client = nullptr; //!< A child.
    QTimer m_countdown;
    QElapsedTimer m_turnClock; //!< Of the turn under way, since this window knows of it.
};

} // namespace runnel
