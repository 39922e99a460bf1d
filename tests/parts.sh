#!/usr/bin/env bash
# Installs and starts what the whole test suite talks to, on Debian or Ubuntu, where it is missing:
# Chromium, Firefox ESR, WebKitGTK, PostgreSQL, Redis, nginx, coturn, Poppler, R, Node with the foreign clients, a model for speech. Run it as root or with sudo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("${@:2}"); }
need chromium chromium
need firefox-esr firefox-esr
need psql postgresql
need redis-cli redis-server
need node nodejs npm
need turnserver coturn
need pdftotext poppler-utils
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
[ -d /usr/lib/R/site-library/psych ] || missing+=(r-cran-psych)
[ -d /usr/share/doc/gir1.2-webkit2-4.1 ] || missing+=(
  python3-gi gir1.2-webkit2-4.1 dbus gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly gstreamer1.0-libav
)
need xvfb-run xvfb xauth
[ -d /usr/share/fonts/truetype/noto ] || missing+=(fonts-noto-core)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! pg_isready -q; then
  echo "Starting PostgreSQL"
  version=$(ls /etc/postgresql | sort -V | tail -n 1)
  pg_ctlcluster --skip-systemctl-redirect "$version" main start || true
  for _ in $(seq 30); do pg_isready -q && break; sleep 1; done
fi
if ! psql -qAtc 'SELECT 1' postgres >/dev/null 2>&1; then
  echo "Letting $(id -un) use PostgreSQL"
  su postgres -c "createuser --superuser $(id -un)"
fi

if ! redis-cli ping >/dev/null 2>&1; then
  echo "Starting Redis"
  redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no >/dev/null
fi

if ! cmp -s "$here/foreign/package-lock.json" "$here/foreign/node_modules/.installed-lock"; then
  echo "Installing the foreign clients"
  npm ci --prefix "$here/foreign" --no-audit --no-fund --silent
  cp "$here/foreign/package-lock.json" "$here/foreign/node_modules/.installed-lock"
fi

if [ ! -d "$here/../.data/test/models/tiny.en" ]; then
  "$here/../bothways" models --data "$here/../.data/test" fetch tiny.en
fi
