#include "loadgen/firstanswer.h"

#include "loadgen/chatclient.h"
#include "loadgen/report.h"

#include <poll.h>

namespace runnel::bench {

namespace {

class FirstChunk : public ChatObserver
{
public:
    void chunkReceived(int /*client*/, std::int64_t /*sent*/, std::int64_t received) override
    {
        if (at == 0)
            at = received;
    }
    void refusalReceived(int /*client*/, std::int64_t /*received*/) override {}

    std::int64_t at = 0;
};

void pauseFor(int milliseconds)
{
    poll(nullptr, 0, milliseconds);
}

} // namespace

FirstAnswer awaitFirstAnswer(const Options &options)
{
    using State = ChatClient::State;
    const std::int64_t deadline =
        monotonicNow() + static_cast<std::int64_t>(options.connecting.count() * 1e9);
    FirstAnswer answer;
    FirstChunk chunk;
    while (monotonicNow() < deadline) {
        ChatClient client(0, chunk);
        client.open(options.server, "bench_first", options.v1);
        while (!client.ended() && chunk.at == 0 && monotonicNow() < deadline) {
            const short wanted = client.wantsToWrite() ? POLLIN | POLLOUT : POLLIN;
            pollfd socket{client.descriptor(), wanted, 0};
            if (poll(&socket, 1, 100) <= 0)
                continue;
            client.process();
            if (answer.listening == 0 && !client.ended() && client.state() > State::Connecting)
                answer.listening = monotonicNow();
            if (client.state() == State::Open)
                client.ask("bench chunks=1 rate=20 size=24");
        }
        answer.chunk = chunk.at;
        if (!client.error().empty())
            answer.error = client.error();
        // Whoever accepted and then failed is not about to start.
        if (answer.chunk != 0 || answer.listening != 0)
            break;
        pauseFor(1);
    }
    if (answer.chunk != 0)
        answer.error.clear(); // of those times when nobody listened yet
    else if (answer.error.empty())
        answer.error = "no answer in time";
    return answer;
}

std::string toJson(const FirstAnswer &answer)
{
    return "{\"listening_ns\":" + std::to_string(answer.listening) +
           ",\"first_chunk_ns\":" + std::to_string(answer.chunk) +
           ",\"error\":" + quotedJson(answer.error) + '}';
}

} // namespace runnel::bench
