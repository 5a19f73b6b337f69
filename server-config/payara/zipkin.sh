#!/usr/bin/env bash
# Makes a running Payara Server a Zipkin server: port 9411 (QUERY_PORT in the environment of the server), Payara's own /health, /metrics and /openapi
# moved to /payara/…, no HTTP/2 and no names of software on the port, and zipkin.war at the root. Can be run again, also with a newer WAR. Undone by zipkin-remove.sh.
#   PAYARA_HOME=/opt/payara6 server-config/payara/zipkin.sh target/zipkin.war
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"
war=${1:?the path of zipkin.war}

listener=configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1
asadmin set "$listener.port=\${ENV=QUERY_PORT:9411}" >/dev/null
# Grizzly's upgrade from HTTP/1.1 to HTTP/2 breaks connections whose request has a body that is read without blocking.
http=configs.config.server-config.network-config.protocols.protocol.http-listener-1.http
asadmin set "$http.http2-enabled=false" >/dev/null
# Server and X-Powered-By name Payara, the JDK and their versions, which helps attackers only.
asadmin set "$http.server-header=false" >/dev/null
asadmin set "$http.xpowered-by=false" >/dev/null
asadmin set-microprofile-healthcheck-configuration --endpoint payara/health >/dev/null
asadmin set-metrics-configuration --dynamic=true --endpoint payara/metrics >/dev/null
asadmin set-openapi-configuration --endpoint payara/openapi >/dev/null
asadmin deploy --force --name zipkin --contextroot / "$war"
say "is on port ${QUERY_PORT:-9411} once the server is started again: $PAYARA_HOME/bin/asadmin restart-domain"
