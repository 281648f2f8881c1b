{{- define "legacy.labels" -}}
app: legacy
release: {{ .Release.Name }}
{{- end }}
{{- define "legacy.probe" -}}
httpGet:
  path: /{{ . }}
  port: 8080
periodSeconds: 10
{{- end }}
