export type Scalar = string | number | boolean;
export type MetricStat = 'LAST' | 'MIN' | 'MAX';

export interface Bounds {
  gt?: number | null;
  gte?: number | null;
  lt?: number | null;
  lte?: number | null;
}

export interface TextFilter {
  eq?: string | null;
  ne?: string | null;
  in?: readonly string[] | null;
  contains?: string | null;
  exists?: boolean | null;
}

export interface NumberFilter extends Bounds {
  eq?: number | null;
  ne?: number | null;
  exists?: boolean | null;
}

/** ISO 8601 with time zone. */
export interface DateFilter {
  /** At or after. */
  after?: string | null;
  before?: string | null;
  exists?: boolean | null;
}

export interface MetricFilter extends NumberFilter {
  key: string;
  stat?: MetricStat | null;
}

export interface ConfigFilter extends Bounds {
  /** Dotted path. */
  key: string;
  eq?: Scalar | null;
  ne?: Scalar | null;
  in?: readonly Scalar[] | null;
  contains?: string | null;
  exists?: boolean | null;
}

/** The RunFilter input of the GraphQL API as JSON. All that is given must hold; `{}` holds for every run. */
export interface RunFilter {
  and?: readonly RunFilter[] | null;
  or?: readonly RunFilter[] | null;
  not?: RunFilter | null;
  ids?: readonly string[] | null;
  status?: readonly string[] | null;
  kind?: readonly string[] | null;
  endReason?: readonly string[] | null;
  name?: TextFilter | null;
  notes?: TextFilter | null;
  tag?: string | null;
  config?: ConfigFilter | null;
  metric?: MetricFilter | null;
  createdAt?: DateFilter | null;
  startedAt?: DateFilter | null;
  endedAt?: DateFilter | null;
  /** Seconds. */
  duration?: NumberFilter | null;
  parentRun?: string | null;
  dataset?: string | null;
  backbone?: string | null;
  trainer?: string | null;
  gitCommit?: string | null;
  deleted?: boolean | null;
}

/** Holds for no run. */
export const nothing: RunFilter = { ids: [] };
