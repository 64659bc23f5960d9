'use client';

import { useEffect, useState } from 'react';
import { useDraft } from '../draft/use-draft';
import { CopyButton } from '../ui/copy-button';
import { Field, SelectInput, TextInput } from '../ui/fields';
import { Panel } from '../ui/panel';
import { isLoopback, startCommand } from './start-command';

/** The command that starts one more trainer, here or elsewhere, put together from what is chosen. */
export function StartTrainer() {
  const { draft: { where, name, labels }, change } = useDraft<{ where: 'here' | 'elsewhere'; name: string; labels: string }>('trainer:start', { where: 'here', name: '', labels: '' });
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(window.location.origin), []);
  const here = where === 'here';
  const command = startCommand({ name: name || (here ? 'second' : ''), labels, url: here && origin === 'http://127.0.0.1:4000' ? null : origin });
  return (
    <Panel title="Start another trainer">
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field id="trainer-where" label="Where">
            <SelectInput id="trainer-where" value={where} onChange={(event) => change({ where: event.target.value as typeof where })}><option value="here">On this server&apos;s machine</option><option value="elsewhere">On another machine</option></SelectInput>
          </Field>
          <Field id="trainer-name" label="Name" help={here ? 'A name of its own, for two on one machine.' : 'Left empty, the name of its machine.'}><TextInput id="trainer-name" aria-describedby="trainer-name-help" value={name} onChange={(event) => change({ name: event.target.value })} placeholder={here ? 'second' : 'gpu-1'} /></Field>
          <Field id="trainer-labels" label="Labels" help="What runs may ask for; gpu and the backend's name come by themselves."><TextInput id="trainer-labels" aria-describedby="trainer-labels-help" value={labels} onChange={(event) => change({ labels: event.target.value })} placeholder="fast, big" /></Field>
        </div>
        <div>
          <p className="mb-1 text-xs text-muted">{here ? 'In the folder of this server, in a terminal of its own:' : 'In a checkout of Thaw on that machine, with Node 20.9 or newer:'}</p>
          <div className="flex items-center gap-1 rounded-md border bg-sunken py-0.5 pr-0.5 pl-2">
            <code tabIndex={0} className="min-w-0 flex-1 overflow-x-auto text-xs whitespace-nowrap">{command}</code>
            <CopyButton text={command} label="Copy the command" />
          </div>
          {here ? <p className="mt-2 text-xs text-muted">Or let <code>npm start</code> run several: <code>THAW_TRAINERS=2 npm start</code>. One trainer can run several at once: <code>THAW_TRAINER_RUNS=2</code>.</p>
            : isLoopback(origin) && <p className="mt-2 text-xs text-warning">This address is for the server&apos;s own machine. Start the server with <code>HOST=0.0.0.0 npm start</code> and open the dashboard at its network address, or give the trainer a tunnel, such as <code>ssh -L 4000:127.0.0.1:{origin.split(':').at(-1)} server</code>.</p>}
        </div>
      </div>
    </Panel>
  );
}
