'use client';

import { Bold, Code, Heading2, Italic, Link2, List, ListChecks, Quote } from 'lucide-react';
import { useRef, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '../../ui/button';
import { InsertMenu } from './insert-menu';
import { insertBlock, prefix, wrap, type Edit } from './marks';

interface SourceProps { field: RefObject<HTMLTextAreaElement | null>; value: string; onChange: (value: string) => void; label: string }

/** The Markdown of a report, with buttons for what is tedious to type. What they do can be undone as typing can. */
export function SourceField({ field, value, onChange, label }: SourceProps) {
  const opener = useRef<HTMLDivElement>(null);

  const apply = ({ start, end, replacement, select }: Edit) => {
    const area = field.current!;
    area.focus();
    area.setSelectionRange(start, end);
    // Deprecated, and the only way by which the browser's own undo knows of it.
    if (!document.execCommand('insertText', false, replacement)) onChange(value.slice(0, start) + replacement + value.slice(end));
    area.setSelectionRange(...select);
  };
  const selected = () => [field.current!.selectionStart, field.current!.selectionEnd] as const;
  const around = (mark: string) => apply(wrap(field.current!.value, ...selected(), mark));
  const lines = (mark: string) => apply(prefix(field.current!.value, ...selected(), mark));
  const openMenu = () => opener.current?.querySelector<HTMLButtonElement>('[data-insert-menu]')?.click();

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, value: text } = event.currentTarget;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && (event.key === 'b' || event.key === 'i')) {
      event.preventDefault();
      around(event.key === 'b' ? '**' : '_');
    } else if (event.key === '/' && (selectionStart === 0 || text[selectionStart - 1] === '\n') && (text[selectionStart] ?? '\n') === '\n') {
      // Once the slash stands there: who goes on typing finds the menu in the way, Escape leaves the slash.
      setTimeout(openMenu);
    }
  };

  const tools = [
    { label: 'Bold', Icon: Bold, run: () => around('**') }, { label: 'Italic', Icon: Italic, run: () => around('_') }, { label: 'Code', Icon: Code, run: () => around('`') },
    { label: 'Heading', Icon: Heading2, run: () => lines('# ') }, { label: 'List', Icon: List, run: () => lines('- ') }, { label: 'Task list', Icon: ListChecks, run: () => lines('- [ ] ') }, { label: 'Quote', Icon: Quote, run: () => lines('> ') },
    { label: 'Link', Icon: Link2, run: () => { const [start, end] = selected(); const words = field.current!.value.slice(start, end) || 'text'; apply({ start, end, replacement: `[${words}](https://)`, select: [start + words.length + 3, start + words.length + 11] }); } },
  ];
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-panel focus-within:border-accent">
      <div role="toolbar" aria-label="Formatting" className="flex flex-wrap items-center gap-0.5 border-b bg-sunken px-1.5 py-1">
        <div ref={opener} className="mr-1"><InsertMenu onInsert={(block) => apply(insertBlock(field.current!.value, field.current!.selectionEnd, block))} /></div>
        {tools.map(({ label: name, Icon, run }) => <Button key={name} variant="ghost" size="icon" aria-label={name} title={name} onClick={run}><Icon aria-hidden /></Button>)}
      </div>
      <textarea ref={field} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} onKeyDown={onKeyDown} spellCheck
        placeholder="Write Markdown. Type / on an empty line for a chart, a table or pictures of your runs."
        className="min-h-[50dvh] w-full flex-1 resize-none bg-panel p-3 font-mono text-[13px] leading-relaxed outline-none" />
    </div>
  );
}
