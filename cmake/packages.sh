# The Debian packages that Passerelle needs, for ./up and ./check. To be sourced.
# shellcheck shell=bash disable=SC2034

packages_build=(build-essential cmake ninja-build pkg-config libevent-dev libzmq3-dev libhiredis-dev
    libmsgpack-dev libsodium-dev libjansson-dev libunistring-dev libcsv-dev libsystemd-dev
    zlib1g-dev libcadical-dev libzip-dev libexpat1-dev libgmime-3.0-dev libcmocka-dev)
packages_run=(redis-server redis-tools tzdata poppler-utils)
packages_check=(clang clang-format clang-tidy libclang-rt-14-dev python3 python3-redis python3-zmq
    python3-msgpack strace curl systemd)

# Installs those of its arguments that are missing; quiet when none is.
packages_install() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' ||
            missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    echo "${packages_installing:-Installing:} ${missing[*]}"
    # Debian starts a Redis of its own when the package is installed; ours is private.
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get -qq update
        if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
            chmod +x /usr/sbin/policy-rc.d
            trap "rm -f /usr/sbin/policy-rc.d" EXIT
        fi
        apt-get -qq install -y --no-install-recommends "$@"' install "${missing[@]}" >/dev/null
}
