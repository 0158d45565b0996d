#include "waiting.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace runnel::faults {

using namespace std::chrono_literals;

void letRun(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool waitUntil(const std::function<bool()> &holds, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    while (!holds()) {
        if (deadline.hasExpired())
            return false;
        letRun(5ms);
    }
    return true;
}

} // namespace runnel::faults
