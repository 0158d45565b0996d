#include "app/window.h"

#include <QColor>
#include <QDirIterator>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

//! A token here and the names that the page may give it.
struct Token
{
    const char *theme;
    QStringList css;
};

const QList<Token> colours{
    {"canvas", {u"canvas"_s}},
    {"sunken", {u"sunken"_s}},
    {"raised", {u"raised"_s}},
    {"text", {u"text"_s}},
    {"muted", {u"muted"_s}},
    {"hairline", {u"hairline"_s}},
    {"outline", {u"outline"_s}},
    {"accent", {u"accent"_s}},
    {"accentInk", {u"on-accent"_s, u"accent-ink"_s}},
    {"bubble", {u"bubble"_s, u"user-bubble"_s}},
    {"header", {u"header"_s}},
    {"headerInk", {u"on-header"_s, u"header-ink"_s}},
    {"danger", {u"danger"_s}},
    {"warning", {u"warning"_s}},
    {"code", {u"code"_s, u"code-ground"_s}},
    {"codeKeyword", {u"code-keyword"_s}},
    {"codeString", {u"code-string"_s}},
    {"codeNumber", {u"code-number"_s}},
    {"codeTitle", {u"code-title"_s}},
    {"codeType", {u"code-type"_s}},
};

//! Every `--name: value;` of the page's style sheets.
QHash<QString, QString> customProperties()
{
    static const QRegularExpression property(u"--([a-z0-9-]+):\\s*([^;]+);"_s);
    QHash<QString, QString> found;
    QDirIterator files(QStringLiteral(RUNNEL_SOURCE_DIR "/frontend"), {u"*.css"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().contains(u"/node_modules/") || !file.open(QIODevice::ReadOnly))
            continue;
        auto matches = property.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            found.insert(match.captured(1), match.captured(2).trimmed());
        }
    }
    return found;
}

//! `light-dark(#FFFFFF, #0F1418)` or one value for both.
QColor cssColour(const QString &value, bool dark)
{
    static const QRegularExpression both(u"light-dark\\(\\s*([^,]+),\\s*([^)]+)\\)"_s);
    const QRegularExpressionMatch match = both.match(value);
    return QColor(match.hasMatch() ? match.captured(dark ? 2 : 1).trimmed() : value);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_engine.addImportPath(u"qrc:/qt/qml"_s);
        QQmlComponent component(&m_engine);
        component.setData(
            "import QtQml\nimport Runnel.Ui\nQtObject { property QtObject theme: Theme }", QUrl());
        m_holder.reset(component.create());
        QVERIFY2(m_holder, qPrintable(component.errorString()));
        m_theme = m_holder->property("theme").value<QObject *>();
        QVERIFY(m_theme);
    }

    void coloursAreThoseOfThePage_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void coloursAreThoseOfThePage()
    {
        QFETCH(bool, dark);
        const QHash<QString, QString> css = customProperties();
        if (css.isEmpty() &&
            !QFile::exists(QStringLiteral(RUNNEL_SOURCE_DIR "/frontend/index.html")))
            QSKIP("There is no page yet");
        m_theme->setProperty("preference", dark ? 2 : 1);
        for (const auto &[name, cssNames] : colours) {
            QString value;
            for (const QString &cssName : cssNames)
                value = value.isEmpty() ? css.value(cssName) : value;
            QVERIFY2(!value.isEmpty(), name);
            const QColor ours = m_theme->property(name).value<QColor>();
            QVERIFY2(ours.isValid(), name);
            QVERIFY2(
                ours == cssColour(value, dark),
                qPrintable(QLatin1String(name) + u": "_s + ours.name() + u" here, "_s + value));
        }
    }

    void contrastsAreEnough_data() { coloursAreThoseOfThePage_data(); }
    void contrastsAreEnough()
    {
        QFETCH(bool, dark);
        m_theme->setProperty("preference", dark ? 2 : 1);
        for (const char *ground : {"canvas", "sunken", "raised"}) {
            QVERIFY(contrast("text", ground) >= 7);
            for (const char *ink : {"muted", "accent", "danger", "warning"})
                QVERIFY2(contrast(ink, ground) >= 4.5, ink);
            QVERIFY(contrast("outline", ground) >=
                    (QLatin1String(ground) == u"canvas" ? 3.0 : 2.7));
        }
        QVERIFY(contrast("accentInk", "accent") >= 4.5);
        QVERIFY(contrast("text", "bubble") >= 7);
        QVERIFY(contrast("text", "code") >= 7);
        for (const char *ink : {"codeKeyword", "codeString", "codeNumber", "codeTitle", "codeType",
                                "muted", "danger"})
            QVERIFY2(contrast(ink, "code") >= 4.5, ink);
        for (const char *ink :
             {"headerInk", "headerMuted", "headerAccent", "headerWarning", "headerDanger"})
            QVERIFY2(contrast(ink, "header") >= 4.5, ink);
    }

    void highContrastIsHigh_data() { coloursAreThoseOfThePage_data(); }
    void highContrastIsHigh()
    {
        QFETCH(bool, dark);
        m_theme->setProperty("preference", dark ? 2 : 1);
        m_theme->setProperty("contrast", 2);
        QVERIFY(m_theme->property("high").toBool());
        for (const char *ground : {"canvas", "sunken", "raised", "bubble", "code", "hover"}) {
            for (const char *ink : {"text", "muted", "accent", "danger", "warning"})
                QVERIFY2(contrast(ink, ground) >= 7,
                         qPrintable(QLatin1String(ink) + u" on "_s + QLatin1String(ground)));
            // Edges of controls and of cards, and the ring of focus, which is of the accent.
            for (const char *edge : {"outline", "hairline", "accent"})
                QVERIFY2(contrast(edge, ground) >= 3,
                         qPrintable(QLatin1String(edge) + u" on "_s + QLatin1String(ground)));
        }
        QVERIFY(contrast("accentInk", "accent") >= 7);
        for (const char *ink : {"codeKeyword", "codeString", "codeNumber", "codeTitle", "codeType"})
            QVERIFY2(contrast(ink, "code") >= 7, ink);
        for (const char *ink :
             {"headerInk", "headerMuted", "headerAccent", "headerWarning", "headerDanger"})
            QVERIFY2(contrast(ink, "header") >= 7, ink);
        m_theme->setProperty("contrast", 0);
    }

    void contrastIsThatOfTheSystemUnlessItIsChosen()
    {
        const auto isHigh = [this](int chosen, bool wanted) {
            m_theme->setProperty("contrast", chosen);
            m_theme->setProperty("systemWantsContrast", wanted);
            return m_theme->property("high").toBool();
        };
        QVERIFY(isHigh(0, true) && isHigh(2, false));
        QVERIFY(!isHigh(0, false) && !isHigh(1, true));
        QVERIFY(!isHigh(0, false)); // as it was
    }

private:
    //! As WCAG 2 defines it.
    double contrast(const char *ink, const char *ground) const
    {
        const auto luminance = [this](const char *name) {
            const QColor c = m_theme->property(name).value<QColor>();
            const auto linear = [](double v) {
                return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) +
                   0.0722 * linear(c.blueF());
        };
        const double a = luminance(ink), b = luminance(ground);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    }

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_holder;
    QObject *m_theme = nullptr;
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
