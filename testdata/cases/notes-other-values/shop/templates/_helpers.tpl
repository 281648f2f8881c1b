{{- define "shop.labels" -}}
app: {{ .Release.Name }}
part: x
{{- end -}}
