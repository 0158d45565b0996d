#include "models/keptconversation.h"
#include "models/storeopening.h"
#include "protocol/limits.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

MessageRecord messageOf(int conversation, int number)
{
    MessageRecord message;
    message.messageId = u"m%1"_s.arg(number);
    message.parentId = number == 1 ? QString() : u"m%1"_s.arg(number - 1);
    message.role = number % 2 == 1 ? Role::User : Role::Model;
    message.at = QDateTime::currentDateTimeUtc().addSecs(-60 * conversation);
    if (message.role == Role::User) {
        message.content =
            u"What about number %1 of conversation %2?"_s.arg(number).arg(conversation);
        return message;
    }
    message.turn = u"t%1"_s.arg(number);
    message.agent = u"default"_s;
    for (int line = 0; line < 20; ++line)
        message.content +=
            u"- **Point %1** of the answer, with some words behind it.\n"_s.arg(line);
    return message;
}

KeptConversation conversationOf(int number, int messages)
{
    KeptConversation kept;
    kept.hello.session = u"c%1"_s.arg(number);
    kept.hello.agents = {{u"default"_s, u"A helpful assistant"_s, u"gemini-flash-latest"_s}};
    kept.hello.limits = {limits::messageBytes, limits::queuedMessages};
    kept.hello.epoch = u"e1"_s;
    kept.hello.seq = Seq(messages);
    kept.snapshot.seq = Seq(messages);
    for (int message = 1; message <= messages; ++message)
        kept.snapshot.messages.append(messageOf(number, message));
    kept.snapshot.active = u"m%1"_s.arg(messages);
    return kept;
}

//! False when not all of it is on the disk.
bool fill(ConversationCache &cache, const QString &server, int count, int opened)
{
    QList<CachedConversation> lines;
    for (int i = 0; i < count; ++i) {
        const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(-3600 * i);
        lines.append({u"c%1"_s.arg(i),
                      u"Conversation %1 about rivers, runnels and the sea"_s.arg(i), i % 100 == 0,
                      at, at, 2 + i % 40});
    }
    cache.replaceConversations(server, lines, QDateTime::currentDateTimeUtc());
    for (int i = 0; i < std::min(opened, count); ++i)
        (void)cache.putSnapshot(server, u"c%1"_s.arg(i), toCache(conversationOf(i, 20)));
    return cache.flush(60s);
}

} // namespace

//! Makes what `runnel-desktop` keeps of a server, where this user's runnel-desktop looks for it,
//! and with the key that it would take: for bench/window, in a home of its own.
int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"runnel-desktop"_s);
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Fills the window's cache, to be measured."_s);
    const QCommandLineOption server(u"server"_s, u"Whose conversations they are."_s, u"URL"_s);
    const QCommandLineOption count(u"conversations"_s, u"How many are listed."_s, u"N"_s,
                                   u"1000"_s);
    const QCommandLineOption opened(u"opened"_s, u"How many of them were opened."_s, u"N"_s,
                                    u"50"_s);
    parser.addOptions({server, count, opened});
    parser.addHelpOption();
    parser.process(app);

    OfflineStore store;
    TokenStore secrets({});
    StoreOpening opening(store, secrets, OfflineStore::defaultPath(), 10s);
    bool filled = false;
    QObject::connect(&opening, &StoreOpening::settled, &app, [&] {
        if (store.keeps())
            filled = fill(*store.cache(), parser.value(server), parser.value(count).toInt(),
                          parser.value(opened).toInt());
        QCoreApplication::quit();
    });
    opening.start();
    QCoreApplication::exec();
    std::printf("%s\n", secrets.hasKeychain() ? "encrypted" : "plain");
    return filled ? 0 : 1;
}
