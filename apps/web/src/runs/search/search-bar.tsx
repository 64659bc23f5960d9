'use client';

import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { TextInput } from '../../ui/fields';

/** Typing searches once it rests. */
const restMs = 200;

export function SearchBar({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), restMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="relative w-full sm:w-96">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-faint" />
      <TextInput data-page-search type="search" aria-label="Search runs" placeholder="val/accuracy > 0.9 and tag:best" value={typed} onChange={(event) => setTyped(event.target.value)} className="pr-8 pl-8" />
    </div>
  );
}
