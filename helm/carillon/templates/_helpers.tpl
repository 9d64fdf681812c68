{{/* The name of the chart. */}}
{{- define "carillon.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of objects; room is left for what some of them add. */}}
{{- define "carillon.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "carillon.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "carillon.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "carillon.selector" -}}
app.kubernetes.io/name: {{ include "carillon.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "carillon.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ include "carillon.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "carillon.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "carillon.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "carillon.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Whether metrics are asked for by somebody. */}}
{{- define "carillon.monitored" -}}
{{- if or .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled -}}true{{- end -}}
{{- end -}}

{{/*
The times of a stop, each from the one before:
  one phase of the stop    = drain.periodSeconds + drain.finishSeconds
  the grace of the pod     = drain.endpointsDelaySeconds (preStop) + two phases (drain, web server) + 5 (JVM)
*/}}
{{- define "carillon.phaseSeconds" -}}
{{- add .Values.drain.periodSeconds .Values.drain.finishSeconds -}}
{{- end -}}
{{- define "carillon.graceSeconds" -}}
{{- add .Values.drain.endpointsDelaySeconds (mul 2 (include "carillon.phaseSeconds" . | int)) 5 -}}
{{- end -}}

{{/* The configuration file of the application: what is configured beneath what the chart decides. */}}
{{- define "carillon.application" -}}
{{- $url := default "jdbc:h2:async:/var/lib/carillon/carillon;RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE" .Values.database.url -}}
{{- $server := dict "forward-headers-strategy" "framework" -}}
{{- $management := dict "health" (dict "diskspace" (dict "path" "/var/lib/carillon")) -}}
{{- with .Values.tracing.endpoint -}}
{{- $export := dict "export" (dict "otlp" (dict "endpoint" .)) -}}
{{- $_ := set $management "opentelemetry" (dict "tracing" $export) -}}
{{- $_ := set $management "tracing" (dict "sampling" (dict "probability" $.Values.tracing.probability)) -}}
{{- end -}}
{{- $lifecycle := dict "timeout-per-shutdown-phase" (printf "%ss" (include "carillon.phaseSeconds" .)) -}}
{{- $spring := dict "datasource" (dict "url" $url) "lifecycle" $lifecycle -}}
{{- if .Values.issuer.uri -}}
{{- $jwt := dict "issuer-uri" .Values.issuer.uri "audiences" .Values.issuer.audiences -}}
{{- $_ := set $spring "security" (dict "oauth2" (dict "resourceserver" (dict "jwt" $jwt))) -}}
{{- end -}}
{{- $drain := dict "period" (printf "%ds" (int .Values.drain.periodSeconds)) -}}
{{- if not .Values.database.url -}}
{{- $_ := set $drain "away" (printf "%ds" (int .Values.drain.awaySeconds)) -}}
{{- end -}}
{{- $carillon := dict "drain" $drain "log" (dict "snapshot" "/var/lib/carillon/logs.snapshot") -}}
{{- if .Values.allowedOrigins -}}
{{- $_ := set $carillon "security" (dict "allowed-origins" .Values.allowedOrigins) -}}
{{- end -}}
{{- if and .Values.tests.enabled .Values.tests.existingSecret -}}
{{- $topic := dict "pattern" "/topic/helm-test.{user}" "subscribe" "user:{user}" "send" "user:{user}" -}}
{{- $_ := set $carillon "topics" (dict "helm-test" $topic) -}}
{{- end -}}
{{- $decided := dict "server" $server "management" $management "spring" $spring "carillon" $carillon -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) $decided) -}}
{{- end -}}

{{/* What is wrong with the values as a whole; the schema sees each by itself. */}}
{{- define "carillon.verify" -}}
{{- $scaled := or .Values.autoscaling.enabled .Values.keda.enabled -}}
{{- $several := or $scaled (gt (int .Values.replicaCount) 1) -}}
{{- if and .Values.autoscaling.enabled .Values.keda.enabled -}}
{{- fail "autoscaling.enabled and keda.enabled are two ways to set the number of instances: choose one" -}}
{{- end -}}
{{- if and $several (not .Values.independentInstances) -}}
{{- fail "more than one instance: each has topics of its own; set independentInstances to true if that is what you want" -}}
{{- end -}}
{{- if and $several (not .Values.database.url) -}}
{{- fail "more than one instance needs database.url: an embedded database belongs to one" -}}
{{- end -}}
{{- if and .Values.database.url (not .Values.database.existingSecret) -}}
{{- fail "database.existingSecret is needed with database.url" -}}
{{- end -}}
{{- if and (include "carillon.monitored" .) (not .Values.metrics.existingSecret) -}}
{{- fail "metrics.existingSecret is needed with a monitor: metrics are for users with the role OPERATOR" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled -}}
{{- fail "metrics.serviceMonitor.enabled and metrics.podMonitor.enabled would count everything twice: choose one" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (not .Values.autoscaling.cpuUtilization) (not .Values.autoscaling.sessionsPerInstance) -}}
{{- fail "autoscaling needs cpuUtilization or sessionsPerInstance" -}}
{{- end -}}
{{- if and .Values.keda.enabled (not .Values.keda.cpuUtilization) (not .Values.keda.sessionsPerInstance) -}}
{{- fail "keda needs cpuUtilization or sessionsPerInstance" -}}
{{- end -}}
{{- if and .Values.keda.enabled .Values.keda.sessionsPerInstance (not .Values.keda.prometheusAddress) -}}
{{- fail "keda.sessionsPerInstance needs keda.prometheusAddress" -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs must name a gateway" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts must name a host" -}}
{{- end -}}
{{- if eq (int .Values.ports.http) (int .Values.ports.management) -}}
{{- fail "ports.http and ports.management must differ: the actuator is not for clients" -}}
{{- end -}}
{{- end -}}
