#include "models/preferences.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int themes = 3;
constexpr int contrasts = 3;

const QString themeKey = u"theme"_s;
const QString contrastKey = u"contrast"_s;
const QString textSizeKey = u"text_size"_s;
const QString languageKey = u"language"_s;
const QString sideBarKey = u"side_bar"_s;
const QString notifiesKey = u"notifications/shown"_s;
const QString notifiesTextKey = u"notifications/text"_s;
const QString trayKey = u"tray"_s;
const QString linkHostsKey = u"links/hosts"_s;
const QString quietDemosKey = u"demo/read"_s;
const QString keepKey = u"keep_conversations"_s;
const QString geometryKey = u"window/geometry"_s;
const QString maximizedKey = u"window/maximized"_s;

//! Enough of its top is on a screen to take hold of it.
bool isReachable(const QRect &geometry)
{
    constexpr int grip = 80; // px
    const QRect top(geometry.topLeft(), QSize(geometry.width(), grip));
    const QList<QScreen *> screens = QGuiApplication::screens();
    return std::ranges::any_of(screens, [&top](const QScreen *screen) {
        const QRect seen = screen->availableGeometry() & top;
        return seen.width() >= grip && seen.height() >= grip / 2;
    });
}

//! As the newest; where there are too many, the oldest goes.
void append(QStringList &list, const QString &value, qsizetype most)
{
    if (list.size() >= most)
        list.removeFirst();
    list.append(value);
}

} // namespace

Preferences::Preferences(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(path, QSettings::IniFormat)
{
    const int theme = m_file.value(themeKey).toInt();
    m_theme = theme > 0 && theme < themes ? theme : 0;
    const int contrast = m_file.value(contrastKey).toInt();
    m_contrast = contrast > 0 && contrast < contrasts ? contrast : 0;
    const int size = m_file.value(textSizeKey).toInt();
    m_textSize = size >= smallestText && size <= largestText ? size : 100;
    m_language = m_file.value(languageKey).toString();
    m_sideBar = m_file.value(sideBarKey, true).toBool();
    m_notifies = m_file.value(notifiesKey, true).toBool();
    m_notifiesText = m_file.value(notifiesTextKey).toBool();
    m_tray = m_file.value(trayKey).toBool();
    m_linkHosts = m_file.value(linkHostsKey).toStringList().mid(0, mostLinkHosts);
    m_linkHosts.removeIf(
        [](const QString &host) { return host.isEmpty() || host.size() > longestHost; });
    m_quietDemos = m_file.value(quietDemosKey).toStringList().mid(0, mostQuietDemos);
    m_maximized = m_file.value(maximizedKey).toBool();
    const QRect geometry = m_file.value(geometryKey).toRect();
    if (isReachable(geometry))
        m_geometry = geometry;
}

void Preferences::setTheme(int theme)
{
    if (theme == m_theme || theme < 0 || theme >= themes)
        return;
    m_theme = theme;
    m_file.setValue(themeKey, theme);
    Q_EMIT themeChanged();
}

void Preferences::setContrast(int contrast)
{
    if (contrast == m_contrast || contrast < 0 || contrast >= contrasts)
        return;
    m_contrast = contrast;
    m_file.setValue(contrastKey, contrast);
    Q_EMIT contrastChanged();
}

void Preferences::setTextSize(int percent)
{
    const int size = std::clamp(percent, smallestText, largestText);
    if (size == m_textSize)
        return;
    m_textSize = size;
    m_file.setValue(textSizeKey, size);
    Q_EMIT textSizeChanged();
}

void Preferences::setLanguage(const QString &language)
{
    if (language == m_language)
        return;
    m_language = language;
    m_file.setValue(languageKey, language);
    Q_EMIT languageChanged();
}

void Preferences::setSideBar(bool shown)
{
    if (shown == m_sideBar)
        return;
    m_sideBar = shown;
    m_file.setValue(sideBarKey, shown);
    Q_EMIT sideBarChanged();
}

bool Preferences::keepsConversations() const
{
    return m_file.value(keepKey, true).toBool();
}

void Preferences::setNotifies(bool wanted)
{
    if (wanted == m_notifies)
        return;
    m_notifies = wanted;
    m_file.setValue(notifiesKey, wanted);
    Q_EMIT notifiesChanged();
}

void Preferences::setNotifiesText(bool wanted)
{
    if (wanted == m_notifiesText)
        return;
    m_notifiesText = wanted;
    m_file.setValue(notifiesTextKey, wanted);
    Q_EMIT notifiesTextChanged();
}

void Preferences::setTray(bool wanted)
{
    if (wanted == m_tray)
        return;
    m_tray = wanted;
    m_file.setValue(trayKey, wanted);
    Q_EMIT trayChanged();
}

void Preferences::allowLinksTo(const QString &host)
{
    if (host.isEmpty() || host.size() > longestHost || opensLinksTo(host))
        return;
    append(m_linkHosts, host, mostLinkHosts);
    m_file.setValue(linkHostsKey, m_linkHosts);
    Q_EMIT linkHostsChanged();
}

void Preferences::forgetLinkHosts()
{
    if (m_linkHosts.isEmpty())
        return;
    m_linkHosts.clear();
    m_file.remove(linkHostsKey);
    Q_EMIT linkHostsChanged();
}

void Preferences::quietDemo(const QUrl &server)
{
    const QString address = server.toString();
    if (address.isEmpty() || m_quietDemos.contains(address))
        return;
    append(m_quietDemos, address, mostQuietDemos);
    m_file.setValue(quietDemosKey, m_quietDemos);
    Q_EMIT quietDemosChanged();
}

void Preferences::forgetDemo(const QUrl &server)
{
    if (m_quietDemos.removeAll(server.toString()) == 0)
        return;
    m_file.setValue(quietDemosKey, m_quietDemos);
    Q_EMIT quietDemosChanged();
}

void Preferences::setGeometry(const QRect &geometry)
{
    if (geometry == m_geometry)
        return;
    m_geometry = geometry;
    m_file.setValue(geometryKey, geometry);
}

void Preferences::setMaximized(bool maximized)
{
    if (maximized == m_maximized)
        return;
    m_maximized = maximized;
    m_file.setValue(maximizedKey, maximized);
}

} // namespace runnel
