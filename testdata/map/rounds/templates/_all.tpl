{{- define "rounds.all" -}}
{{- range .Values.apps }}
{{- if not .disabled }}
---
{{ include "rounds.app" (dict "root" $ "app" .) }}
{{- end }}
{{- end }}
{{- end -}}
{{- define "rounds.app" -}}
{{- $app := .app -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $app.name }}
spec:
  replicas: 1
  selector:
    matchLabels: {app: {{ $app.name }}}
  template:
    metadata:
      labels: {app: {{ $app.name }}}
    spec:
      containers:
        {{- range $name, $c := $app.containers }}
        - name: {{ $name }}
          {{- include "rounds.container" $c | nindent 10 }}
        {{- end }}
{{- end -}}
{{- define "rounds.container" -}}
image: {{ printf "%s:%s" .image.name .image.tag }}
ports:
  - name: http
    containerPort: 8080
{{- range $kind, $probe := .probes }}
{{ $kind }}Probe:
  {{- toYaml $probe | nindent 2 }}
{{- end }}
{{- with .resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
