#!/bin/sh
# What the tests need of Debian: `deploy/package.sh PACKAGE WHY`. Root installs it; anybody else is told the one line.
set -eu
line="apt-get install -y --no-install-recommends $1"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive $line
else
  echo "$2 Run: sudo $line" >&2
  echo "Or name another one: make test $3=/path/to/$1" >&2
  exit 1
fi
