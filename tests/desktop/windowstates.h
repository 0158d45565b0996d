#pragma once

#include "windowdriver.h"

namespace runnel::test {

//! The window in one of its main states, for tests that look at all of it. What persons and models
//! say there is Latin, so that a word of the window is told from it.
class WindowInState
{
public:
    //! "conversation", "failed", "shortcuts" …
    [[nodiscard]] static QStringList states();

    //! When it returns the state is shown, or the test has failed. \a state is one of states();
    //! \a answer stands in place of the rich one; \a textSize is in percent.
    WindowInState(const QString &state, QSize size, const QString &answer = {}, int textSize = 100);
    ~WindowInState();
    Q_DISABLE_COPY_MOVE(WindowInState)

    [[nodiscard]] static QString richAnswer();

    WindowDriver driver;

private:
    void listConversations();
    void enter(const QString &state);
    void openSideBar();
    void loseConnection();
};

} // namespace runnel::test
