import type { LaunchFormQuery } from '../generated/graphql';
import { plural } from '../format/numbers';
import { describedBy, Field, SelectInput } from '../ui/fields';
import type { LaunchDraft } from './launch-draft';

interface DatasetChoiceProps {
  datasets: LaunchFormQuery['datasets']['nodes'];
  draft: Pick<LaunchDraft, 'dataset' | 'datasetVersion'>;
  errors: Record<string, string>;
  onChange: (part: Partial<LaunchDraft>) => void;
}

/** Which dataset, and which of its versions; the latest unless one is chosen. */
export function DatasetChoice({ datasets, draft, errors, onChange }: DatasetChoiceProps) {
  const dataset = datasets.find(({ name }) => name === draft.dataset);
  const version = dataset?.versions.find((each) => String(each.version) === draft.datasetVersion) ?? dataset?.latestVersion;
  const facts = version && `${plural(version.classes.length, 'class', 'classes')}, ${plural(version.trainCount, 'training picture')}, ${plural(version.valCount, 'validation picture')}`;
  return (
    <>
      <Field id="dataset" label="Dataset" error={errors.dataset} help={facts}>
        <SelectInput id="dataset" value={draft.dataset} onChange={(event) => onChange({ dataset: event.target.value, datasetVersion: '' })} aria-invalid={Boolean(errors.dataset)} aria-describedby={describedBy('dataset', facts, errors.dataset)}>
          {!dataset && <option value={draft.dataset}>{draft.dataset ? `${draft.dataset} (not in this project)` : 'Choose a dataset'}</option>}
          {datasets.map(({ id, name }) => <option key={id} value={name}>{name}</option>)}
        </SelectInput>
      </Field>
      <Field id="dataset-version" label="Version" error={errors.datasetVersion}>
        <SelectInput id="dataset-version" value={draft.datasetVersion} onChange={(event) => onChange({ datasetVersion: event.target.value })} aria-invalid={Boolean(errors.datasetVersion)}>
          <option value="">Latest{dataset ? ` (${dataset.latestVersion.version})` : ''}</option>
          {dataset?.versions.map((each) => <option key={each.id} value={String(each.version)}>{each.version}</option>)}
        </SelectInput>
      </Field>
    </>
  );
}
