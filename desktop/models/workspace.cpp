#include "models/workspace.h"

#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QQmlEngine>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

QString fileNameOf(QString title)
{
    constexpr int longest = 80;
    static const QString forbidden = u"/\\:*?\"<>|"_s;
    for (QChar &c : title) {
        if (c.unicode() < 0x20 || forbidden.contains(c))
            c = u' ';
    }
    title = title.simplified().left(longest).trimmed();
    while (title.startsWith(u'.'))
        title.remove(0, 1);
    return title.isEmpty() ? Workspace::tr("Conversation") : title;
}

//! What the server says of a file is for those who make one: a person chose the wrong one.
QString whyNotImported(const ConversationsClient::Problem &problem)
{
    constexpr int tooLarge = 413;
    constexpr std::array wrong{400, 415, 422};
    if (problem.status == tooLarge)
        return Workspace::tr("It is larger than this server takes.");
    if (std::ranges::find(wrong, problem.status) != wrong.end())
        return Workspace::tr("It is no conversation that Runnel exported, or it was changed since. "
                             "Choose a file that “Export as JSON” made.");
    return problem.text;
}

} // namespace

Workspace::Workspace(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_server(m_options.server.isEmpty() ? QUrl() : canonicalServer(m_options.server))
{
    QQmlEngine::setObjectOwnership(&m_conversations, QQmlEngine::CppOwnership);
    m_toastTimer.setSingleShot(true);
    m_toastTimer.setInterval(m_options.undo);
    connect(&m_toastTimer, &QTimer::timeout, this, &Workspace::dismissToast);
    if (m_options.offline) {
        connect(m_options.offline, &OfflineStore::opened, this, [this] {
            if (m_keeper)
                m_keeper->bringBack();
            goOn(m_options.conversation.isEmpty());
        });
        connect(m_options.offline, &OfflineStore::keepsChanged, this, &Workspace::keepsChanged);
        connect(m_options.offline, &OfflineStore::told, this,
                qOverload<const QString &>(&Workspace::tell));
    }
    makeList();
    begin(m_options.conversation);
    session()->setAgent(m_options.agent);
    tellOpen();
}

Workspace::~Workspace() = default;

void Workspace::makeList()
{
    m_conversations.setList(nullptr);
    m_keeper.reset();
    m_list.reset(new ConversationList(m_server, m_options.listTimes));
    m_list->setWatched(hasServer());
    m_conversations.setList(m_list.get());
    if (m_options.offline && hasServer())
        m_keeper = std::make_unique<ServerKeeper>(*m_options.offline, m_server, *m_list);
    if (m_keeper)
        m_keeper->bringBack();
}

void Workspace::useServer(const QUrl &server)
{
    const QUrl wanted = canonicalServer(server);
    if (wanted == m_server)
        return;
    // What was named at the start is of the first server, and there was none yet.
    const bool isFirst = !hasServer();
    m_server = wanted;
    setToast({});
    m_import = {}; // What was on its way goes with the list.
    makeList();
    m_unread.clear();
    // The view that shows it looks at the old one until it is told of the new one.
    const std::vector<Session> left = std::exchange(m_sessions, {});
    begin(isFirst ? m_options.conversation : QString());
    if (isFirst)
        session()->setAgent(m_options.agent);
    if (m_started)
        m_list->refresh();
    leaveAside();
    Q_EMIT serverChanged();
    Q_EMIT sessionChanged();
    tellOpen();
}

void Workspace::suggest(const QString &text)
{
    const QString draft = session()->draft();
    session()->setDraft(draft.isEmpty() ? text : draft + u'\n' + text);
}

void Workspace::start()
{
    m_started = true;
    if (!hasServer())
        return;
    for (const Session &one : m_sessions)
        one->open();
    m_list->refresh();
}

void Workspace::forgetKept()
{
    if (m_options.offline)
        m_options.offline->forgetAll();
}

void Workspace::setWatched(bool watched)
{
    m_list->setWatched(watched && hasServer());
    if (watched)
        m_conversations.refresh();
}

// ---- which one is open

//! The first conversation of a server; an empty \a id is a new one.
void Workspace::begin(const QString &id)
{
    if (id.isEmpty())
        openBehind(newSessionId(), Whence::Nowhere);
    else
        openBehind(id, Whence::Server);
    goOn(id.isEmpty());
}

//! Where it was left the last time: what waits is sent, and what was begun is gone on with, where
//! that \a isWanted and nothing else was begun by now.
void Workspace::goOn(bool isWanted)
{
    if (!m_keeper)
        return;
    const QString begun = m_keeper->begun();
    const QString blank = session()->conversationId();
    if (isWanted && !begun.isEmpty() && !session()->isTaken() && !session()->hasUnsent() &&
        session()->draft().isEmpty()) {
        show(begun, Whence::Here);
        forgetSession(blank);
    }
    const QStringList waiting = m_keeper->waiting();
    for (const QString &id : waiting) {
        const bool isOpen = std::ranges::any_of(
            m_sessions, [&id](const Session &one) { return one->conversationId() == id; });
        if (!isOpen && m_sessions.size() <= mostBusy)
            openBehind(id, m_list->find(id) ? Whence::Server : Whence::Here);
    }
    tellOpen();
}

void Workspace::openBehind(const QString &id, Whence whence)
{
    m_sessions.push_back(makeSession(id, whence == Whence::Server));
    ChatSession &made = *m_sessions.back();
    if (m_keeper)
        m_keeper->add(made, whence != Whence::Nowhere);
    if (m_started && hasServer())
        made.open();
}

Workspace::Session Workspace::makeSession(const QString &id, bool known)
{
    const ListedConversation *const listed = m_list->find(id);
    Session session(new ChatSession({m_server, id, m_options.agent, m_options.times, known,
                                     listed ? listed->title : QString()}));
    ChatSession *const made = session.get();
    QQmlEngine::setObjectOwnership(made, QQmlEngine::CppOwnership);
    connect(made, &ChatSession::titleChanged, this, &Workspace::tellOpen);
    connect(made, &ChatSession::answeringChanged, this, [this] {
        tellOpen();
        m_list->refresh();
    });
    connect(made, &ChatSession::connectionChanged, this, [this, made, was = false]() mutable {
        if (made == this->session() && made->connected() != was) {
            m_list->refresh();
            if (made->connected() && m_options.offline)
                m_options.offline->remember(m_server);
            if (made->connected())
                Q_EMIT reached(m_server);
        }
        was = made->connected();
    });
    connect(made, &ChatSession::answerEnded, this, [this, made](const QString &text) {
        if (made != this->session() && made != aside()) {
            m_unread.insert(made->conversationId());
            tellOpen();
        }
        Q_EMIT answerEnded(made->conversationId(), made->title(), text);
    });
    connect(made, &ChatSession::turnEnded, this, [this, made](const TurnEnd &end) {
        Q_EMIT turnEnded(made->conversationId(), made->title(), end);
    });
    connect(made, &ChatSession::toolAsked, this, [this, made](const QString &agent) {
        Q_EMIT toolAsked(made->conversationId(), made->title(), agent);
    });
    return session;
}

void Workspace::open(const QString &id, const QString &messageId)
{
    if (!isValidId(id))
        return;
    if (id != session()->conversationId())
        show(id, Whence::Server);
    if (!messageId.isEmpty())
        session()->lookFor(messageId, m_list->shown().words);
}

void Workspace::newChat()
{
    const auto isBegun = [](const ChatSession &one) { return !one.isTaken() && !one.hasUnsent(); };
    if (isBegun(*session()))
        return;
    // What was begun there, and left for another conversation, is gone on with.
    const auto begun = std::ranges::find_if(m_sessions, [&](const Session &one) {
        return isBegun(*one) && !one->draft().isEmpty() && one->conversationId() != m_aside;
    });
    show(begun == m_sessions.end() ? newSessionId() : (*begun)->conversationId(), Whence::Nowhere);
}

void Workspace::show(const QString &id, Whence whence)
{
    const QString agent = session()->agent();
    const auto open = std::ranges::find_if(
        m_sessions, [&id](const Session &one) { return one->conversationId() == id; });
    if (open != m_sessions.end()) {
        std::rotate(m_sessions.begin(), open, open + 1);
    } else {
        openBehind(id, whence);
        std::rotate(m_sessions.begin(), m_sessions.end() - 1, m_sessions.end());
        session()->setAgent(agent);
    }
    m_unread.remove(id);
    closeIdle();
    Q_EMIT sessionChanged();
    tellOpen();
}

void Workspace::closeIdle()
{
    int idle = 0;
    int busy = 0;
    std::erase_if(m_sessions, [&](const Session &one) {
        if (one == m_sessions.front() || one->conversationId() == m_aside)
            return false;
        const bool isBusy = one->answering() || one->hasUnsent() || !one->draft().isEmpty();
        const bool goes = isBusy ? ++busy > mostBusy : ++idle > mostIdle;
        if (goes)
            leave(*one);
        return goes;
    });
}

//! What is not kept yet is kept before it goes.
void Workspace::leave(const ChatSession &session)
{
    if (m_keeper)
        m_keeper->leave(session);
}

// ---- beside it

ChatSession *Workspace::aside() const
{
    const auto at = std::ranges::find_if(m_sessions, [this](const Session &one) {
        return !m_aside.isEmpty() && one->conversationId() == m_aside;
    });
    return at == m_sessions.end() ? nullptr : at->get();
}

void Workspace::beginAside()
{
    const ChatSession *const now = aside();
    if (!hasServer() || (now && !now->isTaken() && !now->hasUnsent()))
        return;
    openBehind(newSessionId(), Whence::Nowhere);
    m_sessions.back()->setAgent(session()->agent());
    m_aside = m_sessions.back()->conversationId();
    std::rotate(m_sessions.begin() + 1, m_sessions.end() - 1, m_sessions.end());
    closeIdle();
    Q_EMIT asideChanged();
}

void Workspace::endAside()
{
    // What is new stays for the next time, with what was being written.
    if (const ChatSession *const now = aside(); now && (now->isTaken() || now->hasUnsent()))
        leaveAside();
}

void Workspace::takeAside()
{
    if (!aside())
        return;
    open(m_aside);
    leaveAside();
    Q_EMIT asideTaken();
}

void Workspace::leaveAside()
{
    if (std::exchange(m_aside, {}).isEmpty())
        return;
    Q_EMIT asideChanged();
    closeIdle();
}

//! It must not be the one that is shown.
void Workspace::forgetSession(const QString &id)
{
    if (id == m_aside)
        leaveAside(); // Before it goes.
    std::erase_if(m_sessions, [&](const Session &one) {
        const bool goes = one != m_sessions.front() && one->conversationId() == id;
        if (goes)
            leave(*one);
        return goes;
    });
    m_unread.remove(id);
}

void Workspace::tellOpen()
{
    QList<ConversationListModel::Open> open;
    for (const Session &one : m_sessions) {
        if (one->newestAt().isValid())
            open.append({one->conversationId(), one->title(), one->newestAt(), one->isTaken(),
                         one->answering(), m_unread.contains(one->conversationId())});
    }
    m_list->setCurrent(session()->conversationId());
    m_conversations.setOpen(open, session()->conversationId());
}

// ---- what is done with one

void Workspace::rename(const QString &id, const QString &title)
{
    m_list->rename(id, title.simplified(), [this](const auto &problem) {
        if (problem)
            tell(tr("The title was not changed."), *problem);
    });
}

void Workspace::setPinned(const QString &id, bool pinned)
{
    m_list->pin(id, pinned, [this, pinned](const auto &problem) {
        if (problem)
            tell(pinned ? tr("It was not pinned.") : tr("It is still pinned."), *problem);
        else
            Q_EMIT said(pinned ? tr("Pinned.") : tr("No longer pinned."));
    });
}

//! The open one is left first, as the server empties it under whoever has it open.
void Workspace::remove(const QString &id)
{
    const bool wasOpen = id == session()->conversationId();
    if (wasOpen)
        show(newSessionId(), Whence::Nowhere);
    forgetSession(id);
    Q_EMIT removed(id);
    const QString instead = session()->conversationId();
    m_list->remove(id, [this, id, wasOpen, instead](const auto &problem) {
        constexpr int notFound = 404; // Another window was quicker, or it never got there.
        if (!problem || problem->status == notFound) {
            if (m_keeper)
                m_keeper->forget(id);
            setToast(tr("Deleted."), problem ? Deleted{} : Deleted{id, wasOpen});
            return;
        }
        if (wasOpen && session()->conversationId() == instead)
            open(id);
        tell(tr("It was not deleted."), *problem);
    });
    tellOpen();
}

void Workspace::undo()
{
    const Deleted deleted = std::exchange(m_deleted, {});
    if (deleted.id.isEmpty())
        return;
    setToast({});
    m_list->restore(deleted.id, [this, deleted](const auto &problem) {
        constexpr int notFound = 404;
        if (problem && problem->status == notFound) {
            setToast(tr("It is too late to bring it back."));
        } else if (problem) {
            tell(tr("It was not brought back."), *problem);
        } else {
            Q_EMIT said(tr("Brought back."));
            if (deleted.wasOpen)
                open(deleted.id);
        }
    });
}

void Workspace::setToast(const QString &text)
{
    setToast(text, {});
}

void Workspace::setToast(const QString &text, const Deleted &deleted)
{
    m_toast = text;
    m_deleted = deleted;
    if (text.isEmpty())
        m_toastTimer.stop();
    else
        m_toastTimer.start();
    Q_EMIT toastChanged();
    if (!text.isEmpty())
        Q_EMIT said(deleted.id.isEmpty() ? text : text + u' ' + tr("Control+Z brings it back."));
}

void Workspace::tell(const QString &failure, const ConversationsClient::Problem &problem)
{
    setToast(failure + u' ' + problem.text);
}

// ---- files

QString Workspace::exportName(const QString &id, bool markdown) const
{
    const ListedConversation *const listed = m_list->find(id);
    const QString title = id == session()->conversationId() ? session()->title()
                          : listed                          ? listed->title
                                                            : QString();
    return fileNameOf(title) + (markdown ? ".md"_L1 : ".json"_L1);
}

QUrl Workspace::exportFolder() const
{
    if (m_exportFolder.isEmpty() || !QFileInfo(m_exportFolder).isDir()) {
        const QString documents =
            QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        return QUrl::fromLocalFile(QFileInfo(documents).isDir() ? documents : QDir::homePath());
    }
    return QUrl::fromLocalFile(m_exportFolder);
}

//! Qt's own dialog, where the desktop has none, may name a folder or nothing at all: then it goes
//! there, or where exports go, under a name that is free.
QString Workspace::exportPath(const QString &name, const QUrl &chosen) const
{
    const QString path = chosen.toLocalFile();
    if (!path.isEmpty() && !QFileInfo(path).isDir())
        return path;
    const QDir folder(path.isEmpty() ? exportFolder().toLocalFile() : path);
    const QFileInfo wanted(name);
    QString free = name;
    for (int i = 2; folder.exists(free); ++i)
        free = u"%1 (%2).%3"_s.arg(wanted.completeBaseName(), QString::number(i), wanted.suffix());
    return folder.filePath(free);
}

void Workspace::exportTo(const QString &id, bool markdown, const QUrl &file)
{
    using Format = ConversationsClient::ExportFormat;
    const QString path = exportPath(exportName(id, markdown), file);
    m_exportFolder = QFileInfo(path).absolutePath();
    m_list->exportFile(id, markdown ? Format::Markdown : Format::Json,
                       [this, path](const auto &data) {
                           if (!data) {
                               tell(tr("It was not exported."), data.error());
                               return;
                           }
                           QSaveFile saved(path);
                           if (saved.open(QIODevice::WriteOnly) &&
                               saved.write(*data) == data->size() && saved.commit())
                               setToast(tr("Exported to %1.").arg(saved.fileName()));
                           else
                               setToast(tr("It was not exported to %1: %2.")
                                            .arg(saved.fileName(), saved.errorString()));
                       });
}

void Workspace::importFiles(const QList<QUrl> &files)
{
    const bool begins = m_import.waiting.isEmpty();
    m_import.waiting += files.first(std::min<qsizetype>(files.size(), mostFiles));
    if (files.size() > mostFiles)
        m_import.refused.append(tr("%n file(s) were left out: %1 can be imported at once.", nullptr,
                                   int(files.size()) - mostFiles)
                                    .arg(mostFiles));
    if (begins)
        importNext();
}

void Workspace::importNext()
{
    if (m_import.waiting.isEmpty()) {
        endImport();
        return;
    }
    QFile file(m_import.waiting.constFirst().toLocalFile());
    const QString name = m_import.waiting.constFirst().fileName();
    const auto refuse = [this, name](const QString &why) {
        m_import.refused.append(tr("“%1” was not imported: %2").arg(name, why));
        m_import.waiting.removeFirst();
        importNext();
    };
    if (!file.open(QIODevice::ReadOnly)) {
        refuse(file.errorString());
    } else if (file.size() > maxFileBytes) {
        refuse(tr("It has more than %1 MB.").arg(maxFileBytes / (1024 * 1024)));
    } else {
        m_list->importFile(file.read(maxFileBytes),
                           [this, refuse](const QString &id, const auto &problem) {
                               if (problem) {
                                   refuse(whyNotImported(*problem));
                                   return;
                               }
                               m_import.last = id;
                               ++m_import.taken;
                               m_import.waiting.removeFirst();
                               importNext();
                           });
    }
}

void Workspace::endImport()
{
    const Import done = std::exchange(m_import, {});
    if (!done.last.isEmpty())
        open(done.last);
    if (!done.refused.isEmpty())
        setToast(done.refused.join(u' '));
    else if (done.taken > 0)
        setToast(tr("%n conversation(s) imported.", nullptr, done.taken));
}

} // namespace runnel
