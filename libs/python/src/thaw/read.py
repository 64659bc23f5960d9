"""Small read access: runs as dicts, metrics as columns."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Union

from .api import Api
from .run import Run
from .settings import read_settings

RUNS = """
query Runs($project: String, $filter: RunFilter, $orderBy: RunOrder, $first: Int!, $after: String%s) {
  runs(project: $project, filter: $filter, orderBy: $orderBy, first: $first, after: $after%s) {
    nodes {
      id name status kind endReason error tags notes config createdAt startedAt endedAt durationSeconds
      project { name } metrics { key last min max } finalMetrics { key value }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""
METRICS = """
query Metrics($runIds: [ID!]!, $keys: [String!], $maxPoints: Int!) {
  metricSeries(runIds: $runIds, keys: $keys, maxPoints: $maxPoints) { key points }
}"""
PAGE = 200


def query(graphql: str, variables: Optional[Mapping[str, Any]] = None, *, url: Optional[str] = None) -> Dict[str, Any]:
    """The data of any operation. Raises thaw.ThawError when the API cannot be reached or refuses it."""
    api = Api(read_settings(url))
    try:
        return api.query(graphql, dict(variables or {}))
    finally:
        api.close()


def runs(
    project: Optional[str] = None,
    *,
    search: Optional[str] = None,
    filter: Optional[Mapping[str, Any]] = None,
    order_by: Optional[Mapping[str, Any]] = None,
    limit: Optional[int] = 100,
    url: Optional[str] = None,
) -> List[Dict[str, Any]]:
    """Newest first, unless ordered otherwise. limit: None for all of them.

    search: as in the search bar, ``val/accuracy > 0.9 and tag:baseline``. filter, order_by: RunFilter and RunOrder.
    ``metrics`` holds the last value of each key, ``finalMetrics`` what the run ended with.
    """
    found: List[Dict[str, Any]] = []
    document = RUNS % ((", $search: String", ", search: $search") if search else ("", ""))
    after = None
    while limit is None or len(found) < limit:
        first = PAGE if limit is None else min(PAGE, limit - len(found))
        page = query(document, {"project": project, "filter": filter, "search": search, "orderBy": order_by, "first": first, "after": after}, url=url)["runs"]
        found.extend(_flat(run) for run in page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    return found


def metrics(run: Union[str, Run], keys: Optional[Iterable[str]] = None, *, max_points: int = 100_000, url: Optional[str] = None) -> Dict[str, Dict[str, Any]]:
    """``{key: {"steps", "times", "values"}}``, by step: numpy arrays where numpy is there, else lists.

    run: its id. keys: default all. times: seconds since the epoch. max_points: of each series; a longer one comes
    downsampled, with its extremes and every value that is not finite.
    """
    if isinstance(run, Run):
        url = url or run.settings.url
    run_id = run.id if isinstance(run, Run) else run
    answer = query(METRICS, {"runIds": [run_id], "keys": None if keys is None else list(keys), "maxPoints": max_points}, url=url)
    return {series["key"]: {name: _column(column, name) for name, column in series["points"].items()} for series in answer["metricSeries"]}


def _flat(run: Dict[str, Any]) -> Dict[str, Any]:
    summaries = run["metrics"]
    return {
        **run,
        "project": run["project"]["name"],
        "metrics": {summary["key"]: summary["last"] for summary in summaries},
        "finalMetrics": {value["key"]: value["value"] for value in run["finalMetrics"]},
    }


def _column(column: List[Any], name: str) -> Any:
    numbers = [int(each) for each in column] if name == "steps" else [float(each) for each in column]
    try:
        import numpy
    except ImportError:
        return numbers
    return numpy.array(numbers, dtype="int64" if name == "steps" else "float64")
