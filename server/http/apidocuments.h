#pragma once

#include "http/pagefiles.h"

#include <QStringList>

namespace runnel {

//! The documents of the REST API and of the WebSocket protocol and the pages that show them,
//! compiled in: /openapi.json, /asyncapi.json, /docs, /docs/websocket and what these pages load.
class ApiDocuments
{
public:
    [[nodiscard]] static QStringList paths();
    //! The document at one of paths().
    [[nodiscard]] static PageFile find(const QString &path);
};

} // namespace runnel
