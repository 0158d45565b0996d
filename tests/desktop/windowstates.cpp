#include "windowstates.h"

#include "conversationframes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace runnel::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ToolUse toolUse(const QString &call, const QString &tool, ToolState state)
{
    ToolUse use;
    use.call = call;
    use.tool = tool;
    use.agent = u"default"_s;
    use.state = state;
    use.arguments = {{u"flumen"_s, u"Nilus"_s}};
    if (state == ToolState::Done)
        use.content = u"Nilus, 6650"_s;
    if (state == ToolState::Failed)
        use.error = u"Tabula non respondit."_s;
    if (state == ToolState::Done || state == ToolState::Failed)
        use.took = 231ms;
    return use;
}

QList<ServerFrame> richConversation(const QString &text)
{
    MessageRecord rich = answer(u"m2"_s, u"m1"_s, text);
    rich.thoughts = u"Quid quaerit? Breviter respondendum est."_s;
    rich.usage = Usage{};
    rich.usage->totalTokens = 1234;
    rich.agents = {{u"default"_s, {}, false}, {u"criticus"_s, u"default"_s, true}};
    rich.tools = {toolUse(u"c1"_s, u"quaere"_s, ToolState::Done),
                  toolUse(u"c2"_s, u"mensura"_s, ToolState::Failed)};
    rich.sources = {{u"Flumina orbis"_s, u"https://flumina.example.org/longa"_s, {}},
                    {{}, u"https://nilus.example.org/"_s, {}},
                    {u"Lacus"_s, u"https://lacus.example.org/"_s, {}},
                    {u"Maria"_s, u"https://maria.example.org/"_s, {}},
                    {u"Pontes"_s, u"https://pontes.example.org/"_s, {}}};
    MessageRecord first = answer(u"m0"_s, u"m1"_s, u"Nilus."_s);
    return conversation({user(u"m1"_s, {}, u"Quod flumen longissimum est?"_s), first, rich});
}

QList<ServerFrame> answering()
{
    MessageRecord record = answer(u"m2"_s, u"m1"_s, {}, MessageState::Running);
    record.turn = u"t1"_s;
    record.tools = {toolUse(u"c1"_s, u"quaere"_s, ToolState::Done),
                    toolUse(u"c3"_s, u"lege"_s, ToolState::Running),
                    toolUse(u"c4"_s, u"dele"_s, ToolState::Waiting)};
    return conversation({user(u"m1"_s, {}, u"Quod flumen longissimum est?"_s), record});
}

QList<ServerFrame> failed()
{
    MessageRecord stopped = answer(u"m2"_s, u"m1"_s, u"Nilus"_s, MessageState::Interrupted);
    MessageRecord record = answer(u"m4"_s, u"m3"_s, {}, MessageState::Failed);
    record.error = Error{ErrorCode::BadFrame, u"Exemplar occupatum est."_s};
    return conversation({user(u"m1"_s, {}, u"Quod flumen longissimum est?"_s), stopped,
                         user(u"m3"_s, u"m2"_s, u"Et in Europa?"_s), record});
}

QList<ServerFrame> greetingFor(const QString &state, const QString &answer)
{
    if (state == u"empty" || state == u"agents")
        return conversation({}, true);
    if (state == u"answering")
        return answering();
    if (state == u"failed")
        return failed();
    return richConversation(answer.isEmpty() ? WindowInState::richAnswer() : answer);
}

QJsonObject listed(const QString &id, const QString &title, int hoursAgo)
{
    const QString at =
        QDateTime::currentDateTimeUtc().addSecs(-3600 * hoursAgo).toString(Qt::ISODateWithMs);
    return {{u"id"_s, id},
            {u"title"_s, title},
            {u"pinned"_s, id == u"pinned"},
            {u"created_at"_s, at},
            {u"updated_at"_s, at},
            {u"messages"_s, 4},
            {u"answering"_s, id == u"busy"}};
}

} // namespace

QStringList WindowInState::states()
{
    return {u"empty"_s,   u"conversation"_s, u"answering"_s, u"failed"_s,   u"editing"_s,
            u"offline"_s, u"list"_s,         u"menu"_s,      u"switcher"_s, u"shortcuts"_s,
            u"servers"_s, u"server"_s,       u"agents"_s,    u"deleted"_s,  u"settings"_s,
            u"link"_s,    u"question"_s,     u"first"_s};
}

QString WindowInState::richAnswer()
{
    return u"## Nilus\n\n**Nilus** longissimum flumen *orbis* est, ut [hic](https://e.org) "
           "legitur. Habet `6650` milia passuum, si omnia flumina quae in eum influunt "
           "numerantur, et per undecim terras fluit.\n\n"
           "1. Nilus Albus.\n2. Nilus Caeruleus:\n   - Aethiopia,\n   - Sudania.\n3. Delta.\n\n"
           "```cpp\nint main()\n{\n    std::cout << \"Nilus\" << std::endl;\n}\n```\n\n"
           "| Flumen | Ordo | Longitudo |\n|:--|:-:|--:|\n| Nilus | I | 6650 |\n"
           "| Amazonum | II | 6400 |\n\n"
           "> Nemo bis in idem flumen descendit.\n\n---\n\n- [x] lectum\n- [ ] intellectum\n"_s;
}

WindowInState::WindowInState(const QString &state, QSize size, const QString &answer, int textSize)
    : driver(state == u"first" ? WindowDriver(Workspace::Options{}, size)
                               : WindowDriver(greetingFor(state, answer), size))
{
    driver.preferences.setTextSize(textSize);
    QVERIFY2(states().contains(state), qPrintable(state));
    if (state == u"first") {
        QTRY_COMPARE(driver.focused(), u"firstAddress"_s);
    } else {
        listConversations(); // before the window asks for them: it would ask again a second later
        QTRY_COMPARE(driver.session.connection(), ChatSession::Connected);
        QTRY_VERIFY(driver.workspace.conversations()->rowCount() >= 4);
        enter(state);
    }
    // No tooltip in the pictures.
    QTest::mouseMove(driver.window, QPoint(size.width() - 2, size.height() - 2));
}

// The theme is one for all windows of the program.
WindowInState::~WindowInState()
{
    driver.preferences.setTextSize(100);
}

void WindowInState::listConversations()
{
    driver.server.answerRequestsWith([](const ScriptedServer::Request &request) {
        if (request.method != "GET")
            return ScriptedServer::Answer{204, {}};
        const QJsonArray lines{listed(u"pinned"_s, u"Consilium horti"_s, 100),
                               listed(u"busy"_s, u"Flumina Europae"_s, 1),
                               listed(u"old"_s, u"Cur caelum caeruleum est?"_s, 24 * 4),
                               listed(u"older"_s, u"De natura rerum"_s, 24 * 20)};
        return ScriptedServer::Answer{
            200, QJsonDocument(QJsonObject{{u"conversations"_s, lines}}).toJson()};
    });
}

void WindowInState::openSideBar()
{
    driver.press(Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(driver.focused(), u"searchField"_s);
    QTRY_VERIFY(driver.findAll(u"ConversationRow"_s).size() >= 4);
    // A drawer comes in from the side.
    QQuickItem *const field = driver.item(u"searchField"_s);
    constexpr qreal margin = 11.9; // px, and a rounding
    QTRY_VERIFY(field->mapToScene({0, 0}).x() >= margin &&
                field->mapToScene({field->width(), 0}).x() <= driver.window->width() - margin);
}

void WindowInState::loseConnection()
{
    driver.server.goAway();
    QTRY_COMPARE(driver.session.connection(), ChatSession::Reconnecting);
    for (int attempt = 0; attempt < 3; ++attempt) {
        driver.session.reconnectNow();
        QTRY_VERIFY(driver.session.connectionText() != ChatSession::tr("Reconnecting"));
    }
    QTRY_COMPARE(driver.session.connection(), ChatSession::Offline);
    driver.type(u"Et in Europa"_s);
    driver.press(Qt::Key_Return);
    QTRY_VERIFY(driver.find(u"WaitingNote"_s));
}

void WindowInState::enter(const QString &state)
{
    if (state == u"conversation" || state == u"failed" || state == u"answering") {
        QTRY_VERIFY(driver.session.messages()->rowCount() >= 2);
        QTRY_VERIFY(driver.find(u"MessageDelegate"_s));
    } else if (state == u"editing") {
        driver.item(u"conversation"_s)->forceActiveFocus();
        driver.press(Qt::Key_Home);
        QTRY_VERIFY(driver.visibleItem(u"editButton"_s));
        driver.click(driver.visibleItem(u"editButton"_s));
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
    } else if (state == u"offline") {
        loseConnection();
    } else if (state == u"list") {
        openSideBar();
    } else if (state == u"menu" || state == u"deleted") {
        openSideBar();
        driver.press(Qt::Key_Down);
        QTRY_COMPARE(driver.focused(), u"conversationRow"_s);
        const qsizetype rows = driver.findAll(u"ConversationRow"_s).size();
        if (state == u"menu")
            driver.press(Qt::Key_F10, Qt::ShiftModifier);
        else
            driver.press(Qt::Key_Delete);
        QTRY_VERIFY(driver.find(state == u"menu" ? u"RowMenuItem"_s : u"Toast"_s));
        if (state == u"deleted")
            QTRY_COMPARE(driver.findAll(u"ConversationRow"_s).size(), rows - 1);
    } else if (state == u"switcher") {
        driver.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE(driver.focused(), u"switcherField"_s);
    } else if (state == u"shortcuts") {
        driver.press(Qt::Key_F1);
        QTRY_COMPARE(driver.focused(), u"shortcutList"_s);
    } else if (state == u"settings") {
        driver.press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(driver.focused(), u"settings"_s);
    } else if (state == u"link") {
        driver.links.follow(u"https://flumina.example.org/nilus/albus"_s);
        QTRY_COMPARE(driver.focused(), u"openLink"_s);
    } else if (state == u"question") {
        QVERIFY(driver.question.ask(QUrl(u"https://nilus.example.org"_s), false, [] {}));
        QTRY_COMPARE(driver.focused(), u"questionCancel"_s);
    } else if (state == u"servers" || state == u"server") {
        openSideBar();
        QQuickItem *const button = driver.item(u"serverButton"_s);
        driver.click(button);
        QTRY_VERIFY(driver.visibleItem(u"addServerButton"_s));
        if (state == u"servers")
            return;
        QTest::mouseClick(driver.window, Qt::LeftButton, {},
                          driver.item(u"addServerButton"_s)->mapToScene({20, 20}).toPoint());
        QTRY_COMPARE(driver.focused(), u"serverAddress"_s);
    } else if (state == u"agents") {
        QTRY_VERIFY(driver.find(u"AgentButton"_s));
        driver.click(driver.find(u"AgentButton"_s));
        QTRY_VERIFY(driver.window->activeFocusItem() &&
                    driver.window->activeFocusItem()->inherits("QQuickListView"));
    } else {
        QCOMPARE(state, u"empty"_s);
    }
}

} // namespace runnel::test
