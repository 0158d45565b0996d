//! The real window for a test in another process: it goes where standard input says, a line a
//! command, and answers each with a line, "ok" or "no" and why.
//!
//!   runnel-test-window SERVER SESSION
//!   shows TEXT    waits until it stands in the window
//!   hides TEXT    waits until it does not
//!   once TEXT     whether it stands in one place
//!   say TEXT      types it, and Enter
//!   click NAME    an item by its name
//!   picture NAME  saves desktop-NAME.png
//!   state         "ok" and what the conversation is for its reader, as JSON
//!
//! It ends when its input does; not with 0 when the window gave a warning.

#include "app/window.h"
#include "testlib/commandinput.h"
#include "windowdriver.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstdio>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int waitMs = 20'000;

//! The state's names are those of the page's elements.
QString nameOf(MessageListModel::Status status)
{
    switch (status) {
    case MessageListModel::Taken:
        return u"taken"_s;
    case MessageListModel::Pending:
    case MessageListModel::Refused:
        return u"queued"_s;
    case MessageListModel::Running:
        return u"running"_s;
    case MessageListModel::Done:
        return u"done"_s;
    case MessageListModel::Stopped:
        return u"stopped"_s;
    case MessageListModel::Interrupted:
        return u"interrupted"_s;
    case MessageListModel::Failed:
        return u"failed"_s;
    }
    return {};
}

QJsonObject stateOf(const WindowDriver &driver)
{
    const MessageListModel &model = *driver.session.messages();
    QJsonArray messages;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto data = [&model, row](int role) { return model.index(row).data(role); };
        const int versions = data(MessageListModel::VersionCountRole).toInt();
        messages.append(QJsonObject{
            {u"text"_s, data(MessageListModel::TextRole).toString().simplified()},
            {u"state"_s,
             nameOf(MessageListModel::Status(data(MessageListModel::StatusRole).toInt()))},
            {u"problem"_s, data(MessageListModel::ProblemCodeRole).toString()},
            {u"version"_s,
             versions > 1
                 ? u"%1 / %2"_s.arg(data(MessageListModel::VersionRole).toInt()).arg(versions)
                 : QString()}});
    }
    return {{u"connected"_s, driver.session.connected()}, {u"messages"_s, messages}};
}

QString outcome(bool done, const QString &why)
{
    return done ? u"ok"_s : u"no "_s + why;
}

QString obey(const WindowDriver &driver, const QString &command, const QString &what)
{
    const auto shows = [&] { return driver.shows(what); };
    const auto texts = [&driver] { return driver.texts().join(u" | "_s); };
    if (command == u"shows"_s)
        return outcome(QTest::qWaitFor(shows, waitMs), texts());
    if (command == u"hides"_s)
        return outcome(QTest::qWaitFor([&] { return !shows(); }, waitMs), texts());
    if (command == u"once"_s) {
        const qsizetype places = driver.texts().filter(what).size();
        return outcome(places == 1, u"%1 places"_s.arg(places));
    }
    if (command == u"say"_s) {
        driver.click(driver.item(u"composerInput"_s));
        driver.type(what);
        driver.press(Qt::Key_Return);
        return outcome(true, {});
    }
    if (command == u"click"_s) {
        const bool there = QTest::qWaitFor([&] { return driver.visibleItem(what); }, waitMs);
        if (there)
            driver.click(driver.visibleItem(what));
        return outcome(there, u"there is no \"%1\""_s.arg(what));
    }
    if (command == u"picture"_s) {
        (void)driver.picture(what);
        return outcome(true, {});
    }
    if (command == u"state"_s)
        return u"ok "_s +
               QString::fromUtf8(QJsonDocument(stateOf(driver)).toJson(QJsonDocument::Compact));
    return outcome(false, u"what is \"%1\"?"_s.arg(command));
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::fputs("usage: runnel-test-window SERVER SESSION\n", stderr);
        return 2;
    }
    prepareQuick();
    const QGuiApplication app(argc, argv);
    const WindowDriver driver(
        Workspace::Options{QUrl(QString::fromUtf8(argv[1])), QString::fromUtf8(argv[2]), {}});

    const CommandInput input([&driver](const QString &command, const QString &what) {
        return obey(driver, command, what);
    });
    QGuiApplication::exec();
    for (const QString &warning : driver.warnings)
        std::fprintf(stderr, "%s\n", qPrintable(warning));
    return driver.warnings.isEmpty() ? 0 : 1;
}
