import { SelectInput } from '../../ui/fields';

export function ClassSelect({ label, none, classes, value, onChange }: { label: string; none: string; classes: readonly string[]; value: string | null; onChange: (value: string | null) => void }) {
  return (
    <SelectInput aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)} className="h-8! w-44! text-xs!">
      <option value="">{none}</option>{classes.map((name) => <option key={name} value={name}>{name}</option>)}
    </SelectInput>
  );
}
