//! A server with everything but a model, for the tests that are written in JavaScript: it answers
//! each message at once, and keeps the conversations that are imported. Prints its address; ends
//! when its standard input does.

#include "http/conversationsapi.h"
#include "http/fakechat.h"
#include "net/frontserver.h"
#include "sessions/sessionregistry.h"
#include "storage/memorystore.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>

using namespace runnel;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    test::FakeChat chat;
    chat.setAnswersByItself(true);
    HttpApiContext context = chat.context();
    test::ScriptedModel model;
    const auto agents = test::makeAgents(model);
    MemoryStore store;
    SessionRegistry sessions(*agents, {}, store);
    context.sessions = &sessions;
    if (argc > 1)
        context.frontendDir = QString::fromLocal8Bit(argv[1]);
    HttpApi api(context);
    FrontServerConfig config;
    config.port = 0;
    ConversationsApi::describe(config);
    FrontServer front(config);
    if (!front.listen())
        return 1;
    api.serve(&front);
    std::printf("Listening on http://127.0.0.1:%d\n", int(front.serverPort()));
    std::fflush(stdout);
    const QSocketNotifier parent(fileno(stdin), QSocketNotifier::Read);
    QObject::connect(&parent, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
