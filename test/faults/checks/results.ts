import { isWhole, type Compared } from './ends';
import type { Outcome } from './outcome';
import type { Verdict } from './verdict';

/** Model and evaluation of each finished run are there; of a whole one they are, byte by byte, those of the undisturbed run. */
export function checkResults(runs: readonly Compared[]): Verdict {
  let checked = 0;
  const problems = runs.flatMap((compared) => {
    const { planned, outcome, reference } = compared;
    if (outcome?.status !== 'FINISHED') return [];
    const own = filesOf(outcome);
    const expected = filesOf(reference);
    checked += expected.size;
    return [...expected].flatMap(([path, sha256]) => {
      if (!own.has(path)) return [`${planned.name} has no ${path}.`];
      return isWhole(compared) && own.get(path) !== sha256 ? [`${planned.name}: ${path} differs from the undisturbed run’s.`] : [];
    });
  });
  return { name: 'files of models and evaluations, equal to the undisturbed run’s', unit: 'files', checked, problems };
}

const filesOf = ({ artifacts }: Outcome) => new Map(artifacts.filter(({ kind }) => kind === 'MODEL' || kind === 'EVALUATION').flatMap(({ name, files }) => files.map(({ path, sha256 }) => [`${name}/${path}`, sha256] as const)));
