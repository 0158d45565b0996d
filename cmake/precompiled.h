// What nearly every unit includes, itself or by Qt's own headers. A source still includes all that
// it uses: the server's image is built without this.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <QByteArray>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QLoggingCategory>
#include <QObject>
#include <QPointer>
#include <QRegularExpression>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QTimer>
#include <QUrl>
#include <QVariant>

// Compiled once, where both modules are known. Qt Creator's code model has no use for that, and
// reads this text with every unit: there it must not stop at a header that the unit's own folders
// do not have.
#if __has_include(<QTcpServer>)
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#endif
#if __has_include(<QWebSocket>)
#include <QWebSocket>
#endif
