{{- define "portal.labels" -}}
app: portal
from: common
{{- end }}
{{- define "portal.probe" -}}
httpGet:
  path: /common
  port: http
{{- end }}
{{- define "portal.resources" -}}
requests:
  cpu: 20m
limits:
  memory: 64Mi
{{- end }}
