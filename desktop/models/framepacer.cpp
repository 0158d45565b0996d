#include "models/framepacer.h"

#include <algorithm>

namespace runnel {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

//! One frame of a 60 Hz screen: text that comes faster is rendered together.
constexpr auto frameTime = 16ms;
//! What a rendering may cost beyond its frame without a pause, how much longer than that the pause
//! is, and the most that a reader waits for text that is here.
constexpr auto freeOfPause = 4ms;
constexpr int pausePerCost = 2;
constexpr auto longestPause = 500ms;

} // namespace

FramePacer::FramePacer(QObject *parent)
    : QObject(parent)
{
    m_frameTimer.setSingleShot(true);
    m_frameTimer.setTimerType(Qt::PreciseTimer);
    m_frameTimer.setInterval(frameTime);
    connect(&m_frameTimer, &QTimer::timeout, this, &FramePacer::afterFrame);
    m_pauseTimer.setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, &FramePacer::due);
}

bool FramePacer::isIdle() const
{
    return !m_frameTimer.isActive() && !m_pauseTimer.isActive();
}

void FramePacer::begin()
{
    m_sinceBegin.start();
    m_clockAtBegin = std::clock();
}

//! The views lay out and paint after end(), and all that before the frame's timer. Work is what
//! took both the processor and time: a wait for the screen, a window that is dragged or a process
//! that was stopped is none, and what other threads do besides holds nothing up.
void FramePacer::afterFrame()
{
    const milliseconds passed(m_sinceBegin.elapsed());
    const milliseconds worked((std::clock() - m_clockAtBegin) * 1000 / CLOCKS_PER_SEC);
    const milliseconds cost = std::min(passed, worked) - frameTime;
    if (cost > freeOfPause)
        m_pauseTimer.start(std::min<milliseconds>(pausePerCost * cost, longestPause));
    else
        Q_EMIT due();
}

} // namespace runnel
