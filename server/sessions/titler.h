#pragma once

#include "llm/languagemodel.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <map>
#include <memory>

namespace runnel {

class SessionRegistry;

//! A title from what a model answered: its first line without quotes and Markdown around it, at
//! most 60 characters. Empty when nothing of it is left.
[[nodiscard]] QString titleFromAnswer(const QString &answer);

//! Asks a model for a title once the first answer of a conversation has ended (the setting
//! TITLE_MODEL). Off the answer's path: nobody waits for it, and whatever goes wrong, the
//! conversation stays named by its first words. Never takes the place of a title that somebody
//! gave.
class Titler : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        QString model;
        std::chrono::milliseconds patience{20'000};
        std::size_t atOnce = 8;  //!< That are asked for; others wait …
        qsizetype waiting = 256; //!< … so many of them. One more stays named by its first words.
    };

    //! Both must outlive it.
    Titler(SessionRegistry &sessions, LanguageModel &model, Config config,
           QObject *parent = nullptr);
    ~Titler() override;

    //! The server shuts down: what is asked for is forgotten, and nothing more is.
    void stop();

private:
    struct Asked;

    void take(const QString &id);
    void askNext();
    void ask(const QString &id);
    [[nodiscard]] Asked *takeOff(const QString &id);
    void finish(const QString &id, const Outcome &outcome);
    void apply(const QString &id, const Asked &asked);

    SessionRegistry &m_sessions;
    LanguageModel &m_model;
    const Config m_config;
    std::map<QString, std::unique_ptr<Asked>> m_asked; //!< By conversation.
    QStringList m_waiting;                             //!< Conversations; the first is next.
    bool m_stopped = false;
};

} // namespace runnel
