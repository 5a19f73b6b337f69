#!/usr/bin/env bash
# Spans from Apache Pulsar by its own connector on a running Payara Server, after messaging.sh. Can be run again, also with a newer connector. Undone by
# pulsar-remove.sh. The brokers are PULSAR_SERVICE_URL in the environment of the server; see docs/operating/pulsar.md.
#   PAYARA_HOME=/opt/payara6 server-config/payara/pulsar.sh target   # the folder with zipkin-pulsar.rar
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"
files=${1:?the folder that holds zipkin-pulsar.rar}

# The bean goes before its adapter.
undeploy zipkin
undeploy zipkin-pulsar
asadmin deploy --name zipkin-pulsar "$files/zipkin-pulsar.rar"
asadmin create-system-properties ZIPKIN_PULSAR_ADAPTER=zipkin-pulsar
asadmin deploy --name zipkin --contextroot / "${ZIPKIN_FOLDER:-$PAYARA_HOME/zipkin}"
say "takes messages of Pulsar"
