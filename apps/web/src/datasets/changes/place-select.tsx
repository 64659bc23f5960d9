'use client';

import type { Split } from '../../generated/graphql';
import { SelectInput } from '../../ui/fields';

interface PlaceSelectProps { classes: readonly string[]; onClass: (label: string) => void; onSplit: (split: Split) => void; onNewClass: () => void; label?: string; split?: Split }

/** Where pictures are to go. Without label and split it is a menu of things to do; with them, the place they have. */
export function PlaceSelect({ classes, onClass, onSplit, onNewClass, label = '', split }: PlaceSelectProps) {
  const take = (value: string) => (value === '\n' ? onNewClass() : onClass(value));
  return (
    <>
      <SelectInput aria-label="Move to class" value={label} onChange={(event) => take(event.target.value)} className="h-7! w-40! text-xs!">
        {!label && <option value="" disabled>Move to class …</option>}
        {classes.map((each) => <option key={each} value={each}>{each}</option>)}
        <option value={'\n'}>New class …</option>
      </SelectInput>
      <SelectInput aria-label="Move to split" value={split ?? ''} onChange={(event) => onSplit(event.target.value as Split)} className="h-7! w-36! text-xs!">
        {!split && <option value="" disabled>Move to split …</option>}
        <option value="TRAIN">Training</option><option value="VAL">Validation</option>
      </SelectInput>
    </>
  );
}
