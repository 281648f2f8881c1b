{{- define "shop.labels" -}}
app: {{ .Chart.Name }}
{{- end }}
{{- define "shop.probe" -}}
httpGet:
  path: /ready
  port: metrics
{{- end }}
