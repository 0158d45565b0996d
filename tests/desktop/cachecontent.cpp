#include "cachecontent.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

#include <csignal>

namespace runnel::test {

using namespace Qt::StringLiterals;

const QString server = u"http://localhost:8000"_s;

QByteArray keyOf(int number)
{
    return QByteArray(32, char(number));
}

CachedConversation line(int number, const QString &title)
{
    const QDateTime at =
        QDateTime::fromMSecsSinceEpoch(1'760'000'000'000 + number, QTimeZone::utc());
    return {u"c%1"_s.arg(number),
            title.isNull() ? u"Conversation %1 👩‍👩‍👧"_s.arg(number) : title,
            false,
            at,
            at.addSecs(number),
            number % 50};
}

QList<CachedConversation> lines(int count)
{
    QList<CachedConversation> all;
    for (int i = count; i > 0; --i)
        all.append(line(i));
    return all;
}

CachedSnapshot snapshotOf(int number, qsizetype bytes)
{
    QByteArray content = R"({"type":"snapshot","messages":[{"content":")";
    for (int word = 0; content.size() < bytes; ++word)
        content +=
            "said " + QByteArray::number(quint32((word + 1) * (number + 7919) * 2654435761U));
    return {Seq(number), u"epoch-%1"_s.arg(number), content + R"("}]})"};
}

QByteArray contentOf(const QString &file)
{
    QFile read(file);
    return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
}

void writeContent(const QString &file, const QByteArray &content)
{
    QFile write(file);
    QVERIFY(write.open(QIODevice::WriteOnly));
    QCOMPARE(write.write(content), content.size());
}

QByteArray contentOfAll(const QTemporaryDir &folder)
{
    QByteArray all;
    const QFileInfoList files = QDir(folder.path()).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &file : files)
        all += contentOf(file.filePath());
    return all;
}

DiskOf::DiskOf(qint64 bytes)
    : m_handler(std::signal(SIGXFSZ, SIG_IGN))
{
    ::getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit limit{rlim_t(bytes), m_before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

DiskOf::~DiskOf()
{
    ::setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_handler);
}

bool storeUnsent(ConversationCache &cache, const UnsentItem &item)
{
    QSignalSpy stored(&cache, &ConversationCache::unsentStored);
    return cache.putUnsent(server, item) && (!stored.isEmpty() || stored.wait(20'000));
}

} // namespace runnel::test
