#include "app/commandline.h"
#include "app/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsHold()
    {
        const auto settings = Settings::load({});
        QVERIFY2(bool(settings), qPrintable(settings ? QString() : settings.error()));
        QCOMPARE(settings->host, u"127.0.0.1"_s);
        QCOMPARE(settings->port, quint16(8000));
        QCOMPARE(settings->defaultModel, u"gemini-flash-latest"_s);
        QCOMPARE(settings->geminiApiVersion, u"v1beta"_s);
        QVERIFY(settings->isDemo());
        QVERIFY(settings->corsOrigins.isEmpty());
    }

    void flagBeatsEnvironmentBeatsDotenv()
    {
        Settings::Sources sources;
        sources.dotenv = {
            {u"PORT"_s, u"1001"_s}, {u"HOST"_s, u"::1"_s}, {u"LOG_LEVEL"_s, u"debug"_s}};
        sources.environment = {
            {u"PORT"_s, u"1002"_s}, {u"HOST"_s, u"0.0.0.0"_s}, {u"LOG_LEVEL"_s, QString()}};
        sources.flags = {{u"PORT"_s, u"1003"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(bool(settings));
        QCOMPARE(settings->port, quint16(1003));
        QCOMPARE(settings->host, u"0.0.0.0"_s);
        QCOMPARE(settings->logLevel, LogLevel::Debug); // an empty variable is not set
    }

    void wrongValueNamesSettingValueAndWhatItMayBe_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *title, const QString &name, const QString &value,
                            const QString &wanted) {
            QTest::newRow(title) << name << value << wanted;
        };
        row("a port that is a word", u"PORT"_s, u"http"_s, u"0 to 65535"_s);
        row("a port that is too high", u"PORT"_s, u"65536"_s, u"0 to 65535"_s);
        row("a host that is no address", u"HOST"_s, u"all"_s, u"127.0.0.1"_s);
        row("a base URL without a scheme", u"GOOGLE_GEMINI_BASE_URL"_s, u"gemini.example"_s,
            u"https://"_s);
        row("a version with a path in it", u"GEMINI_API_VERSION"_s, u"v1/../x"_s, u"v1beta"_s);
        row("a title's model with a slash", u"TITLE_MODEL"_s, u"x/y"_s,
            u"gemini-flash-lite-latest"_s);
        row("a model with a slash", u"DEFAULT_MODEL"_s, u"models/x/y"_s, u"gemini-flash-latest"_s);
        row("prices without a model", u"MODEL_PRICES"_s, u"1.5/7.5"_s, u"model=in/out"_s);
        row("a price for the prompt alone", u"MODEL_PRICES"_s, u"g=1.5"_s, u"model=in/out"_s);
        row("a price below nothing", u"MODEL_PRICES"_s, u"h=1/-2"_s, u"model=in/out"_s);
        row("a price that is no number", u"MODEL_PRICES"_s, u"g=1/nan"_s, u"model=in/out"_s);
        row("four prices", u"MODEL_PRICES"_s, u"g=1/2/3/4"_s, u"model=in/out"_s);
        row("a log level of another system", u"LOG_LEVEL"_s, u"trace"_s,
            u"debug, info, warning, error"_s);
        row("a log format of another system", u"LOG_FORMAT"_s, u"xml"_s, u"text, json"_s);
        row("a switch that is neither", u"LOG_CONTENT"_s, u"maybe"_s, u"on or off"_s);
        row("an origin with a path", u"CORS_ORIGINS"_s, u"https://a.example/x"_s,
            u"https://chat.example.org"_s);
        row("an origin without a scheme", u"CORS_ORIGINS"_s, u"a.example"_s,
            u"https://chat.example.org"_s);
        row("a proxy that is a name", u"TRUSTED_PROXIES"_s, u"proxy"_s, u"10.0.0.0/8"_s);
        row("no connections at all", u"MAX_CONNECTIONS"_s, u"0"_s, u"1 to"_s);
        row("a negative bound", u"MAX_MESSAGE_BYTES"_s, u"-1"_s, u"1 to"_s);
        row("a message longer than a conversation", u"MAX_MESSAGE_BYTES"_s, u"524289"_s,
            u"1 to 524288"_s);
        row("a page that is not there", u"FRONTEND_DIR"_s, u"/nonexistent"_s, u"index.html"_s);
        row("certificates that are not there", u"GEMINI_CA_FILE"_s, u"/nonexistent"_s, u"PEM"_s);
        row("certificates that are none", u"GEMINI_CA_FILE"_s, u"/etc/hostname"_s, u"PEM"_s);
        row("a number with a unit", u"REQUEST_TIMEOUT"_s, u"30s"_s, u"1 to 3600"_s);
        row("traces of too many turns", u"TRACE_TURNS"_s, u"1001"_s, u"0 to 1000"_s);
    }
    void wrongValueNamesSettingValueAndWhatItMayBe()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, wanted);
        Settings::Sources sources;
        sources.environment = {{name, value}, {u"GOOGLE_API_KEY"_s, u"key"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(!settings);
        QVERIFY2(settings.error().contains(name), qPrintable(settings.error()));
        QVERIFY2(settings.error().contains(value), qPrintable(settings.error()));
        QVERIFY2(settings.error().contains(wanted), qPrintable(settings.error()));
        QVERIFY(!settings.error().contains(u'\n'));
    }

    void keyComesFromEitherNameOrAFile()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"key"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from-file\n");
        file.close();

        const auto keyOf = [](const QHash<QString, QString> &environment) {
            Settings::Sources sources;
            sources.environment = environment;
            const auto settings = Settings::load(sources);
            return settings ? settings->apiKey : u"error: "_s + settings.error();
        };
        QCOMPARE(keyOf({{u"GEMINI_API_KEY"_s, u"a"_s}}), u"a"_s);
        QCOMPARE(keyOf({{u"GEMINI_API_KEY"_s, u"a"_s}, {u"GOOGLE_API_KEY"_s, u"b"_s}}), u"b"_s);
        QCOMPARE(keyOf({{u"GOOGLE_API_KEY_FILE"_s, path}}), u"from-file"_s);
        QCOMPARE(keyOf({{u"GEMINI_API_KEY_FILE"_s, path}}), u"from-file"_s);
        QVERIFY(keyOf({{u"GOOGLE_API_KEY_FILE"_s, dir.filePath(u"none"_s)}})
                    .startsWith(u"error: GOOGLE_API_KEY_FILE"));
    }

    void flagOfAKeyFileGoesBeforeAKeyInTheEnvironment()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"key"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from-file");
        file.close();
        Settings::Sources sources;
        sources.flags = {{u"GOOGLE_API_KEY_FILE"_s, path}};
        sources.environment = {{u"GOOGLE_API_KEY"_s, u"old"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(settings);
        QCOMPARE(settings->apiKey, u"from-file"_s);
    }

    void keyInTheEnvironmentGoesBeforeOneInTheFileByWhicheverName()
    {
        Settings::Sources sources;
        sources.environment = {{u"GEMINI_API_KEY"_s, u"new"_s}};
        sources.dotenv = {{u"GOOGLE_API_KEY"_s, u"old"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(settings);
        QCOMPARE(settings->apiKey, u"new"_s);
    }

    void brokenKeyIsToldByTheNameOfItsSetting()
    {
        Settings::Sources sources;
        sources.environment = {{u"GEMINI_API_KEY"_s, u"a b"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(!settings);
        QVERIFY2(settings.error().startsWith(u"GEMINI_API_KEY has"_s),
                 qPrintable(settings.error()));
    }

    void keyNeverStandsInAnErrorOrInADescription()
    {
        Settings::Sources sources;
        sources.environment = {{u"GOOGLE_API_KEY"_s, u"AIza secret"_s}};
        const auto broken = Settings::load(sources);
        QVERIFY(!broken);
        QVERIFY(broken.error().contains(u"GOOGLE_API_KEY"));
        QVERIFY(!broken.error().contains(u"AIza"));

        sources.environment = {{u"GOOGLE_API_KEY"_s, u"AIzaSecret"_s}};
        const auto good = Settings::load(sources);
        QVERIFY(bool(good));
        QVERIFY(!good->describe().join(u'\n').contains(u"AIzaSecret"));

        const auto dotenv = Settings::parseDotenv(u"GOOGLE_API_KEY AIzaSecret"_s);
        QVERIFY(!dotenv);
        QVERIFY(!dotenv.error().contains(u"AIza"));
    }

    void baseUrlWithoutAKeyIsRefused()
    {
        Settings::Sources sources;
        sources.environment = {{u"GOOGLE_GEMINI_BASE_URL"_s, u"http://127.0.0.1:9"_s}};
        const auto settings = Settings::load(sources);
        QVERIFY(!settings);
        QVERIFY(settings.error().contains(u"GOOGLE_API_KEY"));
    }

    void dotenvIsRead()
    {
        const auto values =
            Settings::parseDotenv(u"# comment\n\nPORT=1 # trailing\nexport HOST = ::1 \r\n"
                                  "A=\"with # hash\"\nB='single'\nEMPTY=\n"_s);
        QVERIFY(bool(values));
        const QHash<QString, QString> wanted{{u"PORT"_s, u"1"_s},
                                             {u"HOST"_s, u"::1"_s},
                                             {u"A"_s, u"with # hash"_s},
                                             {u"B"_s, u"single"_s},
                                             {u"EMPTY"_s, QString()}};
        QCOMPARE(*values, wanted);
        QCOMPARE(Settings::parseDotenv(u"PORT=1\nnonsense"_s).error(),
                 u"line 2 is not NAME=value"_s);
        QVERIFY(Settings::parseDotenv(u"A=\"open"_s).error().contains(u"line 1"));
    }

    void commandLineIsRead()
    {
        const auto line =
            parseCommandLine({u"runnel-server"_s, u"--port"_s, u"9"_s, u"--host=::1"_s});
        QVERIFY(bool(line));
        QCOMPARE(line->flags.value(u"PORT"_s), u"9"_s);
        QCOMPARE(line->flags.value(u"HOST"_s), u"::1"_s);
        QVERIFY(!parseCommandLine({u"runnel-server"_s, u"--prot"_s, u"9"_s}));
        QVERIFY(!parseCommandLine({u"runnel-server"_s, u"extra"_s}));
        QVERIFY(parseCommandLine({u"runnel-server"_s, u"--version"_s})
                    ->printAndExit->contains(QStringLiteral(RUNNEL_VERSION)));
        const QString help = *parseCommandLine({u"runnel-server"_s, u"--help"_s})->printAndExit;
        for (const SettingInfo &info : Settings::all())
            QVERIFY2(info.flag.isEmpty() || help.contains(u"--"_s + info.flag),
                     qPrintable(info.name));
    }

    //! .env.example lists every setting, with its sentence and its default, and nothing else.
    void envExampleIsComplete()
    {
        QString wanted = u"# Copy this file to .env and take the # off what you want to set. Flags "
                         u"and environment\n"
                         "# variables win over it.\n"_s;
        for (const SettingInfo &info : Settings::all())
            wanted +=
                u"\n# "_s + info.description + u"\n#"_s + info.name + u'=' + info.fallback + u'\n';
        QFile file(QStringLiteral(RUNNEL_SOURCE_DIR "/.env.example"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        if (QString::fromUtf8(file.readAll()) != wanted) {
            QFile right(QStringLiteral(RUNNEL_BINARY_DIR "/env.example"));
            QVERIFY(right.open(QIODevice::WriteOnly));
            right.write(wanted.toUtf8());
            QFAIL(qPrintable(u".env.example should be as "_s + right.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
