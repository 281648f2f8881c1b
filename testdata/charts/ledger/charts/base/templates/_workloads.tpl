{{- define "base.deployment" -}}
{{- $root := .root -}}
{{- $name := .name -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $root.Release.Name }}-{{ $name }}
  labels:
    {{- include "base.labels" (dict "root" $root "name" $name) | nindent 4 }}
spec:
  replicas: {{ $root.Values.replicas }}
  {{- with $root.Values.strategy }}
  strategy:
    {{- toYaml . | nindent 4 }}
  {{- else }}
  strategy:
    rollingUpdate:
      maxUnavailable: 1
  {{- end }}
  selector:
    matchLabels:
      {{- include "base.labels" (dict "root" $root "name" $name) | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "base.labels" (dict "root" $root "name" $name) | nindent 8 }}
    spec:
      terminationGracePeriodSeconds: {{ $root.Values.grace | default 30 }}
      containers:
        - {{- include .container $root | nindent 10 }}
          {{- with $root.Values.settings }}
          envFrom:
            - configMapRef:
                name: {{ $root.Release.Name }}-settings
          {{- end }}
{{- end }}

{{- define "base.probe" -}}
{{ .kind }}Probe:
  httpGet:
    path: {{ .path }}
    port: api
    scheme: {{ .scheme }}
  {{- if eq .kind "liveness" }}
  initialDelaySeconds: 30
  {{- end }}
{{- end }}
