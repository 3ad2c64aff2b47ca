#!/usr/bin/env bash
# java-home.sh: prints the home of a JDK 25 or newer: JAVA_HOME if it is one, else the newest that is installed.
set -euo pipefail

major() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p'; }

fits() { [ -x "$1/bin/javac" ] && [ "$(major "$1")" -ge 25 ] 2>/dev/null; }

for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*; do
  if [ -n "$home" ] && fits "$home"; then
    echo "$home"
    exit 0
  fi
done
echo "JDK 25 is needed and none was found (JAVA_HOME=${JAVA_HOME:-not set}): install the package temurin-25-jdk, or set JAVA_HOME." >&2
exit 1
