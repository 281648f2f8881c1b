{{/*
Prints a value, as a template if it has actions in it.
  include "kit.render" (dict "value" .Values.x "context" $)
*/}}
{{- define "kit.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" $value }}
  {{- tpl $value .context }}
{{- else }}
  {{- $value }}
{{- end }}
{{- end -}}

{{- define "kit.merge" -}}
{{- $result := dict -}}
{{- range .values -}}
{{- $result = include "kit.render" (dict "value" . "context" $.context) | fromYaml | merge $result -}}
{{- end -}}
{{ $result | toYaml }}
{{- end -}}
