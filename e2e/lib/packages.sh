# packages.sh: the Debian packages of the local provider. Sourced.

# command → package that brings it, where they differ
declare -A PACKAGE_OF=(
  [containerd]=containerd [runc]=runc [/usr/lib/cni/bridge]=containernetworking-plugins [iptables]=iptables
  [conntrack]=conntrack [ethtool]=ethtool [socat]=socat [buildah]=buildah [mmdebstrap]=mmdebstrap
  [curl]=curl [openssl]=openssl [ip]=iproute2 [git]=git [/bin/busybox]=busybox-static
)

need_packages() { # COMMAND...
  local command missing=()
  for command; do
    command -v "$command" >/dev/null || missing+=("${PACKAGE_OF[$command]}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local install="apt-get install --yes --no-install-recommends ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || die "packages are missing; run this as root, then try again: $install"
  command -v apt-get >/dev/null || die "these are missing and there is no apt-get to install them: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  long "installing ${missing[*]}" "$CACHE/log/apt.log" sh -c "apt-get update --quiet && $install"
}

need_toolchain() { # COMMAND WHAT-FOR PACKAGE
  command -v "$1" >/dev/null || die "$1 is needed to build $2 once and is not on the PATH: install $3"
}
