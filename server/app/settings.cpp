#include "app/settings.h"

#include "llm/modelname.h"
#include "net/originpolicy.h"
#include "protocol/limits.h"
#include "storage/openstore.h"

#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>

#include <optional>

namespace runnel {

namespace {

constexpr int secretFileMaxBytes = 4096;

constexpr qint64 certificateFileMaxBytes = qint64(4) * 1024 * 1024;

constexpr char googleHost[] = "generativelanguage.googleapis.com";

//! A conversation holds a million characters (SessionConfig): a message must leave room for more.
constexpr qint64 mostMessageBytes = 512 * 1024;

constexpr int mostTraceTurns = 1000;

//! Reads typed values out of the sources; the first wrong one is kept as the error.
class Reader
{
public:
    explicit Reader(const Settings::Sources &sources)
        : m_sources(sources)
    {}

    [[nodiscard]] const std::optional<QString> &error() const { return m_error; }

    void fail(const QString &line)
    {
        if (!m_error)
            m_error = line;
    }

    //! What was given, or the setting's fallback.
    [[nodiscard]] QString text(QLatin1String name) const
    {
        const QString key(name);
        for (const auto *source : {&m_sources.flags, &m_sources.environment, &m_sources.dotenv}) {
            const QString value = source->value(key).trimmed();
            if (!value.isEmpty())
                return value;
        }
        for (const SettingInfo &info : Settings::all()) {
            if (info.name == name)
                return info.fallback;
        }
        return {};
    }

    qint64 integer(QLatin1String name, qint64 least, qint64 most)
    {
        const QString value = text(name);
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        if (!isNumber || number < least || number > most)
            wrong(name, value, QStringLiteral("a whole number from %1 to %2").arg(least).arg(most));
        return number;
    }

    bool onOff(QLatin1String name)
    {
        const QString value = text(name).toLower();
        const bool on =
            QStringList({QStringLiteral("on"), QStringLiteral("true"), QStringLiteral("1")})
                .contains(value);
        const bool off =
            QStringList({QStringLiteral("off"), QStringLiteral("false"), QStringLiteral("0")})
                .contains(value);
        if (!on && !off)
            wrong(name, value, QStringLiteral("on or off"));
        return on;
    }

    template <typename Enum>
    Enum choice(QLatin1String name, const QList<std::pair<QString, Enum>> &choices)
    {
        const QString value = text(name).toLower();
        QStringList names;
        for (const auto &[wire, chosen] : choices) {
            if (value == wire)
                return chosen;
            names.append(wire);
        }
        wrong(name, value, QStringLiteral("one of ") + names.join(QLatin1String(", ")));
        return choices.first().second;
    }

    QStringList list(QLatin1String name)
    {
        QStringList entries = text(name).split(u',', Qt::SkipEmptyParts);
        for (QString &entry : entries)
            entry = entry.trimmed();
        return entries;
    }

    void wrong(QLatin1String name, const QString &was, const QString &wanted)
    {
        fail(QStringLiteral("%1 is \"%2\"; it may be %3.").arg(name, was.left(100), wanted));
    }

    struct Secret
    {
        QString value;
        QString setting; //!< Where it came from: NAME or NAME_FILE.
    };

    //! A secret from one of the names, or from the file that NAME_FILE names; a flag goes before
    //! the environment, and that before .env, whichever of them it is. Its value never stands in
    //! an error.
    Secret secret(const QStringList &names)
    {
        for (const auto *source : {&m_sources.flags, &m_sources.environment, &m_sources.dotenv}) {
            for (const QString &name : names) {
                if (const QString direct = source->value(name).trimmed(); !direct.isEmpty())
                    return {direct, name};
                const QString fileSetting = name + QLatin1String("_FILE");
                if (const QString path = source->value(fileSetting).trimmed(); !path.isEmpty())
                    return {contentOf(path, fileSetting), fileSetting};
            }
        }
        return {};
    }

    QList<QSslCertificate> certificates(QLatin1String name)
    {
        const QString path = text(name);
        if (path.isEmpty())
            return {};
        QFile file(path);
        QList<QSslCertificate> found;
        if (file.open(QIODevice::ReadOnly))
            found = QSslCertificate::fromData(file.read(certificateFileMaxBytes));
        if (found.isEmpty())
            wrong(name, path, QStringLiteral("a PEM file with a certificate in it"));
        return found;
    }

private:
    QString contentOf(const QString &path, const QString &fileSetting)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            fail(QStringLiteral("%1 is \"%2\"; it may be a file that can be read: %3.")
                     .arg(fileSetting, path, file.errorString()));
            return {};
        }
        const QString key = QString::fromUtf8(file.read(secretFileMaxBytes)).trimmed();
        if (key.isEmpty())
            fail(QStringLiteral(
                     "%1 is \"%2\"; it may be a file with the key in it, but that one is empty.")
                     .arg(fileSetting, path));
        return key;
    }

    const Settings::Sources &m_sources;
    std::optional<QString> m_error;
};

bool isHost(const QString &host)
{
    return host == QLatin1String("localhost") || !QHostAddress(host).isNull();
}

bool isNetwork(const QString &network)
{
    return !QHostAddress(network).isNull() || QHostAddress::parseSubnet(network).second >= 0;
}

//! A key must be fit for a header; anything else is a slip of the hand, such as a line break in the
//! middle.
bool isHeaderSafe(const QString &key)
{
    return std::all_of(key.begin(), key.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

} // namespace

const QList<SettingInfo> &Settings::all()
{
    static const QString number = QStringLiteral("number");
    static const QString directory = QStringLiteral("directory");
    static const QList<SettingInfo> settings{
        {QStringLiteral("HOST"), QStringLiteral("host"),
         QStringLiteral("Address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for all "
                        "who reach it."),
         QStringLiteral("127.0.0.1"), QStringLiteral("address")},
        {QStringLiteral("PORT"), QStringLiteral("port"),
         QStringLiteral("Port to listen on; 0 picks a free one."), QStringLiteral("8000"), number},
        {QStringLiteral("GOOGLE_API_KEY"),
         {},
         QStringLiteral("The Gemini API key. Without one the built-in demo model answers."),
         {},
         {}},
        {QStringLiteral("GEMINI_API_KEY"),
         {},
         QStringLiteral("Another name of GOOGLE_API_KEY, which wins."),
         {},
         {}},
        {QStringLiteral("GOOGLE_API_KEY_FILE"),
         QStringLiteral("google-api-key-file"),
         QStringLiteral("A file that holds the key, such as a mounted secret."),
         {},
         QStringLiteral("file")},
        {QStringLiteral("GEMINI_API_KEY_FILE"),
         QStringLiteral("gemini-api-key-file"),
         QStringLiteral("Another name of GOOGLE_API_KEY_FILE, which wins."),
         {},
         QStringLiteral("file")},
        {QStringLiteral("GOOGLE_GEMINI_BASE_URL"), QStringLiteral("google-gemini-base-url"),
         QStringLiteral("Where Gemini is: a proxy, or runnel-emulator."),
         QLatin1String("https://") + QLatin1String(googleHost), QStringLiteral("url")},
        {QStringLiteral("GEMINI_CA_FILE"),
         QStringLiteral("gemini-ca-file"),
         QStringLiteral("A PEM file of certificates to trust beside the system's: of a network or "
                        "a proxy with an authority of its own."),
         {},
         QStringLiteral("file")},
        {QStringLiteral("GEMINI_API_VERSION"), QStringLiteral("gemini-api-version"),
         QStringLiteral("Version of the Gemini API."), QStringLiteral("v1beta"),
         QStringLiteral("version")},
        {QStringLiteral("DEFAULT_MODEL"), QStringLiteral("default-model"),
         QStringLiteral("Model of the agents that name none."),
         QStringLiteral("gemini-flash-latest"), QStringLiteral("model")},
        {QStringLiteral("TITLE_MODEL"),
         QStringLiteral("title-model"),
         QStringLiteral(
             "Model that names conversations after their first answer; not set: they are "
             "named by their first words."),
         {},
         QStringLiteral("model")},
        {QStringLiteral("MODEL_PRICES"),
         QStringLiteral("model-prices"),
         QStringLiteral("What a million tokens cost in US dollars, as model=in/out or "
                        "model=in/out/cached, with commas between; answers then say their cost."),
         {},
         QStringLiteral("prices")},
        {QStringLiteral("AGENTS_DIR"),
         QStringLiteral("agents-dir"),
         QStringLiteral("Folder of the agents' YAML files; found beside the binary when not set."),
         {},
         directory},
        {QStringLiteral("FRONTEND_DIR"),
         QStringLiteral("frontend-dir"),
         QStringLiteral("Folder of the page; found beside the binary when not set."),
         {},
         directory},
        {QStringLiteral("LOG_LEVEL"), QStringLiteral("log-level"),
         QStringLiteral("The least that is logged: debug, info, warning or error."),
         QStringLiteral("info"), QStringLiteral("level")},
        {QStringLiteral("LOG_FORMAT"), QStringLiteral("log-format"),
         QStringLiteral("Form of the log lines: text or json."), QStringLiteral("text"),
         QStringLiteral("format")},
        {QStringLiteral("LOG_CONTENT"), QStringLiteral("log-content"),
         QStringLiteral("on writes the first 50 characters of messages and answers into the log; "
                        "off their lengths."),
         QStringLiteral("off"), QStringLiteral("on|off")},
        {QStringLiteral("CORS_ORIGINS"),
         QStringLiteral("cors-origins"),
         QStringLiteral("Origins whose pages may connect, with commas between; not set: the "
                        "server's own host and "
                        "localhost."),
         {},
         QStringLiteral("origins")},
        {QStringLiteral("TRUSTED_PROXIES"), QStringLiteral("trusted-proxies"),
         QStringLiteral("Addresses or networks of proxies whose X-Forwarded-For is believed, with "
                        "commas between."),
         QStringLiteral("127.0.0.0/8,::1"), QStringLiteral("networks")},
        {QStringLiteral("MAX_CONNECTIONS"), QStringLiteral("max-connections"),
         QStringLiteral("Most connections at once."), QStringLiteral("12000"), number},
        {QStringLiteral("MAX_CONNECTIONS_PER_ADDRESS"),
         QStringLiteral("max-connections-per-address"),
         QStringLiteral("Most connections at once from one address."), QStringLiteral("200"),
         number},
        {QStringLiteral("MAX_MESSAGE_BYTES"), QStringLiteral("max-message-bytes"),
         QStringLiteral("Longest message that a person may send, in bytes of UTF-8."),
         QString::number(limits::messageBytes), number},
        {QStringLiteral("MAX_HISTORY_TOKENS"), QStringLiteral("max-history-tokens"),
         QStringLiteral(
             "About how much of a conversation the model is sent; older turns are left out whole."),
         QStringLiteral("100000"), number},
        {QStringLiteral("DATABASE_URL"), QStringLiteral("database-url"),
         QStringLiteral(
             "Where conversations are kept: sqlite:FILE, the file relative to the "
             "working folder, or \"memory:\" (with its colon), which keeps them for as long "
             "as the server runs."),
         QStringLiteral("sqlite:data/runnel.db"), QStringLiteral("url")},
        {QStringLiteral("STORAGE_FAILURE"), QStringLiteral("storage-failure"),
         QStringLiteral("When nothing can be stored: refuse takes nothing new, continue goes on in "
                        "memory and stores it later."),
         QStringLiteral("refuse"), QStringLiteral("refuse|continue")},
        {QStringLiteral("MAX_SESSIONS"), QStringLiteral("max-sessions"),
         QStringLiteral(
             "Most conversations kept in memory; beyond, the one left alone for the longest goes."),
         QStringLiteral("20000"), number},
        {QStringLiteral("MAX_CONVERSATION_MEMORY_MB"), QStringLiteral("max-conversation-memory-mb"),
         QStringLiteral("Most memory for all conversations together, in MB; beyond, the one left "
                        "alone for the longest goes."),
         QStringLiteral("512"), number},
        {QStringLiteral("SESSION_IDLE_MINUTES"), QStringLiteral("session-idle-minutes"),
         QStringLiteral("How long a conversation that nobody has open stays in memory."),
         QStringLiteral("720"), number},
        {QStringLiteral("REQUEST_TIMEOUT"), QStringLiteral("request-timeout"),
         QStringLiteral("Seconds that Gemini may be silent before the answer is given up."),
         QStringLiteral("120"), number},
        {QStringLiteral("TRACE_TURNS"), QStringLiteral("trace-turns"),
         QStringLiteral(
             "Of how many turns it is remembered what happened when, for the page /trace; "
             "0 of none."),
         QStringLiteral("0"), number},
    };
    return settings;
}

Result<Settings, QString> Settings::load(const Sources &sources)
{
    using L = QLatin1String;
    Reader in(sources);
    Settings s;

    s.host = in.text(L("HOST"));
    if (!isHost(s.host))
        in.wrong(L("HOST"), s.host,
                 QStringLiteral("an IP address such as 127.0.0.1, 0.0.0.0 or ::1, or localhost"));
    s.port = quint16(in.integer(L("PORT"), 0, 65535));

    const Reader::Secret key =
        in.secret({QStringLiteral("GOOGLE_API_KEY"), QStringLiteral("GEMINI_API_KEY")});
    if (!isHeaderSafe(key.value))
        in.fail(QStringLiteral(
                    "%1 has a blank or a character in it that no key has; copy the key again.")
                    .arg(key.setting));
    s.apiKey = key.value;

    static const QRegularExpression credentials(QStringLiteral("[^/@]*@"));
    const QString baseUrl = in.text(L("GOOGLE_GEMINI_BASE_URL"));
    s.geminiBaseUrl = QUrl(baseUrl, QUrl::StrictMode);
    const bool isWeb =
        s.geminiBaseUrl.scheme() == L("https") || s.geminiBaseUrl.scheme() == L("http");
    if (!s.geminiBaseUrl.isValid() || !isWeb || s.geminiBaseUrl.host().isEmpty())
        in.wrong(L("GOOGLE_GEMINI_BASE_URL"), QString(baseUrl).remove(credentials),
                 QStringLiteral("a URL such as https://generativelanguage.googleapis.com"));
    s.geminiAuthorities = in.certificates(L("GEMINI_CA_FILE"));
    s.geminiApiVersion = in.text(L("GEMINI_API_VERSION"));
    static const QRegularExpression version(QStringLiteral("^v[0-9][a-z0-9]{0,15}$"));
    if (!version.match(s.geminiApiVersion).hasMatch())
        in.wrong(L("GEMINI_API_VERSION"), s.geminiApiVersion,
                 QStringLiteral("a version such as v1beta or v1"));
    s.defaultModel = in.text(L("DEFAULT_MODEL"));
    if (!isModelName(s.defaultModel))
        in.wrong(L("DEFAULT_MODEL"), s.defaultModel,
                 QStringLiteral("the name of a model such as gemini-flash-latest"));
    s.titleModel = in.text(L("TITLE_MODEL"));
    if (!s.titleModel.isEmpty() && !isModelName(s.titleModel))
        in.wrong(L("TITLE_MODEL"), s.titleModel,
                 QStringLiteral("the name of a model such as gemini-flash-lite-latest"));
    const QString modelPrices = in.text(L("MODEL_PRICES"));
    if (auto prices = ModelPrices::parse(modelPrices))
        s.modelPrices = *std::move(prices);
    else
        in.wrong(L("MODEL_PRICES"), prices.error(),
                 QStringLiteral("model=in/out or model=in/out/cached, with commas between, such as "
                                "gemini-flash-latest=1.5/7.5/0.15"));
    if (s.apiKey.isEmpty() && s.geminiBaseUrl.host() != QLatin1String(googleHost))
        in.fail(QStringLiteral("GOOGLE_API_KEY is not set, but GOOGLE_GEMINI_BASE_URL is; set "
                               "both, or neither for the demo."));

    s.agentsDir = in.text(L("AGENTS_DIR"));
    s.frontendDir = in.text(L("FRONTEND_DIR"));
    if (!s.frontendDir.isEmpty() && !QFile::exists(s.frontendDir + QLatin1String("/index.html")))
        in.wrong(L("FRONTEND_DIR"), s.frontendDir,
                 QStringLiteral("the folder of a built page, with index.html in it"));
    s.logLevel =
        in.choice<LogLevel>(L("LOG_LEVEL"), {{QStringLiteral("debug"), LogLevel::Debug},
                                             {QStringLiteral("info"), LogLevel::Info},
                                             {QStringLiteral("warning"), LogLevel::Warning},
                                             {QStringLiteral("error"), LogLevel::Error}});
    s.logFormat =
        in.choice<LogFormat>(L("LOG_FORMAT"), {{QStringLiteral("text"), LogFormat::Text},
                                               {QStringLiteral("json"), LogFormat::Json}});
    s.logContent = in.onOff(L("LOG_CONTENT"));

    s.corsOrigins = in.list(L("CORS_ORIGINS"));
    for (const QString &origin : std::as_const(s.corsOrigins)) {
        if (OriginPolicy::problemOf(origin))
            in.wrong(L("CORS_ORIGINS"), origin,
                     QStringLiteral(
                         "origins such as https://chat.example.org, with commas between, or *"));
    }
    s.trustedProxies = in.list(L("TRUSTED_PROXIES"));
    for (const QString &network : std::as_const(s.trustedProxies)) {
        if (!isNetwork(network))
            in.wrong(
                L("TRUSTED_PROXIES"), network,
                QStringLiteral("addresses or networks such as 10.0.0.0/8, with commas between"));
    }

    s.maxConnections = int(in.integer(L("MAX_CONNECTIONS"), 1, 1'000'000));
    s.maxConnectionsPerAddress = int(in.integer(L("MAX_CONNECTIONS_PER_ADDRESS"), 1, 1'000'000));
    s.maxMessageBytes = in.integer(L("MAX_MESSAGE_BYTES"), 1, mostMessageBytes);
    s.maxHistoryTokens = in.integer(L("MAX_HISTORY_TOKENS"), 1, 100'000'000);
    s.databaseUrl = in.text(L("DATABASE_URL"));
    if (!isStoreUrl(s.databaseUrl))
        in.wrong(
            L("DATABASE_URL"), s.databaseUrl,
            QStringLiteral(
                "sqlite: and a file, such as sqlite:data/runnel.db, or memory: with its colon"));
    s.goOnWithoutStorage =
        in.choice<bool>(L("STORAGE_FAILURE"),
                        {{QStringLiteral("refuse"), false}, {QStringLiteral("continue"), true}});
    s.maxSessions = int(in.integer(L("MAX_SESSIONS"), 1, 1'000'000));
    s.maxMemoryMegabytes = int(in.integer(L("MAX_CONVERSATION_MEMORY_MB"), 1, 1'000'000));
    s.sessionIdle = std::chrono::minutes(in.integer(L("SESSION_IDLE_MINUTES"), 1, 60 * 24 * 365));
    s.requestTimeout = std::chrono::seconds(in.integer(L("REQUEST_TIMEOUT"), 1, 3600));
    s.traceTurns = int(in.integer(L("TRACE_TURNS"), 0, mostTraceTurns));

    if (in.error())
        return Failure{*in.error()};
    return s;
}

Result<QHash<QString, QString>, QString> Settings::parseDotenv(const QString &text)
{
    static const QRegularExpression line(
        QStringLiteral(R"(^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$)"));
    static const QRegularExpression comment(QStringLiteral(R"(\s+#.*$)"));
    QHash<QString, QString> values;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString trimmed = lines[i].trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(u'#'))
            continue;
        const QRegularExpressionMatch match = line.match(trimmed);
        if (!match.hasMatch()) // never quote the line: it may hold a key
            return Failure{QStringLiteral("line %1 is not NAME=value").arg(i + 1)};
        QString value = match.captured(2);
        const QChar quote = value.isEmpty() ? QChar() : value.front();
        if ((quote == u'"' || quote == u'\'')) {
            const qsizetype end = value.indexOf(quote, 1);
            if (end < 0)
                return Failure{
                    QStringLiteral("line %1 has an opening quote and no closing one").arg(i + 1)};
            value = value.sliced(1, end - 1);
        } else {
            value.remove(comment);
        }
        values.insert(match.captured(1), value);
    }
    return values;
}

QStringList Settings::describe() const
{
    return {QStringLiteral("HOST=%1").arg(host),
            QStringLiteral("PORT=%1").arg(port),
            QStringLiteral("GOOGLE_API_KEY=%1")
                .arg(apiKey.isEmpty() ? QLatin1String("(not set)") : QLatin1String("(set)")),
            QStringLiteral("GOOGLE_GEMINI_BASE_URL=%1")
                .arg(geminiBaseUrl.toString(QUrl::RemoveUserInfo)),
            QStringLiteral("GEMINI_API_VERSION=%1").arg(geminiApiVersion),
            QStringLiteral("DEFAULT_MODEL=%1").arg(defaultModel),
            QStringLiteral("TITLE_MODEL=%1").arg(titleModel),
            QStringLiteral("MODEL_PRICES=%1").arg(modelPrices.text()),
            QStringLiteral("CORS_ORIGINS=%1").arg(corsOrigins.join(u',')),
            QStringLiteral("TRUSTED_PROXIES=%1").arg(trustedProxies.join(u',')),
            QStringLiteral("MAX_CONNECTIONS=%1").arg(maxConnections),
            QStringLiteral("MAX_CONNECTIONS_PER_ADDRESS=%1").arg(maxConnectionsPerAddress),
            QStringLiteral("MAX_MESSAGE_BYTES=%1").arg(maxMessageBytes),
            QStringLiteral("MAX_HISTORY_TOKENS=%1").arg(maxHistoryTokens),
            QStringLiteral("DATABASE_URL=%1").arg(databaseUrl),
            QStringLiteral("STORAGE_FAILURE=%1")
                .arg(goOnWithoutStorage ? QLatin1String("continue") : QLatin1String("refuse")),
            QStringLiteral("MAX_SESSIONS=%1").arg(maxSessions),
            QStringLiteral("MAX_CONVERSATION_MEMORY_MB=%1").arg(maxMemoryMegabytes),
            QStringLiteral("SESSION_IDLE_MINUTES=%1").arg(sessionIdle.count()),
            QStringLiteral("REQUEST_TIMEOUT=%1").arg(requestTimeout.count()),
            QStringLiteral("TRACE_TURNS=%1").arg(traceTurns)};
}

} // namespace runnel
