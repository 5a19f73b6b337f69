#!/usr/bin/env bash
# Unpacks zipkin.war into a folder and lays one file over it, so that Payara looks at its message-driven beans. messaging.sh deploys such a folder; Payara
# Micro takes one by --deploy.
#   server-config/payara/messaging-war.sh target/zipkin.war zipkin
set -euo pipefail
war=$(realpath "${1:?the path of zipkin.war}")
folder=${2:?the folder to make}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

rm -rf "$folder"
mkdir -p "$folder"
(cd "$folder" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$war")
cp "$here/messaging/ejb-jar.xml" "$folder/WEB-INF/ejb-jar.xml"
