# What `helm test` does: subscribes and publishes through the Service. Needs bash and base64.
#
# HOST and PORT say where; USERNAME and PASSWORD, if they are set, who. A user receives what it publishes; a guest receives
# and must not be able to publish.
set -euo pipefail
patience=20

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Reads from the stream until a line has a word.
await() {
  local line
  while IFS= read -r -t "$patience" line <&4; do
    if [[ $line == *"$1"* ]]; then
      return
    fi
  done
  fail "$2"
}

# Publishes and prints the status.
publish() {
  local body="{\"destination\":\"$1\",\"body\":\"$2\"}" status
  exec 3<> "/dev/tcp/$HOST/$PORT"
  printf 'POST /api/publish HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$HOST" "$authorization" "${#body}" "$body" >&3
  read -r -t "$patience" _ status _ <&3
  exec 3>&-
  echo "$status"
}

authorization=
destination='/topic/stocks.*'
if [[ -n ${USERNAME:-} ]]; then
  authorization="Authorization: Basic $(printf '%s:%s' "$USERNAME" "$PASSWORD" | base64 -w 0)"$'\r\n'
  destination="/topic/helm-test.$USERNAME"
fi

exec 4<> "/dev/tcp/$HOST/$PORT"
printf 'GET /api/stream?destination=%s HTTP/1.1\r\nHost: %s\r\n%sAccept: text/event-stream\r\n\r\n' \
  "$destination" "$HOST" "$authorization" >&4
await 'event: placed' "no subscription to $destination"
echo "subscribed to $destination"

if [[ -n ${USERNAME:-} ]]; then
  word="test-$RANDOM-$RANDOM"
  status=$(publish "$destination" "$word")
  [[ $status == 200 ]] || fail "publishing was answered $status"
  await "$word" "what was published has not arrived"
  echo "published and received"
else
  status=$(publish /topic/stocks.TEST nothing)
  [[ $status == 401 || $status == 403 ]] || fail "a guest who publishes was answered $status"
  echo "a guest cannot publish"
fi
