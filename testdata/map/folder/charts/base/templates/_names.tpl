{{- define "shop.labels" -}}
app: overridden by the chart above
{{- end }}
