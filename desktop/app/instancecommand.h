#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QString>

namespace runnel {

//! What a second start asks of the instance that runs.
struct InstanceCommand
{
    enum class Kind {
        Raise,      //!< The window comes to the front.
        OpenServer, //!< argument: a server, as parseServerUrl() takes it.
        OpenLink,   //!< argument: a link, as parseDeepLink() takes it.
        QuickAsk,   //!< The small window for one question.
    };
    Kind kind = Kind::Raise;
    QString argument;
    QString conversation; //!< To be opened, a valid id; of Raise and OpenServer alone.
    QString agent;        //!< To be asked, a valid name; may be empty.
    //! What the desktop gave the second start (XDG_ACTIVATION_TOKEN, DESKTOP_STARTUP_ID), so that
    //! the window manager lets the window come to the front; printable ASCII, or empty.
    QString activationToken;
    QString startupId;

    friend bool operator==(const InstanceCommand &, const InstanceCommand &) = default;
};

//! All of a message, its line feed too. A link of DeepLink::maxLength fits.
inline constexpr qsizetype maxInstanceMessage = 4096; // Bytes.

//! One line of JSON, `{"runnel":1,…}` and a line feed. TooLarge when it would be longer than
//! maxInstanceMessage; what the desktop gave is left out before that.
[[nodiscard]] Result<QByteArray, Error> encodeInstanceCommand(const InstanceCommand &command);

//! Reads one line, without its line feed. Refused: another version, a kind that is not known, an
//! argument that is none of its kind.
[[nodiscard]] Result<InstanceCommand, Error> decodeInstanceCommand(const QByteArray &line);

} // namespace runnel
