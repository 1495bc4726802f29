#!/bin/sh
# Makes the brokers' users from the files in a folder: the name of a file is the user, its text the password (SCRAM-SHA-512). Again = the same.
# users.sh FOLDER BROKER ADMIN_PROPERTIES
set -eu
configs=${KAFKA_CONFIGS:-/opt/kafka/bin/kafka-configs.sh}
for file in "$1"/*; do
  $configs --bootstrap-server "$2" --command-config "$3" --alter --entity-type users --entity-name "$(basename "$file")" \
    --add-config "SCRAM-SHA-512=[iterations=8192,password=$(cat "$file")]"
done
