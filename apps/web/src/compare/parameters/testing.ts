import type { CompareRunFragment } from '../../generated/graphql';
import type { Column } from './columns';
import { describeRuns } from './columns';

/** Columns of runs with these configs. */
export const columnsOf = (configs: readonly Record<string, unknown>[]): Column[] =>
  describeRuns(configs.map((config) => ({ config, status: 'FINISHED' }) as unknown as CompareRunFragment)).filter(({ group }) => group === 'Configuration');
