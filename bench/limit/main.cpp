#include "limit/limitserver.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <sys/resource.h>

namespace {

//! Of http://IPV4:PORT; port 0 when it is something else.
sockaddr_in parseBaseUrl(std::string_view url)
{
    sockaddr_in address{};
    constexpr std::string_view scheme = "http://";
    const auto colon = url.rfind(':');
    if (!url.starts_with(scheme) || colon < scheme.size())
        return address;
    const std::string host(url.substr(scheme.size(), colon - scheme.size()));
    std::uint16_t port = 0;
    std::from_chars(url.data() + colon + 1, url.data() + url.size(), port);
    address.sin_family = AF_INET;
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) == 1)
        address.sin_port = htons(port);
    return address;
}

const char *setting(const char *name, const char *fallback)
{
    const char *const value = std::getenv(name);
    return value == nullptr ? fallback : value;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "--version") {
        std::puts("epoll server by g++ " __VERSION__);
        return 0;
    }
    const sockaddr_in upstream = parseBaseUrl(setting("GOOGLE_GEMINI_BASE_URL", ""));
    if (upstream.sin_port == 0) {
        std::fputs("GOOGLE_GEMINI_BASE_URL must be http://IPV4:PORT\n", stderr);
        return 2;
    }
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    runnel::bench::LimitServer server(upstream, setting("GOOGLE_API_KEY", ""));
    const auto port = server.listen(static_cast<std::uint16_t>(std::atoi(setting("PORT", "0"))));
    if (port == 0) {
        std::perror("listen");
        return 1;
    }
    std::printf("Listening on http://127.0.0.1:%d\n", port);
    std::fflush(stdout);
    server.run();
}
