{{- define "portal.labels" -}}
app: portal
from: z
{{- end }}
