#!/bin/sh
# Makes the namespace on a new server. Address and name: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE.
# Closed workflows are kept for RETENTION only: the record is the log in PostgreSQL.
set -eu

temporal operator namespace describe >/dev/null 2>&1 && exit 0
temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
