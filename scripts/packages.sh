# Sourced by ./run and ./test: which Debian packages are needed, and how missing ones get there.
# shellcheck shell=bash

# The window alone, and what makes a package of it.
packages_desktop=(
    g++ cmake ninja-build pkg-config qt6-base-dev qt6-websockets-dev qt6-declarative-dev qt6-svg-dev
    qt6-tools-dev qt6-l10n-tools
    libcmark-gfm-dev libcmark-gfm-extensions-dev libsqlite3-dev libsodium-dev qtkeychain-qt6-dev libsecret-1-0
)
packages_package=(dpkg-dev file)
packages_build=(
    git ca-certificates "${packages_desktop[@]}"
    qt6-httpserver-dev libsimdjson-dev libyaml-cpp-dev libqt6sql6-sqlite
    qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts qml6-module-qtquick-shapes
    qml6-module-qtquick-templates qml6-module-qtquick-window qml6-module-qtqml qml6-module-qtqml-models
    qml6-module-qtqml-workerscript qml6-module-qtquick-dialogs qml6-module-qt-labs-folderlistmodel
    qml6-module-qt-labs-platform
    fonts-dejavu-core
)
packages_test=(
    python3 clang-format clang-tidy clang lld libclang-rt-dev clazy fonts-noto-color-emoji fonts-noto-cjk
    qml6-module-qttest qt6-declarative-dev-tools
    strace valgrind python3-websockets openssl dbus-daemon dbus-bin gnome-keyring xvfb
    desktop-file-utils appstream python3-yaml
)
packages_browser=(chromium firefox-esr)
# What the exercises' checks and the guides' commands ask beside the build, and a browser; what their readers write in.
packages_workshop=(python3 nginx-light curl)
packages_editor=(qtcreator gdb clang-tidy)
# What makes the pictures of Qt Creator.
packages_pictures=(
    qtcreator xvfb xdotool openbox imagemagick dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0 iproute2 chromium
)
packages_nginx=(nginx-light python3-websockets)
packages_container=(docker.io debootstrap debian-archive-keyring iptables iproute2 chromium python3-websockets)
packages_package_test=("${packages_package[@]}" lintian debootstrap debian-archive-keyring python3-websockets)
packages_fastapi=(python3-fastapi python3-uvicorn python3-uvloop python3-httptools python3-websockets python3-httpx)
packages_bench=("${packages_fastapi[@]}" nginx-light openssl) # and Node.js 20, which Debian 12 does not have

# A Node.js of any origin will do; Debian's is taken only where there is none.
need_node() {
    if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then return; fi
    printf 'nodejs\nnpm\n'
}

# Chromium or a Google Chrome, of any origin, for what opens pages; Debian's is taken only where there is none.
need_chromium() {
    local path
    for path in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        if [ -x "$path" ]; then return; fi
    done
    echo chromium
}

# Prints those of the packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || printf '%s\n' "$package"
    done
}

# install_packages yes|ask PACKAGE...: installs what is missing, asking before sudo unless the first word is "yes".
install_packages() {
    local consent=$1 missing
    shift
    if ! command -v apt-get >/dev/null 2>&1; then
        # Once there is a build, what it needs is there.
        if ! ls build/*/build.ninja >/dev/null 2>&1; then
            echo "This system has no apt-get. Please install the equivalents of these Debian packages:" >&2
            printf '  %s\n' "$*" >&2
        fi
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Needed and not installed: ${missing[*]}"
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "There is no sudo here. Become root and run: apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        fi
        sudo=(sudo)
        if [ "$consent" != yes ]; then
            local answer
            read -r -p "Install them with sudo apt-get? [Y/n] " answer || answer=n
            case $answer in "" | [Yy]*) ;; *)
                echo "Nothing was installed. Run this again when the packages are there." >&2
                return 1
                ;;
            esac
        fi
    fi
    echo "Installing ${#missing[@]} packages … (some minutes; apt is silent unless something is wrong)"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
