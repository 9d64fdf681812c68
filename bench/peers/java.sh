# Shared by the peers that run on a JVM: the options they have in common, and how they are built.
# shellcheck shell=bash

here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
common_options=("-Xmx${BENCH_MAX_HEAP:-2g}")

build_with_maven() {
  local maven=mvn
  if [[ -x $project/mvnw ]]; then
    maven=$project/mvnw
  fi
  "$maven" -q -B -f "$here/pom.xml" package
}
