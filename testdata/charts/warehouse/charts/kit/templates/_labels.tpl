{{- define "kit.labels" -}}
{{- if and (hasKey . "custom") (hasKey . "context") -}}
{{- $default := dict "app" .context.Chart.Name "release" .context.Release.Name "managed-by" .context.Release.Service -}}
{{- with .context.Chart.AppVersion -}}
{{- $_ := set $default "version" . -}}
{{- end -}}
{{ template "kit.merge" (dict "values" (list .custom $default) "context" .context) }}
{{- else -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
managed-by: {{ .Release.Service }}
{{- end -}}
{{- end -}}

{{- define "kit.selector" -}}
{{- if and (hasKey . "custom") (hasKey . "context") -}}
{{ merge (pick (include "kit.render" (dict "value" .custom "context" .context) | fromYaml) "app" "release") (dict "app" .context.Chart.Name "release" .context.Release.Name) | toYaml }}
{{- else -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
{{- end -}}
{{- end -}}
