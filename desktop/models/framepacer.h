#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <ctime>

namespace runnel {

//! When what has come may be rendered: at most once per frame of the screen. A rendering that keeps
//! the window busy, as that of a very long table does, is followed by a pause in proportion, half a
//! second at most: a block's cost grows with its length, so that the whole would not be linear
//! otherwise.
class FramePacer : public QObject
{
    Q_OBJECT

public:
    explicit FramePacer(QObject *parent = nullptr);

    //! Nothing was rendered lately: one may at once, else when due() says so.
    [[nodiscard]] bool isIdle() const;
    void begin();
    //! Something was rendered since begin().
    void end() { m_frameTimer.start(); }

Q_SIGNALS:
    void due();

private:
    void afterFrame();

    QTimer m_frameTimer;
    QTimer m_pauseTimer;
    QElapsedTimer m_sinceBegin;
    std::clock_t m_clockAtBegin = 0; //!< CPU time of the process.
};

} // namespace runnel
