#!/usr/bin/env bash
# Installs the Debian packages the tests need where they are missing and it may; else says how.
set -euo pipefail

missing=()
for name in redis-server strace; do
  command -v "$name" >/dev/null || missing+=("$name")
done
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
command -v caddy >/dev/null || missing+=(caddy)
# Chromium without windows of its own takes a quarter less of the processor; with them it does as well.
if ! command -v chromium-headless-shell >/dev/null; then
  if [ "$(id -u)" -eq 0 ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    missing+=(chromium-headless-shell)
  elif ! command -v chromium >/dev/null; then
    missing+=(chromium)
  fi
fi
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v soffice >/dev/null || missing+=(libreoffice-calc)
# Reports are set into PDF by Pango, which WeasyPrint loads as a library.
for pair in libpango-1.0:libpango-1.0-0 libpangoft2-1.0:libpangoft2-1.0-0 libharfbuzz-subset:libharfbuzz-subset0; do
  /sbin/ldconfig -p | grep -q "${pair%%:*}.so.0" || missing+=("${pair##*:}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} with apt-get"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "The tests need ${missing[*]}. On Debian: sudo apt-get install -y ${missing[*]}"
  exit 1
fi
