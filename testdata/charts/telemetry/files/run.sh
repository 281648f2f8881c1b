#!/bin/sh
set -e
trap 'kill -TERM $child' TERM
agent --config /etc/agent/agent.yaml --release {{ .Release.Name }} &
child=$!
wait $child
