#pragma once

#include "protocol/result.h"

#include <QString>

#include <memory>

namespace runnel {

//! Holds the file `FILE-lock`, for as long as it lives, or as this process does. Only who has it
//! opens the cache, and may put another file in its place.
class CacheLock
{
public:
    //! Does not wait. The error is the rest of a sentence that begins with "The cache …".
    [[nodiscard]] static Result<std::unique_ptr<CacheLock>, QString> take(const QString &file);
    ~CacheLock();
    Q_DISABLE_COPY_MOVE(CacheLock)

private:
    explicit CacheLock(int fd)
        : m_fd(fd)
    {}

    const int m_fd;
};

} // namespace runnel
