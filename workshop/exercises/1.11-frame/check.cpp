// links: runnel_client

#include "client/sessionview.h"
#include "lib/exercise.h"
#include "protocol/codec.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace runnel;
using namespace runnel::exercise;
using namespace Qt::StringLiterals;

namespace {

const QString sentence = u"Down on Sunday: \"new disks\", \u00bd hour."_s;

void checkCodec()
{
    const QString encoder = u"shared/protocol/encode.cpp"_s;
    const QString decoder = u"shared/protocol/decode.cpp, the table serverFrameReaders"_s;
    during(u"while a notice is encoded and decoded"_s, encoder);
    const ServerFrame notice = Notice{0, sentence};
    const QString wire = encode(notice);
    const QJsonObject object = QJsonDocument::fromJson(wire.toUtf8()).object();
    expect(
        object == QJsonObject{{u"type"_s, u"notice"_s}, {u"text"_s, sentence}},
        u"Encoded, a notice is %1."_s.arg(wire),
        u"Encoded, a notice is \"%1\" and is to be an object with the type \"notice\" and the text."_s
            .arg(wire),
        encoder + u", encodeV1()"_s);
    expect(typeOf(notice) == "notice"_L1, u"Its type has the name notice."_s,
           u"typeOf() says \"%1\" of it."_s.arg(typeOf(notice)), encoder);
    expect(encode(notice, Dialect::V0).isNull(), u"The dialect v0 has no word for it."_s,
           u"The dialect v0 has no word for it, and gets one."_s, encoder);
    const auto decoded = decodeServerFrame(QString::fromUtf8(
        QJsonDocument(QJsonObject{{u"type"_s, u"notice"_s}, {u"text"_s, sentence}}).toJson()));
    expect(
        decoded && *decoded == notice, u"Decoded, it is the same again."_s,
        !decoded ? u"It cannot be decoded: %1"_s.arg(decoded.error().text)
        : std::holds_alternative<UnknownFrame>(*decoded)
            ? u"Decoded, it comes out as a frame of an unknown type. This the compiler does not see."_s
            : u"Decoded, it is another one."_s,
        decoder);
    expect(!decodeServerFrame(u"{\"type\":\"notice\"}"_s), u"One without a text is refused."_s,
           u"One without a text is taken."_s, decoder);
}

QString noticeIn(const Changes &changes)
{
    for (const Change &each : changes) {
        if (const auto *noticed = std::get_if<change::Noticed>(&each))
            return noticed->text;
    }
    return {};
}

void checkView()
{
    const QString look = u"shared/client/sessionview.cpp"_s;
    during(u"while a view is told a notice"_s, look);
    SessionView view;
    const QString told = noticeIn(view.apply(Notice{0, sentence}));
    expect(told == sentence, u"The window is told: the view answers with change::Noticed."_s,
           u"The view answers a notice with \"%1\", and is to answer with change::Noticed."_s.arg(
               told),
           look + u", and at sessionchange.h"_s);
    expect(
        view.apply(Notice{0, sentence}).isEmpty(), u"Who comes back is not told the same again."_s,
        u"A window whose connection was lost and has come back shows the same notice once more."_s,
        look);
    expect(noticeIn(view.apply(Notice{0, u"Up again."_s})) == u"Up again."_s,
           u"Another one is told."_s, u"After one notice another one is not told."_s, look);
}

} // namespace

int main()
{
    endWithin(20);
    checkCodec();
    checkView();
    return result();
}
