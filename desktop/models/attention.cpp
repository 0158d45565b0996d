#include "models/attention.h"

#include "models/boundedtext.h"
#include "models/words.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Controls, and the marks that turn the direction of what follows.
bool isHidden(QChar c)
{
    return c.category() == QChar::Other_Control || (c >= u'\u202A' && c <= u'\u202E') ||
           (c >= u'\u2066' && c <= u'\u2069');
}

//! The first line that says something, without what cannot be seen.
QString firstLine(const QString &text)
{
    constexpr qsizetype looked = 4096; // Nobody's first line begins later.
    const QStringList lines = text.left(looked).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        QString clean = line.simplified();
        clean.removeIf(isHidden);
        if (!clean.isEmpty())
            return cut(clean, Attention::longestLine).text;
    }
    return {};
}

} // namespace

Attention::Attention(Workspace &workspace, const Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_preferences(preferences)
{
    connect(&workspace, &Workspace::turnEnded, this, &Attention::onTurnEnded);
    connect(&workspace, &Workspace::toolAsked, this, &Attention::onToolAsked);
    connect(&workspace, &Workspace::removed, this, &Attention::see);
    connect(&workspace, &Workspace::serverChanged, this, &Attention::seeAll);
    connect(&workspace, &Workspace::sessionChanged, this, [this] {
        if (m_looking)
            see(m_workspace.session()->conversationId());
    });
}

void Attention::setLooking(bool looking)
{
    m_looking = looking;
    if (looking)
        see(m_workspace.session()->conversationId());
}

void Attention::setLookingAside(bool looking)
{
    m_lookingAside = looking;
}

bool Attention::isSeen(const QString &conversation) const
{
    const ChatSession *const aside = m_workspace.aside();
    return (m_looking && conversation == m_workspace.session()->conversationId()) ||
           (m_lookingAside && aside && conversation == aside->conversationId());
}

void Attention::onTurnEnded(const QString &conversation, const QString &title, const TurnEnd &end)
{
    // Whoever stopped it knows, and it was not an answer that ended.
    if (end.state == MessageState::Stopped || isSeen(conversation))
        return;
    if (!m_unseen.contains(conversation)) {
        m_unseen.append(conversation);
        Q_EMIT unseenChanged();
    }
    if (end.took < longAnswer)
        return;
    if (end.state != MessageState::Done)
        notice(conversation, title, tr("The answer could not be finished."));
    else if (const QString line = firstLine(end.text);
             m_preferences.notifiesText() && !line.isEmpty())
        notice(conversation, title, line);
    else
        notice(conversation, title, tr("The answer is there."));
}

void Attention::onToolAsked(const QString &conversation, const QString &title, const QString &agent)
{
    // However short it took: nothing goes on before somebody has decided.
    notice(conversation, title, firstLine(words::asksForTool(agent)));
}

void Attention::notice(const QString &conversation, const QString &title, const QString &body)
{
    if (m_looking || m_lookingAside || !m_preferences.notifies())
        return;
    if (!m_noticed.contains(conversation))
        m_noticed.append(conversation);
    const QString line = firstLine(title);
    Q_EMIT noticed({conversation, line.isEmpty() ? u"Runnel"_s : line, body});
}

void Attention::see(const QString &conversation)
{
    if (m_unseen.removeAll(conversation) > 0)
        Q_EMIT unseenChanged();
    if (m_noticed.removeAll(conversation) > 0)
        Q_EMIT seen(conversation);
}

void Attention::seeAll()
{
    const QStringList noticed = std::exchange(m_noticed, {});
    for (const QString &conversation : noticed)
        Q_EMIT seen(conversation);
    if (std::exchange(m_unseen, {}).isEmpty())
        return;
    Q_EMIT unseenChanged();
}

} // namespace runnel
