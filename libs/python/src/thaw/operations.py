"""The mutations that a spool is made of, by the name of the record."""

from __future__ import annotations

MUTATIONS = {
    "create": "mutation CreateRun($input: CreateRunInput!) { createRun(input: $input) { userErrors { field message code } } }",
    "metrics": "mutation LogMetrics($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { field message code } } }",
    "update": "mutation UpdateRun($input: UpdateRunInput!) { updateRun(input: $input) { userErrors { field message code } } }",
    "artifact": "mutation LogArtifact($input: LogArtifactInput!) { logArtifact(input: $input) { userErrors { field message code } } }",
    "finish": "mutation FinishRun($input: FinishRunInput!) { finishRun(input: $input) { userErrors { field message code } } }",
}
