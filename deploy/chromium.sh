#!/bin/sh
# The browser tests drive Debian's Chromium. Root installs it; anybody else is told the one line.
set -eu
line='apt-get install -y --no-install-recommends chromium'
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive $line
else
  echo "The browser tests need Chromium. Run: sudo $line" >&2
  echo 'Or name another one: make test CHROMIUM=/path/to/chromium' >&2
  exit 1
fi
