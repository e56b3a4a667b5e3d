#!/bin/sh
# Spark needs Java 17 or more; on a Debian machine without it, root installs it.
set -eu
if command -v java >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
	exit 0
fi
echo "Java 17 ou plus récent est nécessaire pour Spark : installez-le, puis relancez make spark." >&2
exit 1
