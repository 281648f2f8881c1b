{{- define "orders.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
{{- range $key, $value := .Values.global.labels }}
{{ $key }}: {{ $value }}
{{- end }}
{{- end -}}
{{- define "orders.waitFor" -}}
- name: wait-for-{{ .name }}
  image: {{ .root.Values.global.registry }}/wait:1.2
  args: [{{ .root.Release.Name }}-{{ .name }}, "6379"]
{{- end -}}
