#include "cache/cachelock.h"

#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace runnel {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<CacheLock>, QString> CacheLock::take(const QString &file)
{
    const QByteArray name = QFile::encodeName(file + u"-lock"_s);
    const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return Failure{
            u"cannot be used: its folder does not take a file (%1)."_s.arg(qt_error_string(errno))};
    }
    std::unique_ptr<CacheLock> lock(new CacheLock(fd));
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return Failure{u"is used by another window of Runnel."_s};
    return Failure{u"cannot be locked (%1)."_s.arg(qt_error_string(errno))};
}

CacheLock::~CacheLock()
{
    ::close(m_fd);
}

} // namespace runnel
