//! A server with everything but a model, for the tests that are written in JavaScript: it answers
//! each message at once, and keeps the conversations that are imported. Prints its address; ends
//! when its standard input does.

#include "http/conversationsapi.h"
#include "http/fakechat.h"
#include "http/tracesapi.h"
#include "net/frontserver.h"
#include "sessions/sessionregistry.h"
#include "storage/memorystore.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"
#include "trace/tracebook.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>

using namespace runnel;

namespace {

//! A turn with all that a trace can tell.
void traceOneTurn(TraceBook &book)
{
    const auto now = TurnTrace::Clock::now();
    const auto trace = std::make_shared<TurnTrace>(TurnTrace::Arrival{now, now, now, now, 42});
    trace->setIdentity({QStringLiteral("traced"), QStringLiteral("t1"), QStringLiteral("default"),
                        QStringLiteral("a-model")});
    book.keep(trace);
    trace->noteAppended(1, TurnTrace::Kind::User, 5);
    trace->noteAppended(2, TurnTrace::Kind::Turn, 0);
    trace->note(Station::Agent);
    for (int retry = 1; retry <= 2; ++retry) {
        trace->note(Station::Asked, 900);
        trace->note(Station::Sent);
        trace->note(Station::Answered, 0, 503);
        trace->note(Station::Retrying, 0, retry);
    }
    trace->noteAppended(3, TurnTrace::Kind::Retrying, 0);
    trace->note(Station::FirstBytes, 300);
    trace->noteParsed(280);
    trace->noteAppended(4, TurnTrace::Kind::Thought, 5);
    trace->noteAppended(5, TurnTrace::Kind::Chunk, 5);
    trace->noteStored(5);
    trace->noteWriting(5);
    trace->noteWritten(5, 70);
    trace->end(QStringLiteral("stop"));
    trace->noteAppended(6, TurnTrace::Kind::Complete, 0);
}

} // namespace

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
    TraceBook traces(10);
    traceOneTurn(traces);
    context.traces = &traces;
    if (argc > 1)
        context.frontendDir = QString::fromLocal8Bit(argv[1]);
    HttpApi api(context);
    FrontServerConfig config;
    config.port = 0;
    ConversationsApi::describe(config);
    TracesApi::describe(config);
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
