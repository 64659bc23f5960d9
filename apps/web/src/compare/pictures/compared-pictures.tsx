'use client';

import { useRef, useState, type KeyboardEvent } from 'react';
import type { ComparePredictionsQuery } from '../../generated/graphql';
import { PictureCard } from './picture-card';
import { PictureDialog } from './picture-dialog';

export type ComparedPicture = ComparePredictionsQuery['comparePredictions']['nodes'][number];

/** Cards of one page; arrow keys go from one to the next, Enter shows it large. */
export function ComparedPictures({ pictures, names, label, busy }: { pictures: readonly ComparedPicture[]; names: ReadonlyMap<string, string>; label: string; busy: boolean }) {
  const list = useRef<HTMLUListElement>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: columnsOf(list.current), ArrowLeft: -1, ArrowUp: -columnsOf(list.current) }[event.key];
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-picture]') ?? [])];
    const next = step === undefined ? undefined : buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <ul ref={list} aria-label={label} aria-busy={busy} onKeyDown={move} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-3">
        {pictures.map((picture, index) => <li key={picture.picture.id} className="min-w-0"><PictureCard {...picture} names={names} onOpen={() => setOpened(index)} /></li>)}
      </ul>
      {opened !== null && pictures[opened] && (
        <PictureDialog picture={pictures[opened]} names={names} place={`${opened + 1} of ${pictures.length} on this page`} onClose={() => setOpened(null)}
          onStep={(step) => setOpened((at) => Math.max(0, Math.min(pictures.length - 1, (at ?? 0) + step)))} />
      )}
    </>
  );
}

/** How many cards stand in the first line. */
function columnsOf(list: HTMLUListElement | null): number {
  const cards = [...(list?.children ?? [])] as HTMLElement[];
  return Math.max(1, cards.filter(({ offsetTop }) => offsetTop === cards[0]!.offsetTop).length);
}
