#!/usr/bin/env bash
# Run Jena's engine behind Fuseki's addresses (Debian: libapache-jena-java): run.sh PORT, then konkyo store-test http://127.0.0.1:PORT/ds/query
set -euo pipefail
port="$1"
java=/usr/share/java
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Debian 12 puts Xerces of Jena into another package than its messages: without these the engine does not begin.
(cd "$work" && unzip -qo "$java/jena-core.jar" 'org/apache/jena/ext/xerces/*' && cp -r org/apache/jena/ext/xerces .)
jars="$work"
for name in commons-{cli,codec,compress,csv,io,lang3} dexx.collection gson guava httpclient httpcore jackson-{annotations,core,databind} \
  jakarta.json-api jena-{arq,base,core,iri,rdfconnection,tdb,tdb2} jena-dboe-{base,index,storage,trans-data,transaction} jsonld-java \
  protobuf slf4j-api slf4j-nop thrift titanium-json-ld; do
  jars="$jars:$java/$name.jar"
done
java -Xmx1g -cp "$jars" "$(dirname "$0")/JenaServer.java" "$port"
