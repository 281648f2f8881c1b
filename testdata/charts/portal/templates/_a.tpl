{{- define "portal.labels" -}}
app: portal
from: a
{{- end }}
{{- define "portal.probe" -}}
httpGet:
  path: /a
  port: http
{{- end }}
