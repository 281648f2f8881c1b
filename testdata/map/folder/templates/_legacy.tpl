{{- define "shop.labels" -}}
release: {{ .Release.Name }}
app: {{ .Chart.Name }}
{{- end }}
