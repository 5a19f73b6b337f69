#!/usr/bin/env bash
# Makes a configured WildFly with Zipkin EE deployed boot faster: fast-boot.sh WILDFLY_HOME [zipkin.war]
# Installs zipkin.conf and boot.directives, and archives the classes that a trial run loads in
# bin/zipkin.jsa. The WAR is needed when none is deployed yet. Can be run again: an archive that was
# made by the same Java in the same place is kept. A failed run leaves no archive behind.
# Undone by removing bin/zipkin.{conf,jsa,jsa.of}, bin/boot.directives and the last line of
# bin/standalone.conf. Changes no other file of the server; the trial run has a base directory and
# ports of its own.
set -euo pipefail

home=$(cd "${1:?usage: fast-boot.sh WILDFLY_HOME [zipkin.war]}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
limit_seconds=300

cp "$here/zipkin.conf" "$here/boot.directives" "$home/bin/"
line='. "$DIRNAME/zipkin.conf"'
grep -qxF "$line" "$home/bin/standalone.conf" || printf '\n%s\n' "$line" >>"$home/bin/standalone.conf"

# The JVM ignores an archive of another Java or another place, so such an archive is made again.
archive="$home/bin/zipkin.jsa"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
made_by="$home $("$java" -version 2>&1 | tr '\n' ' ')"
[ ! -s "$archive" ] || [ "$(cat "$archive.of" 2>/dev/null)" != "$made_by" ] || exit 0
rm -f "$archive" "$archive.of"

base=$(mktemp -d)
log="$base/console.log"
pid_file="$base/pid"
script=
stop() {
  [ ! -s "$pid_file" ] || kill "$(cat "$pid_file")" 2>/dev/null || true
  [ -z "$script" ] || wait "$script" 2>/dev/null || true
  rm -rf "$base" "$archive.new"
}
trap stop EXIT
cp -r "$home/standalone/." "$base"
if [ -n "${2:-}" ] && ! grep -q "<deployment name=\"$(basename "$2")\"" "$base/configuration/standalone.xml"; then
  cp "$2" "$base/deployments/"
fi

# standalone.sh runs the JVM in the background, so that this script can await its end, which writes
# the archive.
env -u QUERY_PORT JAVA_OPTS="-Xmx512m -XX:ArchiveClassesAtExit=$archive.new -Xlog:cds=off,cds+dynamic=off" \
  LAUNCH_JBOSS_IN_BACKGROUND=true JBOSS_PIDFILE="$pid_file" JBOSS_HOME="$home" \
  "$home/bin/standalone.sh" "-Djboss.server.base.dir=$base" -b=127.0.0.1 -Djboss.http.port=0 -Djboss.https.port=0 \
  -Djboss.management.http.port=0 -DCOLLECTOR_OTLP_LISTENERS=false >"$log" 2>&1 &
script=$!

fail() {
  tail -20 "$log" >&2
  echo "fast-boot: $1; the server works, but boots as slowly as before" >&2
  exit 1
}

# WFLYSRV0025: started; 0026: started with errors.
deadline=$((SECONDS + limit_seconds))
until grep -q WFLYSRV0025 "$log"; do
  if [ $SECONDS -gt $deadline ] || grep -q WFLYSRV0026 "$log" || ! kill -0 "$script" 2>/dev/null; then
    fail "the trial run did not start"
  fi
  sleep 0.2
done

# What a first client makes the server load: a health check, a span and queries. The server is up
# when it is healthy: messaging may still be starting.
port=$(sed -n 's/.*WFLYUT0006.* 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$log" | head -1)
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' "$1" "${#2}" "$2" >&3
  timeout 60 cat <&3 || true
  exec 3>&-
}
until ask 'GET /health' '' | grep -q 'HTTP/1.1 200'; do
  [ $SECONDS -le $deadline ] || fail "the trial run was not healthy"
  sleep 0.2
done
ask 'POST /api/v2/spans' '[{"traceId":"1","id":"1","name":"boot","localEndpoint":{"serviceName":"boot"},"tags":{"a":"b"}}]' >"$base/answer"
for path in services traces 'spans?serviceName=boot' trace/1 'dependencies?endTs=1'; do
  ask "GET /api/v2/$path" '' >"$base/answer"
done

kill "$(cat "$pid_file")"
wait "$script" || true
script=
[ -s "$archive.new" ] || fail "no archive was written"
mv "$archive.new" "$archive"
printf '%s\n' "$made_by" >"$archive.of"
