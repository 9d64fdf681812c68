# Shared by the peers that are Carillon: the jar as it is shipped, and how it is set up for a load.
# shellcheck shell=bash
source "$(dirname "${BASH_SOURCE[0]}")/java.sh"

jar=${BENCH_CARILLON_JAR:-$project/target/carillon.jar}
options=("${common_options[@]}" -XX:+UseCompactObjectHeaders)

# Open topics, and some that behave like the stock quotes.
families=(
  --carillon.topics.bench.pattern=/topic/bench.**
  --carillon.topics.bench.subscribe=anyone
  --carillon.topics.bench.send=anyone
  --carillon.topics.bench-quotes.pattern=/topic/quotes.{symbol}
  --carillon.topics.bench-quotes.subscribe=anyone
  --carillon.topics.bench-quotes.send=anyone
  --carillon.topics.bench-quotes.log.entries=256
  --carillon.topics.bench-quotes.log.bytes=1MB
  --carillon.topics.bench-quotes.log.keep=10m
  --carillon.topics.bench-quotes.replay=1
  --carillon.topics.bench-quotes.slow=conflate
)

lifted_limits=(
  --carillon.limits.sessions=0
  --carillon.limits.sessions-per-user=0
  --carillon.limits.sessions-per-address=0
  --carillon.limits.subscriptions-per-session=0
  --carillon.limits.send-rate=0
)

# The users sender-001, sender-002, … with the password "sender". It is encoded at the lowest strength: how long logins
# take is not what is measured.
senders() {
  local i
  for ((i = 1; i <= 200; i++)); do
    # shellcheck disable=SC2016
    printf -- '--carillon.security.users.sender-%03d.password={bcrypt}$2a$04$EQL0TWz7kY.fJeOEnkWuKO8QmjJtuG/KIVdpnoJ84cf.qQ5X6tK8O\n' "$i"
  done
}

carillon_available() {
  [[ -f $jar ]] || { echo "build it first: ./mvnw package"; return 1; }
}

# The version, with whatever else took part as arguments.
describe_carillon() {
  local manifest commit
  manifest=$(unzip -p "$jar" META-INF/MANIFEST.MF | tr -d '\r')
  value_of() { sed -n "s/^$1: //p" <<<"$manifest"; }
  commit=$(git -C "$project" rev-parse --short HEAD 2>/dev/null || echo unknown)
  printf 'version=Carillon %s, commit %s, Spring Boot %s' "$(value_of Implementation-Version)" "$commit" \
    "$(value_of Spring-Boot-Version)"
  if (($# > 0)); then
    printf ', %s' "$@"
  fi
  echo
  echo "options=${options[*]}${BENCH_CARILLON_SETTINGS:+ $BENCH_CARILLON_SETTINGS}"
  echo "dialect=stomp"
  echo "path=/ws"
  echo "batch=true"
  echo "heap=jvm"
}

# What the chat stores is only worth as much as the disk below it.
scratch_filesystem() {
  df --output=fstype "${TMPDIR:-/tmp}" | tail -n 1
}

# Replaces the shell: start_carillon PORT LOAD SETTING…
start_carillon() {
  local settings=("${families[@]}")
  case $2 in
    flood) ;; # with the limits it is shipped with
    chat | restart) mapfile -t -O "${#settings[@]}" settings < <(senders); settings+=("${lifted_limits[@]}") ;;
    *) settings+=("${lifted_limits[@]}") ;;
  esac
  cd "$BENCH_SCRATCH"
  # shellcheck disable=SC2086
  exec "$JAVA_HOME/bin/java" "${options[@]}" -jar "$jar" --server.port="$1" --server.address=127.0.0.1 \
    "${settings[@]}" "${@:3}" ${BENCH_CARILLON_SETTINGS:-}
}
