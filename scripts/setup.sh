#!/usr/bin/env bash
# Installs what the build needs from Debian's packages; does nothing (and asks for nothing) when all is there.
set -euo pipefail
packages=(g++ cmake ninja-build pkg-config python3 libicu-dev libfmt-dev libcli11-dev nlohmann-json3-dev libsimdjson-dev
          libsqlite3-dev libarchive-dev libzstd-dev libgumbo-dev libpugixml-dev libgtest-dev libgmock-dev)
missing=()
for p in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
echo "installing: ${missing[*]}"
run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: need root or sudo to install: ${missing[*]}" >&2; exit 1; }
  run=(sudo)
fi
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
