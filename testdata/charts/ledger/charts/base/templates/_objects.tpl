{{- define "base.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "base.service" -}}
{{- $root := index . 0 }}
{{- $name := index . 1 }}
{{- $port := last . }}
apiVersion: v1
kind: Service
metadata:
  name: {{ $root.Release.Name }}-{{ $name }}
spec:
  selector:
    {{- include "base.labels" (dict "root" $root "name" $name) | nindent 4 }}
  ports:
    - name: api
      port: {{ $port }}
      targetPort: api
{{- end }}

{{- define "base.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
data:
  {{- range $key, $value := .Values.settings }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
