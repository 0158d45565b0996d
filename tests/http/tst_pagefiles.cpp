#include "http/apidocuments.h"
#include "http/pagefiles.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;

namespace {

void put(const QString &fileName, const QByteArray &content)
{
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestPageFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        const QDir dir(m_dir->path());
        QVERIFY(dir.mkpath(QStringLiteral("page/js")) &&
                dir.mkpath(QStringLiteral("page/vendor/x")) &&
                dir.mkpath(QStringLiteral("sources")));
        put(dir.filePath(QStringLiteral("page/index.html")), "<!doctype html>");
        put(dir.filePath(QStringLiteral("page/js/app.js")), "run()");
        put(dir.filePath(QStringLiteral("page/vendor/x/lib.mjs")), "lib()");
        put(dir.filePath(QStringLiteral("page/.hidden")), "secret");
        put(dir.filePath(QStringLiteral("sources/style.css")), "a{}");
        put(dir.filePath(QStringLiteral("outside.txt")), "outside");
        QVERIFY(QFile::link(dir.filePath(QStringLiteral("sources")),
                            dir.filePath(QStringLiteral("page/css"))));
    }

    void filesAreFoundByTheirPath_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("mimeType");
        QTest::addColumn<QByteArray>("caching");
        QTest::newRow("the page by its short name")
            << QStringLiteral("/") << QByteArray("<!doctype html>")
            << QByteArray("text/html; charset=utf-8") << QByteArray("no-cache");
        QTest::newRow("a script of our own")
            << QStringLiteral("/js/app.js") << QByteArray("run()")
            << QByteArray("text/javascript; charset=utf-8") << QByteArray("no-cache");
        QTest::newRow("a file behind a link to a folder")
            << QStringLiteral("/css/style.css") << QByteArray("a{}")
            << QByteArray("text/css; charset=utf-8") << QByteArray("no-cache");
        QTest::newRow("a library")
            << QStringLiteral("/vendor/x/lib.mjs") << QByteArray("lib()")
            << QByteArray("text/javascript; charset=utf-8") << QByteArray("public, max-age=86400");
    }
    void filesAreFoundByTheirPath()
    {
        QFETCH(QString, path);
        PageFiles files(pageDir());
        const PageFile *file = files.find(path);
        QVERIFY(file);
        QTEST(file->content, "content");
        QTEST(file->mimeType, "mimeType");
        QTEST(file->cacheControl, "caching");
        QVERIFY(file->etag.startsWith('"') && file->etag.endsWith('"'));
    }

    void nothingElseIsThere_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"/../outside.txt", "/js/../../outside.txt", "/js/../index.html", "//index.html",
              "/js", "/js/", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/.hidden", "index.html",
              "", "/index.html/", "/etc/passwd", "/css/../../outside.txt"})
            QTest::newRow(*path ? path : "nothing") << QString::fromLatin1(path);
    }
    void nothingElseIsThere()
    {
        QFETCH(QString, path);
        PageFiles files(pageDir());
        QVERIFY(!files.find(path));
    }

    void aFileMadeAfterTheStartIsNotServed()
    {
        PageFiles files(pageDir());
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), pageDir() + QStringLiteral("/new.txt")));
        QVERIFY(!files.find(QStringLiteral("/new.txt")));
    }

    void anEditShows()
    {
        PageFiles files(pageDir());
        const QByteArray before = files.find(QStringLiteral("/js/app.js"))->etag;
        put(pageDir() + QStringLiteral("/js/app.js"), "walk();");
        const PageFile *file = files.find(QStringLiteral("/js/app.js"));
        QCOMPARE(file->content, QByteArray("walk();"));
        QVERIFY(file->etag != before);
    }

    void aFileThatWentIsMissed()
    {
        PageFiles files(pageDir());
        QVERIFY(files.find(QStringLiteral("/js/app.js")));
        QVERIFY(QFile::remove(pageDir() + QStringLiteral("/js/app.js")));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Cannot read")));
        QVERIFY(!files.find(QStringLiteral("/js/app.js")));
    }

    void aFolderThatIsNotThereHasNoFiles()
    {
        QCOMPARE(PageFiles(QString()).count(), 0);
        QCOMPARE(PageFiles(m_dir->filePath(QStringLiteral("nowhere"))).count(), 0);
    }

    void theDocumentsAreCompiledIn()
    {
        for (const QString &path : ApiDocuments::paths()) {
            const PageFile file = ApiDocuments::find(path);
            QVERIFY2(!file.content.isEmpty(), qPrintable(path));
            if (file.mimeType == "application/json")
                QVERIFY2(QJsonDocument::fromJson(file.content).isObject(), qPrintable(path));
        }
        QVERIFY(ApiDocuments::find(QStringLiteral("/nowhere")).content.isEmpty());
    }

private:
    [[nodiscard]] QString pageDir() const { return m_dir->filePath(QStringLiteral("page")); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestPageFiles)
#include "tst_pagefiles.moc"
