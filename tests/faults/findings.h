#pragma once

#include <QElapsedTimer>
#include <QMap>
#include <QString>
#include <QStringList>

namespace runnel::faults {

//! What a round did and what was wrong in it.
class Findings
{
public:
    Findings() { m_clock.start(); }

    //! Something that was done, for whoever looks into a failure.
    void note(const QString &line)
    {
        m_story.append(
            QStringLiteral("%1 ms  %2").arg(m_clock.elapsed(), 6).arg(line.simplified()));
    }
    //! What was expected and what was there.
    void fail(const QString &line)
    {
        note(QStringLiteral("WRONG: ") + line);
        if (m_failures.size() < most)
            m_failures.append(line);
    }
    bool expect(bool holds, const QString &line)
    {
        if (!holds)
            fail(line);
        return holds;
    }

    //! Something that is good to know was met.
    void count(const QString &what) { ++m_counts[what]; }
    [[nodiscard]] const QMap<QString, int> &counts() const { return m_counts; }

    [[nodiscard]] bool isClean() const { return m_failures.isEmpty(); }
    [[nodiscard]] const QStringList &failures() const { return m_failures; }
    [[nodiscard]] const QStringList &story() const { return m_story; }

private:
    static constexpr qsizetype most = 20; //!< One fault is often seen by many.

    QElapsedTimer m_clock;
    QStringList m_failures;
    QStringList m_story;
    QMap<QString, int> m_counts;
};

} // namespace runnel::faults
