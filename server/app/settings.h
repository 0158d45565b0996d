#pragma once

#include "llm/modelprices.h"
#include "protocol/result.h"

#include <QHash>
#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace runnel {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

//! A setting as the command line, the environment and `.env` know it.
struct SettingInfo
{
    QString name; //!< In the environment and in `.env`, e.g. MAX_CONNECTIONS.
    QString flag; //!< On the command line without its dashes, e.g. max-connections; empty: none,
                  //!< for secrets.
    QString description; //!< One sentence; --help and .env.example show it.
    QString fallback;    //!< What holds when it is not set, as one would write it.
    QString valueName;   //!< What stands behind the flag in --help.
};

//! Everything that a server can be told, checked once and immutable from then on.
//! Where a setting is given twice the flag wins, then the environment, then `.env`. An empty value
//! is "not set".
class Settings
{
public:
    //! What each flag, variable and line of `.env` says, by name; later sources are asked first.
    struct Sources
    {
        QHash<QString, QString> flags; //!< By SettingInfo::name.
        QHash<QString, QString> environment;
        QHash<QString, QString> dotenv;
    };

    //! Either the settings or one line that names the setting, what it was and what it may be.
    [[nodiscard]] static Result<Settings, QString> load(const Sources &sources);

    //! All settings there are, in the order of --help and .env.example.
    [[nodiscard]] static const QList<SettingInfo> &all();

    //! The lines `NAME=value` of a `.env` text: comments, blank lines, `export `, and single or
    //! double quotes are understood. A line that is none of these is an error that names its
    //! number.
    [[nodiscard]] static Result<QHash<QString, QString>, QString> parseDotenv(const QString &text);

    //! NAME=value of every setting, with secrets masked; for the log at debug level.
    [[nodiscard]] QStringList describe() const;

    //! Whether answers come from the built-in emulator, because there is no API key.
    [[nodiscard]] bool isDemo() const { return apiKey.isEmpty(); }

    QString host;
    quint16 port = 8000;
    QString apiKey;
    QUrl geminiBaseUrl;
    QList<QSslCertificate> geminiAuthorities; //!< Trusted beside the system's.
    QString geminiApiVersion;
    QString defaultModel;
    QString titleModel; //!< Empty: conversations are named by their first words.
    ModelPrices modelPrices;
    QString agentsDir;   //!< Empty: beside the binary.
    QString frontendDir; //!< Empty: beside the binary.
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;
    bool logContent = false;
    QStringList corsOrigins; //!< Empty: the server's own host and localhost.
    QStringList trustedProxies;
    int maxConnections = 0;
    int maxConnectionsPerAddress = 0;
    qint64 maxMessageBytes = 0;
    qint64 maxHistoryTokens = 0;
    QString databaseUrl;
    bool goOnWithoutStorage = false; //!< STORAGE_FAILURE=continue.
    int maxSessions = 0;
    int maxMemoryMegabytes = 0;
    std::chrono::minutes sessionIdle{0};
    std::chrono::seconds requestTimeout{0};
    int traceTurns = 0; //!< 0: nothing is traced.

private:
    Settings() = default;
};

} // namespace runnel
