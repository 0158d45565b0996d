#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace runnel {

//! SIGTERM and SIGINT as a Qt signal. A second one ends the process at once, as a person who
//! presses Ctrl+C twice expects. One per process.
class TerminationSignal : public QObject
{
    Q_OBJECT

public:
    TerminationSignal();
    ~TerminationSignal() override;

Q_SIGNALS:
    void received();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace runnel
