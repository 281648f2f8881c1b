{{- define "twins.preset" -}}
{{- if eq . "small" }}
requests:
  cpu: 50m
  memory: 64Mi
limits:
  memory: 128Mi
{{- else if eq . "large" }}
requests:
  cpu: 500m
  memory: 512Mi
limits:
  memory: 1Gi
{{- end }}
{{- end }}
