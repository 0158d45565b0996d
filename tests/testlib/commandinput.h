#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <functional>

namespace runnel::test {

//! Commands of a test in another process: a line of standard input each. The event loop runs
//! between two, and while one is obeyed no other is begun. The application quits at the end of the
//! input.
class CommandInput : public QObject
{
    Q_OBJECT

public:
    //! \a obey gets a command's first word and what follows it, and gives the line that answers it.
    using Obey = std::function<QString(const QString &command, const QString &what)>;
    explicit CommandInput(Obey obey, QObject *parent = nullptr);

private:
    void read();

    Obey m_obey;
    QSocketNotifier m_notifier;
    QByteArray m_input;
    bool m_isObeying = false;
};

//! To standard output, as one line.
void answerLine(const QString &line);

} // namespace runnel::test
