#!/usr/bin/env bash
# Switches on the message-driven beans of Zipkin EE on a running Payara Server: connectors for Kafka and RabbitMQ, queues of the server's own broker
# (OpenMQ), and zipkin.war deployed from a folder beside the domain's applications with one file laid over it. Can be run again, also with newer files.
# Undone by messaging-remove.sh. Connectors without an address stay dormant: KAFKA_BOOTSTRAP_SERVERS, RABBIT_ADDRESSES or RABBIT_URI in the environment of
# the server switch them on.
#   PAYARA_HOME=/opt/payara6 server-config/payara/messaging.sh target   # the folder with zipkin.war, zipkin-kafka.rar, zipkin-rabbitmq.rar
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"
files=${1:?the folder that holds zipkin.war, zipkin-kafka.rar and zipkin-rabbitmq.rar}
folder=${ZIPKIN_FOLDER:-$PAYARA_HOME/zipkin}

# The beans go before their adapters.
undeploy zipkin
for rar in zipkin-kafka zipkin-rabbitmq; do
  undeploy "$rar"
  asadmin deploy --name "$rar" "$files/$rar.rar"
done

if ! has list-connector-resources JmsXA; then
  asadmin add-resources "$here/messaging/queues.xml" >/dev/null
fi
# For OTLP. Its bean takes nothing unless ZIPKIN_JMS_OTLP_QUEUE=jms/queue/zipkin-otlp is in the environment of the server.
if ! has list-admin-objects jms/queue/zipkin-otlp; then
  asadmin create-admin-object --restype jakarta.jms.Queue --raname jmsra --property Name=zipkin_otlp jms/queue/zipkin-otlp >/dev/null
fi

"$here/messaging-war.sh" "$files/zipkin.war" "$folder"
asadmin deploy --name zipkin --contextroot / "$folder"
say "takes messages"
