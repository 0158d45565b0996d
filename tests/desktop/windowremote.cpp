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
//!
//! It ends when its input does; not with 0 when the window gave a warning.

#include "app/window.h"
#include "windowdriver.h"

#include <QGuiApplication>
#include <QTest>

#include <cstdio>
#include <iostream>
#include <string>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int waitMs = 20'000;

void answer(bool done, const QString &why)
{
    const QString line = done ? u"ok"_s : u"no "_s + why;
    std::puts(qPrintable(QString(line).replace(u'\n', u' ')));
    std::fflush(stdout);
}

void obey(const WindowDriver &driver, const QString &command, const QString &what)
{
    const auto shows = [&] { return driver.shows(what); };
    if (command == u"shows"_s) {
        answer(QTest::qWaitFor(shows, waitMs), driver.texts().join(u" | "_s));
    } else if (command == u"hides"_s) {
        answer(QTest::qWaitFor([&] { return !shows(); }, waitMs), driver.texts().join(u" | "_s));
    } else if (command == u"once"_s) {
        const qsizetype places = driver.texts().filter(what).size();
        answer(places == 1, u"%1 places"_s.arg(places));
    } else if (command == u"say"_s) {
        driver.click(driver.item(u"composerInput"_s));
        driver.type(what);
        driver.press(Qt::Key_Return);
        answer(true, {});
    } else if (command == u"click"_s) {
        const bool there = QTest::qWaitFor([&] { return driver.visibleItem(what); }, waitMs);
        if (there)
            driver.click(driver.visibleItem(what));
        answer(there, u"there is no \"%1\""_s.arg(what));
    } else if (command == u"picture"_s) {
        (void)driver.picture(what);
        answer(true, {});
    } else {
        answer(false, u"what is \"%1\"?"_s.arg(command));
    }
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

    // Between two commands nothing happens in the window: what comes waits until the next one
    // looks.
    std::string line;
    while (std::getline(std::cin, line)) {
        const QString text = QString::fromStdString(line);
        obey(driver, text.section(u' ', 0, 0), text.section(u' ', 1));
    }
    for (const QString &warning : driver.warnings)
        std::fprintf(stderr, "%s\n", qPrintable(warning));
    return driver.warnings.isEmpty() ? 0 : 1;
}
