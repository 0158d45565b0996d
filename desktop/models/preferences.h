#pragma once

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QStringList>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! What a person chose for this computer, kept in an INI file: theme, text size, the window's
//! place. A value that the file has and that makes no sense is as if it were not there.
class Preferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(int contrast READ contrast WRITE setContrast NOTIFY contrastChanged)
    Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY textSizeChanged)
    Q_PROPERTY(bool notifies READ notifies WRITE setNotifies NOTIFY notifiesChanged)
    Q_PROPERTY(bool notifiesText READ notifiesText WRITE setNotifiesText NOTIFY notifiesTextChanged)
    Q_PROPERTY(bool tray READ tray WRITE setTray NOTIFY trayChanged)
    Q_PROPERTY(int linkHostCount READ linkHostCount NOTIFY linkHostsChanged)
    Q_PROPERTY(QStringList quietDemos READ quietDemos NOTIFY quietDemosChanged)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(bool sideBar READ sideBar WRITE setSideBar NOTIFY sideBarChanged)

public:
    static constexpr int smallestText = 80; //!< Percent.
    static constexpr int largestText = 200;
    static constexpr int textStep = 10;
    static constexpr qsizetype mostLinkHosts = 200;  //!< The oldest one goes for a new one.
    static constexpr qsizetype mostQuietDemos = 100; //!< As above.
    static constexpr qsizetype longestHost = 253;

    //! \a path names the file; a folder that is not there is made when something is kept.
    explicit Preferences(const QString &path, QObject *parent = nullptr);

    //! As Theme.Preference: 0 as the system, 1 light, 2 dark.
    [[nodiscard]] int theme() const { return m_theme; }
    void setTheme(int theme);
    //! As Theme.Contrast: 0 as the system, 1 normal, 2 high.
    [[nodiscard]] int contrast() const { return m_contrast; }
    void setContrast(int contrast);
    //! Percent, smallestText to largestText.
    [[nodiscard]] int textSize() const { return m_textSize; }
    void setTextSize(int percent);
    //! Of the window's words from the next start on, as QLocale names it; empty, or a name of no
    //! language: the system's.
    [[nodiscard]] QString language() const { return m_language; }
    void setLanguage(const QString &language);
    //! Shown beside the conversation, where there is room.
    [[nodiscard]] bool sideBar() const { return m_sideBar; }
    void setSideBar(bool shown);
    //! Of the window when it was not maximised; empty at the first start, or when no screen has it
    //! any more.
    [[nodiscard]] QRect geometry() const { return m_geometry; }
    void setGeometry(const QRect &geometry);
    [[nodiscard]] bool isMaximized() const { return m_maximized; }
    void setMaximized(bool maximized);

    //! Whether the desktop may show a notification.
    [[nodiscard]] bool notifies() const { return m_notifies; }
    void setNotifies(bool wanted);
    //! Whether it may have words of an answer: others may read a notification, too.
    [[nodiscard]] bool notifiesText() const { return m_notifiesText; }
    void setNotifiesText(bool wanted);
    //! Whether there is an icon in the tray, and closing the window leaves the program there.
    [[nodiscard]] bool tray() const { return m_tray; }
    void setTray(bool wanted);
    //! Hosts to which links are opened without a question; in ASCII, lower case.
    [[nodiscard]] bool opensLinksTo(const QString &host) const
    {
        return m_linkHosts.contains(host);
    }
    void allowLinksTo(const QString &host);
    [[nodiscard]] int linkHostCount() const { return int(m_linkHosts.size()); }
    Q_INVOKABLE void forgetLinkHosts();
    //! The addresses of servers of which it was read that they have no model but the demo's.
    [[nodiscard]] const QStringList &quietDemos() const { return m_quietDemos; }
    Q_INVOKABLE void quietDemo(const QUrl &server);
    //! It has another model by now: should it lose that one, it is said again.
    Q_INVOKABLE void forgetDemo(const QUrl &server);
    //! Whether conversations are kept on this computer; true unless the file says otherwise.
    [[nodiscard]] bool keepsConversations() const;

    Q_INVOKABLE void largerText() { setTextSize(m_textSize + textStep); }
    Q_INVOKABLE void smallerText() { setTextSize(m_textSize - textStep); }
    Q_INVOKABLE void normalText() { setTextSize(100); }

Q_SIGNALS:
    void themeChanged();
    void contrastChanged();
    void textSizeChanged();
    void languageChanged();
    void sideBarChanged();
    void linkHostsChanged();
    void quietDemosChanged();
    void notifiesChanged();
    void notifiesTextChanged();
    void trayChanged();

private:
    QSettings m_file;
    int m_theme = 0;
    int m_contrast = 0;
    int m_textSize = 100;
    QString m_language;
    bool m_sideBar = true;
    bool m_notifies = true;
    bool m_notifiesText = false;
    bool m_tray = false;
    QStringList m_linkHosts;  //!< The newest last.
    QStringList m_quietDemos; //!< The newest last.
    QRect m_geometry;
    bool m_maximized = false;
};

} // namespace runnel
