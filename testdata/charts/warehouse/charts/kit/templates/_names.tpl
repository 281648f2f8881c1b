{{- define "kit.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "kit.image" -}}
{{- $registry := default .image.registry .global.imageRegistry -}}
{{- printf "%s/%s:%s" $registry .image.repository (toString .image.tag) -}}
{{- end -}}

{{- define "kit.pullSecrets" -}}
{{- if .image.pullSecrets }}
imagePullSecrets:
  {{- range .image.pullSecrets }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}
