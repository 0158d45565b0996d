#include "app/logging.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <cstdio>

namespace runnel {

namespace {

// Qt's message handler is a plain function: its form has to be kept beside it.
LogFormat logFormat = LogFormat::Text;

QLatin1String levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return QLatin1String("debug");
    case QtInfoMsg:
        return QLatin1String("info");
    case QtWarningMsg:
        return QLatin1String("warning");
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return QLatin1String("error");
}

QString withoutControls(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        if (c >= u' ' && c != u'\x7f')
            clean.append(c);
        else
            clean.append(QStringLiteral("\\x%1").arg(uint(c.unicode()), 2, 16, QLatin1Char('0')));
    }
    return clean;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString at = formatTimestamp(QDateTime::currentDateTimeUtc());
    QString category = QString::fromLatin1(context.category);
    if (category.startsWith(QLatin1String("runnel.")))
        category = category.sliced(7);
    QString line;
    if (logFormat == LogFormat::Json) {
        JsonWriter json(128 + message.size());
        json.beginObject()
            .member(QLatin1String("at"), at)
            .member(QLatin1String("level"), levelName(type))
            .member(QLatin1String("category"), category)
            .member(QLatin1String("message"), message)
            .endObject();
        line = json.take();
    } else {
        line = at + u' ' + levelName(type) + u' ' + category + u' ' + withoutControls(message);
    }
    const QByteArray bytes = (line + u'\n').toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
}

} // namespace

void installLogging(LogLevel level, LogFormat format)
{
    logFormat = format;
    // Rules, not a check in the handler: a message that is not wanted is then not even formatted.
    QStringList rules;
    const auto off = [&rules](QLatin1String kind) {
        rules.append(QStringLiteral("*.%1=false").arg(kind));
    };
    rules.append(QStringLiteral("runnel.*.debug=%1")
                     .arg(QLatin1String(level == LogLevel::Debug ? "true" : "false")));
    if (level >= LogLevel::Info)
        off(QLatin1String("debug"));
    if (level >= LogLevel::Warning)
        off(QLatin1String("info"));
    if (level >= LogLevel::Error)
        off(QLatin1String("warning"));
    QLoggingCategory::setFilterRules(rules.join(u'\n'));
    qInstallMessageHandler(writeLine);
}

} // namespace runnel
