#include "app/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>

namespace runnel {

namespace {

constexpr qint64 envFileMaxBytes = 64 * 1024;

//! A setting as --help shows it: with its environment variable and, where there is one, its
//! default.
QString described(const SettingInfo &info)
{
    const QString fallback =
        info.fallback.isEmpty() ? QString() : QLatin1String(": ") + info.fallback;
    return QStringLiteral("%1 [%2%3]").arg(info.description, info.name, fallback);
}

QString versionText()
{
    return QStringLiteral("runnel-server " RUNNEL_VERSION "\n");
}

Result<QHash<QString, QString>, QString> readEnvFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    auto values = Settings::parseDotenv(QString::fromUtf8(file.read(envFileMaxBytes)));
    if (!values)
        return Failure{QStringLiteral("%1: %2").arg(path, values.error())};
    return values;
}

} // namespace

Result<CommandLine, QString> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Runnel, a self-hosted streaming AI chat.\n"
                       "Every option can also be set by the environment variable in brackets, or "
                       "by a line of .env. The Gemini API key has no option, for those are seen by "
                       "all: it is GOOGLE_API_KEY or GEMINI_API_KEY, there or in .env, or in a "
                       "file. Without one the built-in demo model answers."));
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")},
                      QStringLiteral("Show this help and exit.")});
    parser.addOption({{QStringLiteral("v"), QStringLiteral("version")},
                      QStringLiteral("Show the version and exit.")});
    parser.addOption({QStringLiteral("env-file"), QStringLiteral("Read this file instead of .env."),
                      QStringLiteral("file")});
    parser.addOption({QStringLiteral("health-check"),
                      QStringLiteral("Ask the server that runs with these settings whether it is "
                                     "ready; exit with 0 or 1.")});
    parser.addOption({QStringLiteral("backup"),
                      QStringLiteral("Copy the database to this file, also while the server runs, "
                                     "and exit."),
                      QStringLiteral("file")});
    parser.addOption({QStringLiteral("check-database"),
                      QStringLiteral("Look for damage in the database, and exit with 0 or 1.")});
    for (const SettingInfo &info : Settings::all()) {
        if (!info.flag.isEmpty())
            parser.addOption({info.flag, described(info), info.valueName});
    }
    if (!parser.parse(arguments))
        return Failure{parser.errorText()};
    if (!parser.positionalArguments().isEmpty())
        return Failure{QStringLiteral("Unexpected argument '%1'.")
                           .arg(parser.positionalArguments().constFirst())};

    CommandLine commandLine;
    if (parser.isSet(QStringLiteral("help")))
        commandLine.printAndExit = parser.helpText();
    else if (parser.isSet(QStringLiteral("version")))
        commandLine.printAndExit = versionText();
    commandLine.envFile = parser.value(QStringLiteral("env-file"));
    commandLine.healthCheck = parser.isSet(QStringLiteral("health-check"));
    commandLine.backup = parser.value(QStringLiteral("backup"));
    if (parser.isSet(QStringLiteral("backup")) && commandLine.backup.isEmpty())
        return Failure{
            QStringLiteral("--backup is empty; it is the file to copy the database to.")};
    commandLine.checkDatabase = parser.isSet(QStringLiteral("check-database"));
    for (const SettingInfo &info : Settings::all()) {
        if (!info.flag.isEmpty() && parser.isSet(info.flag))
            commandLine.flags.insert(info.name, parser.value(info.flag));
    }
    return commandLine;
}

Result<Settings, QString> loadSettings(const CommandLine &commandLine)
{
    Settings::Sources sources;
    sources.flags = commandLine.flags;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const SettingInfo &info : Settings::all())
        sources.environment.insert(info.name, environment.value(info.name));

    QString envFile = commandLine.envFile;
    if (envFile.isEmpty() && QFile::exists(QStringLiteral(".env")))
        envFile = QStringLiteral(".env");
    if (!envFile.isEmpty()) {
        auto values = readEnvFile(envFile);
        if (!values)
            return Failure{values.error()};
        sources.dotenv = std::move(*values);
    }
    return Settings::load(sources);
}

} // namespace runnel
