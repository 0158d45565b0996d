#pragma once

#include <QUrl>

//! What people are told of where an address leads. A name may have letters that look like others,
//! so it is shown as the name server is asked for it.
namespace runnel::words {

//! "chat.example.org", "xn--bcher-kva.example:8443": lower case, with the port when it was named.
[[nodiscard]] QString host(const QUrl &url);

//! "This name is written “bücher.example”." of a name with letters beyond ASCII; empty of another
//! one.
[[nodiscard]] QString hostAsWritten(const QUrl &url);

//! An address as it is opened, in ASCII, cut around what says where it leads: the host of a web
//! address, the receivers of a mail.
struct AddressParts
{
    QString before; //!< "https://", with a user's name where it has one.
    QString lead;
    QString after;
};
[[nodiscard]] AddressParts addressParts(const QUrl &url);

} // namespace runnel::words
