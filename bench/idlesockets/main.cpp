// How long one ping takes while many connections are open and silent, by event dispatcher.

#include "net/epolleventdispatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <vector>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr auto longestMeasurement = 20s;

struct Plan
{
    int idle = 10'000;
    int pings = 1000;
};

int connectTo(quint16 port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return -1;
    return fd;
}

bool ping(int fd)
{
    char byte = 'p';
    return send(fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv(fd, &byte, 1, 0) == 1;
}

//! The other end, in a process of its own: opens the connections, then plays ping on the last.
int runClient(const Plan &plan, quint16 port)
{
    std::vector<int> sockets;
    for (int i = 0; i <= plan.idle; ++i) {
        const int fd = connectTo(port);
        // A ping on each proves that the server has it and watches it.
        if (fd < 0 || !ping(fd)) {
            std::fprintf(stderr, "connection %d failed\n", i);
            return 1;
        }
        sockets.push_back(fd);
    }
    std::vector<double> times;
    const auto begin = Clock::now();
    while (int(times.size()) < plan.pings && Clock::now() - begin < longestMeasurement) {
        const auto sent = Clock::now();
        if (!ping(sockets.back()))
            return 1;
        times.push_back(Microseconds(Clock::now() - sent).count());
    }
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times[std::size_t(share * double(times.size() - 1))];
    };
    std::printf("{\"idle\":%d,\"pings\":%zu,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", plan.idle,
                times.size(), at(0.5), at(0.99));
    return 0;
}

int runServer(QTcpServer &server, pid_t client)
{
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server] {
        while (QTcpSocket *peer = server.nextPendingConnection()) {
            QObject::connect(peer, &QTcpSocket::readyRead, peer,
                             [peer] { peer->write(peer->readAll()); });
            QObject::connect(peer, &QTcpSocket::disconnected, qApp, &QCoreApplication::quit);
        }
    });
    QTimer::singleShot(120s, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    int status = 0;
    return waitpid(client, &status, 0) == client && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

} // namespace

int main(int argc, char **argv)
{
    // Before the application object, which the dispatcher has to precede.
    const bool epoll = argc > 1 && qstrcmp(argv[1], "epoll") == 0;
    if (argc > 1 && qstrcmp(argv[1], "poll") == 0)
        qputenv("QT_NO_GLIB", "1");
    if (epoll)
        QCoreApplication::setEventDispatcher(new runnel::EpollEventDispatcher);
    QCoreApplication app(argc, argv);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Pings among idle connections, by event dispatcher."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"dispatcher"_s, u"epoll (ours), glib or poll (Qt's)"_s);
    parser.addOption({u"idle"_s, u"Idle connections."_s, u"number"_s, u"10000"_s});
    parser.addOption({u"pings"_s, u"Pings."_s, u"number"_s, u"1000"_s});
    parser.process(app);
    const Plan plan{parser.value(u"idle"_s).toInt(), std::max(parser.value(u"pings"_s).toInt(), 1)};

    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (rlim_t(plan.idle) + 100 > files.rlim_cur) {
        std::fprintf(stderr, "only %ju descriptors are allowed\n", uintmax_t(files.rlim_cur));
        return 1;
    }

    QTcpServer server;
    server.setMaxPendingConnections(1000);
    if (!server.listen(QHostAddress::LocalHost)) {
        std::fprintf(stderr, "cannot listen\n");
        return 1;
    }
    const pid_t client = fork();
    if (client == 0)
        _exit([&] {
            const int status = runClient(plan, server.serverPort());
            std::fflush(stdout);
            return status;
        }());
    return client < 0 ? 1 : runServer(server, client);
}
