#!/usr/bin/env bash
# Takes back what zipkin.sh did: undeploys Zipkin and gives Payara its port 8080 and its paths back.
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"

undeploy zipkin
listener=configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1
asadmin set "$listener.port=8080" >/dev/null
http=configs.config.server-config.network-config.protocols.protocol.http-listener-1.http
asadmin set "$http.http2-enabled=true" >/dev/null
asadmin set "$http.server-header=true" >/dev/null
asadmin set "$http.xpowered-by=true" >/dev/null
asadmin set-microprofile-healthcheck-configuration --endpoint health >/dev/null
asadmin set-metrics-configuration --dynamic=true --endpoint metrics >/dev/null
asadmin set-openapi-configuration --endpoint openapi >/dev/null
say "is removed; Payara has its port back once it is started again: $PAYARA_HOME/bin/asadmin restart-domain"
