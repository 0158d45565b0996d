#pragma once

#include "net/httpexchange.h"

namespace runnel {

class TraceBook;
struct FrontServerConfig;

//! What happened to the newest turns, and when, by REST. docs/openapi.yaml describes it.
class TracesApi
{
public:
    //! The book must outlive it. Null: there are no traces, and every address says how to have
    //! them.
    explicit TracesApi(const TraceBook *book)
        : m_book(book)
    {}

    //! What these addresses want of the server in front: they tell which conversations there are.
    static void describe(FrontServerConfig &config);

    //! Whether that path, as it came, is one of these.
    [[nodiscard]] static bool serves(const QByteArray &path);

    //! Answers; the exchange must be taken over.
    void answer(HttpExchange *exchange) const;

private:
    void show(HttpExchange *exchange, const QString &session, const QString &turn) const;

    const TraceBook *const m_book;
};

} // namespace runnel
