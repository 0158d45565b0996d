#pragma once

#include "client/scriptedserver.h"

#include <QJsonArray>
#include <QJsonObject>

namespace runnel::test {

//! Six conversations that can be renamed, pinned, deleted and brought back; "river" is found in
//! one of them.
class ListingServer
{
public:
    static constexpr int count = 6;

    ListingServer();

    //! The message in which "river" is found.
    QString found = QStringLiteral("m1");

    //! Answers what \a server is asked by HTTP. Outlives it.
    void speakFor(ScriptedServer &server);

private:
    [[nodiscard]] ScriptedServer::Answer answer(const ScriptedServer::Request &request);
    [[nodiscard]] QJsonObject lineOf(const QString &id) const;

    QJsonArray m_lines;
    QString m_deleted;
};

} // namespace runnel::test
