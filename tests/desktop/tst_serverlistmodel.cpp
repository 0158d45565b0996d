#include "models/serverlistmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

using Role = ServerListModel::Role;

QVariant at(const ServerListModel &model, int row, Role role)
{
    return model.data(model.index(row), role);
}

QString idAt(const ServerListModel &model, int row)
{
    return at(model, row, Role::ServerIdRole).toString();
}

QStringList namesOf(const ServerListModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names += at(model, row, Role::NameRole).toString();
    return names;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

bool isSentence(const QString &text)
{
    return text.endsWith(u'.') && text.front().isUpper();
}

} // namespace

class TestServerListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(u"deep/servers.ini"_s);
    }

    void whatAPersonDoesIsThereAfterAStart()
    {
        QString current;
        {
            ServerListModel model(m_path);
            const QAbstractItemModelTester tester(
                &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            QSignalSpy changed(&model, &ServerListModel::currentChanged);
            QVERIFY(model.add(u"  Home,\n \"of\" é "_s, u"127.0.0.1:8000"_s));
            QCOMPARE(model.currentId(), idAt(model, 0));
            QCOMPARE(changed.size(), 1);
            QVERIFY(model.add({}, u"https://chat.example.org/ai/"_s));
            QVERIFY(model.add(u"Third"_s, u"wss://third.example"_s));
            QVERIFY(model.rename(idAt(model, 2), u"@Three"_s));
            QVERIFY(model.move(2, 0));
            QVERIFY(model.setCurrent(idAt(model, 2)));
            QCOMPARE(model.currentName(), u"chat.example.org"_s);
            QVERIFY(model.notice().isEmpty());
            current = model.currentId();
        }
        const ServerListModel model(m_path);
        QVERIFY(model.notice().isEmpty());
        QCOMPARE(namesOf(model),
                 QStringList({u"@Three"_s, u"Home, \"of\" é"_s, u"chat.example.org"_s}));
        QCOMPARE(model.currentId(), current);
        QCOMPARE(model.currentUrl(), QUrl(u"https://chat.example.org/ai"_s));
        QCOMPARE(at(model, 0, Role::UrlRole).toUrl(), QUrl(u"https://third.example"_s));
        QCOMPARE(at(model, 2, Role::CurrentRole).toBool(), true);
        QCOMPARE(at(model, 0, Role::CurrentRole).toBool(), false);
    }

    void onlyHttpToElsewhereIsInsecure_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("insecure");
        QTest::newRow("http to a name") << u"http://chat.example.org"_s << true;
        QTest::newRow("ws to an address") << u"ws://10.0.0.5:8000"_s << true;
        QTest::newRow("http to a name that begins like ours")
            << u"http://localhost.example.org"_s << true;
        QTest::newRow("https") << u"https://chat.example.org"_s << false;
        QTest::newRow("wss") << u"wss://chat.example.org"_s << false;
        QTest::newRow("http to localhost") << u"http://LocalHost:1"_s << false;
        QTest::newRow("http to 127.0.0.2") << u"http://127.0.0.2"_s << false;
        QTest::newRow("http to ::1") << u"http://[::1]:8000"_s << false;
    }
    void onlyHttpToElsewhereIsInsecure()
    {
        QFETCH(QString, url);
        QFETCH(bool, insecure);
        ServerListModel model(m_path);
        QVERIFY(model.add({}, url));
        QCOMPARE(at(model, 0, Role::InsecureRole).toBool(), insecure);
    }

    void wrongOnesAreRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("told");
        const auto row = [](const char *title, const QString &name, const QString &url,
                            const QString &told) { QTest::newRow(title) << name << url << told; };
        row("no address", u"a"_s, {}, u"address"_s);
        row("another scheme", u"a"_s, u"ftp://a"_s, u"ftp://a"_s);
        row("too long an address", u"a"_s, u"http://a/"_s + QString(2048, u'b'), u"2048"_s);
        row("too long a name", QString(81, u'a'), u"http://a"_s, u"80"_s);
        row("a password", u"a"_s, u"http://me:hush@a"_s, u"@"_s);
        row("the same", u"a"_s, u"http://there.example"_s, u"There"_s);
        row("the same in capitals", u"a"_s, u"HTTP://THERE.example/"_s, u"There"_s);
        row("the same with its port", u"a"_s, u"there.example:80"_s, u"There"_s);
        row("the same as a WebSocket", u"a"_s, u"ws://there.example"_s, u"There"_s);
    }
    void wrongOnesAreRefusedWithASentence()
    {
        QFETCH(QString, name);
        QFETCH(QString, url);
        QFETCH(QString, told);
        ServerListModel model(m_path);
        QVERIFY(model.add(u"There"_s, u"http://there.example"_s));
        QSignalSpy noticed(&model, &ServerListModel::noticeChanged);
        QVERIFY(!model.add(name, url));
        QCOMPARE(noticed.size(), 1);
        QVERIFY2(isSentence(model.notice()) && model.notice().contains(told),
                 qPrintable(model.notice()));
        QVERIFY(!model.notice().contains(u"hush"));
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.add({}, u"http://other.example"_s));
        QVERIFY(model.notice().isEmpty());
    }

    void whatIsNotThereCannotBeChanged()
    {
        ServerListModel model(m_path);
        QVERIFY(model.add(u"a"_s, u"http://a"_s));
        QVERIFY(!model.rename(u"none"_s, u"b"_s) && isSentence(model.notice()));
        QVERIFY(!model.rename(idAt(model, 0), u" \n"_s) && isSentence(model.notice()));
        QVERIFY(!model.rename(idAt(model, 0), QString(81, u'b')) && isSentence(model.notice()));
        QVERIFY(!model.remove(u"none"_s) && isSentence(model.notice()));
        QVERIFY(!model.setCurrent(u"none"_s) && isSentence(model.notice()));
        for (const auto &[from, to] : {std::pair{0, 1}, {1, 0}, {-1, 0}, {0, -1}})
            QVERIFY(!model.move(from, to) && isSentence(model.notice()));
        QCOMPARE(namesOf(model), QStringList{u"a"_s});
    }

    void theyMoveAsQtMovesThem_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        for (int from = 0; from < 4; ++from) {
            for (int to = 0; to < 4; ++to)
                QTest::addRow("from %d to %d", from, to) << from << to;
        }
    }
    void theyMoveAsQtMovesThem()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        ServerListModel model(m_path);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QStringList names{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
        for (const QString &name : names)
            QVERIFY(model.add(name, name));
        const QPersistentModelIndex kept(model.index(from));
        QVERIFY(model.move(from, to));
        names.move(from, to);
        QCOMPARE(namesOf(model), names);
        QCOMPARE(kept.row(), to);
    }

    void anotherOneIsCurrentWhenItGoes()
    {
        ServerListModel model(m_path);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            QVERIFY(model.add(name, name));
        QVERIFY(model.setCurrent(idAt(model, 1)));
        QSignalSpy removed(&model, &ServerListModel::serverRemoved);
        const QString gone = model.currentId();
        QVERIFY(model.remove(gone));
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed[0][0].toString(), gone);
        QCOMPARE(model.currentName(), u"c"_s);
        QVERIFY(model.remove(model.currentId()));
        QCOMPARE(model.currentName(), u"a"_s);
        QVERIFY(model.remove(model.currentId()));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.currentId().isEmpty() && model.currentUrl().isEmpty());
        QCOMPARE(ServerListModel(m_path).rowCount(), 0);
    }

    void aHundredAreTheMost()
    {
        ServerListModel model(m_path);
        for (int i = 0; i < 100; ++i)
            QVERIFY(model.add({}, u"http://s%1"_s.arg(i)));
        QVERIFY(!model.add({}, u"http://one-more"_s));
        QVERIFY2(isSentence(model.notice()) && model.notice().contains(u"100"),
                 qPrintable(model.notice()));
        const ServerListModel again(m_path);
        QCOMPARE(again.rowCount(), 100);
        QVERIFY(again.notice().isEmpty());
    }

    void oneIsFoundHoweverItIsWritten()
    {
        ServerListModel model(m_path);
        QVERIFY(model.add(u"There"_s, u"https://there.example/ai"_s));
        QVERIFY(model.find(QUrl(u"wss://there.example:443/ai/"_s)).has_value());
        QVERIFY(!model.find(QUrl(u"https://there.example/"_s)).has_value());
        QVERIFY(!model.find(QUrl(u"http://there.example/ai"_s)).has_value());
    }

    void aDamagedFileIsPutAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray head = "[General]\nversion=1\ncurrent=a\n\n[servers]\n";
        QTest::newRow("noise") << QByteArray("\x00\xff\x13garbage\n\n=\n[", 14);
        QTest::newRow("nothing in it") << QByteArray();
        QTest::newRow("another version") << QByteArray("[General]\nversion=2\n");
        QTest::newRow("a server without an address") << head + "1\\id=a\n1\\name=A\nsize=1\n";
        QTest::newRow("a server without an id") << head + "1\\name=A\n1\\url=http://a\nsize=1\n";
        QTest::newRow("a name that is too long")
            << head + "1\\id=a\n1\\url=http://a\n1\\name=" + QByteArray(81, 'n') + "\nsize=1\n";
        QTest::newRow("a password")
            << head + "1\\id=a\n1\\name=A\n1\\url=http://me:hush@a\nsize=1\n";
        QTest::newRow("an id twice") << head + "1\\id=a\n1\\name=A\n1\\url=http://"
                                               "a\n2\\id=a\n2\\name=B\n2\\url=http://b\nsize=2\n";
        QTest::newRow("a server twice")
            << head + "1\\id=a\n1\\name=A\n1\\url=http://a\n2\\id=b\n2\\name=B\n2\\url=http://a/"
                      "\nsize=2\n";
        QTest::newRow("more servers than there may be") << head + "size=2000000000\n";
        QTest::newRow("too large a file")
            << head + "x=" + QByteArray(600 * 1024, 'x') + "\nsize=0\n";
    }
    void aDamagedFileIsPutAside()
    {
        QFETCH(QByteArray, text);
        QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
        write(m_path, text);
        write(m_path + u".damaged"_s, "an earlier one");
        ServerListModel model(m_path);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY2(isSentence(model.notice()) && model.notice().contains(m_path + u".damaged"),
                 qPrintable(model.notice()));
        QVERIFY(!QFileInfo::exists(m_path));
        QFile aside(m_path + u".damaged"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        QVERIFY(model.add(u"New"_s, u"http://new.example"_s));
        const ServerListModel again(m_path);
        QCOMPARE(namesOf(again), QStringList{u"New"_s});
        QVERIFY(again.notice().isEmpty());
    }

    void aCurrentOneThatIsNoneIsTheFirst()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
        write(m_path, "[General]\nversion=1\ncurrent=z\n\n[servers]\n"
                      "1\\id=a\n1\\name=A\n1\\url=http://a\nsize=1\n");
        const ServerListModel model(m_path);
        QCOMPARE(model.currentId(), u"a"_s);
    }

    void whereNothingCanBeWrittenItSaysSo()
    {
        write(m_dir->filePath(u"deep"_s), "a file where the folder should be");
        ServerListModel model(m_path);
        QVERIFY(!model.add(u"a"_s, u"http://a"_s));
        QVERIFY2(isSentence(model.notice()) && model.notice().contains(m_path),
                 qPrintable(model.notice()));
        QCOMPARE(model.rowCount(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestServerListModel)
#include "tst_serverlistmodel.moc"
