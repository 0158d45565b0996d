#include "http/tracejson.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"
#include "trace/tracebook.h"

#include <QDateTime>

#include <algorithm>

namespace runnel {

namespace {

constexpr qint64 never = TurnTrace::never;

QLatin1String nameOf(Station station)
{
    switch (station) {
    case Station::Connected:
        return QLatin1String("connected");
    case Station::Received:
        return QLatin1String("received");
    case Station::Decoded:
        return QLatin1String("decoded");
    case Station::Taken:
        return QLatin1String("taken");
    case Station::Begun:
        return QLatin1String("begun");
    case Station::Agent:
        return QLatin1String("agent");
    case Station::Asked:
        return QLatin1String("asked");
    case Station::Sent:
        return QLatin1String("sent");
    case Station::Answered:
        return QLatin1String("answered");
    case Station::FirstBytes:
        return QLatin1String("first_bytes");
    case Station::Retrying:
        return QLatin1String("retrying");
    case Station::Ended:
        break;
    }
    return QLatin1String("ended");
}

//! As the frame is called on the wire.
QLatin1String nameOf(TurnTrace::Kind kind)
{
    switch (kind) {
    case TurnTrace::Kind::User:
        return QLatin1String("user");
    case TurnTrace::Kind::Turn:
        return QLatin1String("turn");
    case TurnTrace::Kind::Thought:
        return QLatin1String("thought");
    case TurnTrace::Kind::Chunk:
        return QLatin1String("chunk");
    case TurnTrace::Kind::Retrying:
        return QLatin1String("retrying");
    case TurnTrace::Kind::Complete:
        return QLatin1String("complete");
    case TurnTrace::Kind::Error:
        break;
    }
    return QLatin1String("error");
}

void writeTime(JsonWriter &json, QLatin1String name, qint64 time)
{
    if (time != never)
        json.member(name, time);
}

//! Who, when, and how it ended.
void writeHead(JsonWriter &json, const TurnTrace &trace)
{
    const TurnTrace::Identity &who = trace.identity();
    const qint64 microseconds = trace.begunAt().count();
    json.member(keys::session, who.session)
        .member(keys::turn, who.turn)
        .member(keys::agent, who.agent)
        .member(keys::model, who.model)
        .member(QLatin1String("begun_at"),
                formatTimestamp(QDateTime::fromMSecsSinceEpoch(microseconds / 1000, Qt::UTC)))
        .member(QLatin1String("begun_us"), microseconds);
    if (!trace.ending().isEmpty())
        json.member(QLatin1String("ending"), trace.ending());
}

//! When the message came, as far as the server knows.
qint64 startOf(const TurnTrace &trace)
{
    const qint64 received = trace.at(Station::Received);
    return received == never ? 0 : received;
}

double inMilliseconds(qint64 nanoseconds)
{
    return double(nanoseconds) / 1e6;
}

//! As the list has it.
void writeLine(JsonWriter &json, const TurnTrace &trace)
{
    json.beginObject();
    writeHead(json, trace);
    const qint64 start = startOf(trace);
    if (const qint64 ended = trace.at(Station::Ended); ended != never)
        json.member(QLatin1String("duration_ms"), inMilliseconds(ended - start));
    if (const qint64 text = trace.firstText(); text != never)
        json.member(QLatin1String("first_text_ms"), inMilliseconds(text - start));
    json.endObject();
}

//! Writes the events of one trace.
class ChromeEvents
{
public:
    //! As lanes, in this order.
    enum Lane { Connection = 1, Conversation, Log, Answer, Gemini };

    ChromeEvents(JsonWriter &json, qint64 origin)
        : m_json(json)
        , m_origin(origin)
    {}

    void writeNames()
    {
        writeName(QLatin1String("process_name"), 0, QLatin1String("runnel-server"));
        writeName(QLatin1String("thread_name"), Connection, QLatin1String("ChatConnection"));
        writeName(QLatin1String("thread_name"), Conversation, QLatin1String("Session"));
        writeName(QLatin1String("thread_name"), Log, QLatin1String("SessionLog and store"));
        writeName(QLatin1String("thread_name"), Answer, QLatin1String("AgentManager and Turn"));
        writeName(QLatin1String("thread_name"), Gemini, QLatin1String("Gemini"));
    }

    //! From one time to another; nothing where one of them never came.
    void span(Lane lane, const QString &name, qint64 from, qint64 to,
              std::initializer_list<std::pair<QLatin1String, qint64>> arguments = {})
    {
        if (from == never || to == never)
            return;
        begin(lane, name, QLatin1String("X"), from);
        m_json.member(QLatin1String("dur"), double(to - from) / 1000.0);
        end(arguments);
    }

    void instant(Lane lane, const QString &name, qint64 at,
                 std::initializer_list<std::pair<QLatin1String, qint64>> arguments = {})
    {
        if (at == never)
            return;
        begin(lane, name, QLatin1String("i"), at);
        m_json.member(QLatin1String("s"), QLatin1String("t"));
        end(arguments);
    }

private:
    void writeName(QLatin1String what, int lane, QLatin1String name)
    {
        m_json.beginObject()
            .member(QLatin1String("name"), what)
            .member(QLatin1String("ph"), QLatin1String("M"))
            .member(QLatin1String("pid"), 1)
            .member(QLatin1String("tid"), lane)
            .key(QLatin1String("args"))
            .beginObject()
            .member(keys::name, name)
            .endObject()
            .endObject();
    }

    void begin(Lane lane, const QString &name, QLatin1String phase, qint64 at)
    {
        m_json.beginObject()
            .member(QLatin1String("name"), name)
            .member(QLatin1String("cat"), QLatin1String("turn"))
            .member(QLatin1String("ph"), phase)
            .member(QLatin1String("pid"), 1)
            .member(QLatin1String("tid"), int(lane))
            .member(QLatin1String("ts"), double(at - m_origin) / 1000.0);
    }

    void end(std::initializer_list<std::pair<QLatin1String, qint64>> arguments)
    {
        m_json.key(QLatin1String("args")).beginObject();
        for (const auto &[name, value] : arguments)
            m_json.member(name, value);
        m_json.endObject().endObject();
    }

    JsonWriter &m_json;
    const qint64 m_origin;
};

//! The way down, and what Gemini is doing: from each step to the next one.
void writeSteps(ChromeEvents &events, const TurnTrace &trace)
{
    using Events = ChromeEvents;
    const qint64 ended = trace.at(Station::Ended);
    events.span(Events::Connection, QStringLiteral("decode"), trace.at(Station::Received),
                trace.at(Station::Decoded));
    events.span(Events::Conversation, QStringLiteral("wait for the turn"), trace.at(Station::Taken),
                0);
    events.span(Events::Conversation, QStringLiteral("turn %1").arg(trace.identity().turn), 0,
                ended);
    events.span(Events::Answer, QStringLiteral("streamChat"), trace.at(Station::Agent), ended);
    const std::vector<TurnTrace::Step> &steps = trace.steps();
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        const TurnTrace::Step &step = steps[i];
        const qint64 next = steps[i + 1].at;
        if (step.station == Station::Asked)
            events.span(Events::Gemini, QStringLiteral("send the request"), step.at, next,
                        {{QLatin1String("bytes"), step.bytes}});
        else if (step.station == Station::Sent)
            events.span(Events::Gemini, QStringLiteral("wait for Gemini"), step.at, next);
        else if (step.station == Station::Answered)
            events.span(Events::Gemini, QStringLiteral("wait for the first bytes"), step.at, next,
                        {{QLatin1String("status"), step.number}});
        else if (step.station == Station::FirstBytes)
            events.span(Events::Gemini, QStringLiteral("stream"), step.at, next);
        else if (step.station == Station::Retrying)
            events.span(Events::Gemini, QStringLiteral("pause before asking again"), step.at, next,
                        {{QLatin1String("retry"), step.number}});
    }
}

void writeFrames(ChromeEvents &events, const TurnTrace &trace)
{
    using Events = ChromeEvents;
    qint64 free = never; // spans of one lane must not overlap
    for (const TurnTrace::Frame &frame : trace.frames()) {
        const QString name = nameOf(frame.kind) + u' ' + QString::number(frame.seq);
        if (frame.parsed != never)
            events.instant(Events::Gemini, QStringLiteral("event of %1").arg(name), frame.parsed,
                           {{QLatin1String("bytes"), frame.eventBytes}});
        // What waited for the same commit ends together: one lies within the other.
        events.span(Events::Log, QStringLiteral("store %1").arg(name), frame.appended, frame.stored,
                    {{QLatin1String("characters"), frame.characters}});
        if (frame.written == never)
            continue;
        events.span(
            Events::Connection, QStringLiteral("write %1").arg(name), std::max(free, frame.stored),
            frame.lastWritten,
            {{QLatin1String("bytes"), frame.bytes}, {QLatin1String("sockets"), frame.sockets}});
        free = std::max(free, frame.lastWritten);
    }
}

} // namespace

std::chrono::microseconds wallClock()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
}

QByteArray traceListJson(const TraceBook &book)
{
    const TraceBook::Traces &traces = book.traces();
    JsonWriter json(64 + 256 * qsizetype(traces.size()));
    json.beginObject().member(QLatin1String("limit"), qint64(book.maxTurns()));
    json.key(QLatin1String("traces")).beginArray();
    std::for_each(traces.rbegin(), traces.rend(),
                  [&json](const auto &trace) { writeLine(json, *trace); });
    json.endArray().endObject();
    return json.take().toUtf8();
}

QByteArray traceJson(const TurnTrace &trace)
{
    JsonWriter json(512 + 64 * qsizetype(trace.steps().size()) +
                    224 * qsizetype(trace.frames().size()));
    json.beginObject();
    writeHead(json, trace);
    json.key(QLatin1String("steps")).beginArray();
    for (const TurnTrace::Step &step : trace.steps()) {
        json.beginObject()
            .member(QLatin1String("station"), nameOf(step.station))
            .member(QLatin1String("at_ns"), step.at);
        if (step.bytes != 0)
            json.member(QLatin1String("bytes"), step.bytes);
        if (step.number != 0)
            json.member(QLatin1String("number"), step.number);
        json.endObject();
    }
    json.endArray().key(QLatin1String("frames")).beginArray();
    for (const TurnTrace::Frame &frame : trace.frames()) {
        json.beginObject().member(keys::seq, frame.seq).member(keys::type, nameOf(frame.kind));
        writeTime(json, QLatin1String("parsed_ns"), frame.parsed);
        writeTime(json, QLatin1String("appended_ns"), frame.appended);
        writeTime(json, QLatin1String("stored_ns"), frame.stored);
        writeTime(json, QLatin1String("written_ns"), frame.written);
        writeTime(json, QLatin1String("last_written_ns"), frame.lastWritten);
        if (frame.parsed != never)
            json.member(QLatin1String("event_bytes"), frame.eventBytes);
        json.member(QLatin1String("characters"), frame.characters)
            .member(QLatin1String("bytes"), frame.bytes)
            .member(QLatin1String("sockets"), frame.sockets)
            .endObject();
    }
    json.endArray()
        .member(QLatin1String("steps_left_out"), trace.stepsLeftOut())
        .member(QLatin1String("frames_left_out"), trace.framesLeftOut())
        .endObject();
    return json.take().toUtf8();
}

QByteArray chromeTraceJson(const TurnTrace &trace)
{
    JsonWriter json(4096 + 512 * qsizetype(trace.frames().size()));
    json.beginObject().key(QLatin1String("traceEvents")).beginArray();
    ChromeEvents events(json, startOf(trace));
    events.writeNames();
    writeSteps(events, trace);
    writeFrames(events, trace);
    json.endArray()
        .member(QLatin1String("displayTimeUnit"), QLatin1String("ms"))
        .key(QLatin1String("otherData"))
        .beginObject();
    writeHead(json, trace);
    json.member(QLatin1String("frames_left_out"), trace.framesLeftOut()).endObject().endObject();
    return json.take().toUtf8();
}

} // namespace runnel
