#pragma once

#include "protocol/errorcode.h"
#include "protocol/result.h"

#include <QString>
#include <QUrl>

namespace runnel {

//! What a `runnel:` link asks for. Anybody can write one, and a web page can have it opened: it
//! names things, and does none.
struct DeepLink
{
    static constexpr qsizetype maxLength = 2048; //!< UTF-16 units of the whole link.

    QUrl server;          //!< Canonical; empty: the window is raised, and nothing else.
    QString conversation; //!< A valid id; empty: none in particular.
    QString ask;          //!< For the composer; only a person ever sends it.
    //! Whether the server is in the person's list. The caller finds out; until then it is not, and
    //! nothing connects to an unknown server before the person has agreed to it.
    bool isKnown = false;

    friend bool operator==(const DeepLink &, const DeepLink &) = default;
};

//! Reads `runnel:` (raise the window) or `runnel://HOST[:PORT][/base/path][?c=ID][&ask=TEXT]`. The
//! server is spoken to by https, one on this computer by http. Refused with a sentence: longer than
//! DeepLink::maxLength, another scheme, a user or password, a fragment, a key that is not known or
//! there twice, an id that is none, control characters in the text.
[[nodiscard]] Result<DeepLink, Error> parseDeepLink(const QString &text);

} // namespace runnel
