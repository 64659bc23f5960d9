'use client';

import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { DemoPartsDocument, LaunchRunDocument } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { plural } from '../format/numbers';

/** No early stopping: the three are compared over the same epochs. */
const shared = { epochs: 20, earlyStopping: false };
const demoRuns = [
  { name: 'frozen-head', config: { ...shared, freeze: 'head' }, what: 'keeps everything it learned from other digits and trains one new layer' },
  { name: 'last-block', config: { ...shared, freeze: 'last_blocks', lastBlocks: 1 }, what: 'trains that layer and the top block of the network' },
  { name: 'from-scratch', config: { ...shared, pretrained: false, freeze: 'full' }, what: 'trains the same network from random weights' },
];

/** The first thing a newcomer sees; nothing where the demo's dataset or backbone is missing. */
export function DemoPanel({ onLaunched }: { onLaunched: () => void }) {
  const project = useProject();
  const client = useApolloClient();
  const { data } = useQuery(DemoPartsDocument, { variables: { project } });
  const [launch] = useMutation(LaunchRunDocument);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const backbone = data?.backbones.find((candidate) => candidate.source === 'BUILT_IN');
  if (!data?.dataset || !backbone) return null;
  const { name: dataset, latestVersion } = data.dataset;

  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      for (const { name, config } of demoRuns) {
        const answer = await launch({ variables: { input: { project, dataset, backbone: backbone.name, name, config, tags: ['demo'] } } });
        const errors = answer.data?.launchRun.userErrors ?? [];
        if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
      }
    } catch (error) {
      setProblem((error as Error).message);
    }
    onLaunched();
    await client.refetchQueries({ include: ['RunOrder'] });
    setBusy(false);
  };

  return (
    <section aria-labelledby="demo-title" className="rounded-xl border border-accent/40 bg-accent-soft/60 p-5 md:p-6">
      <h2 id="demo-title" className="text-base font-semibold tracking-tight">See transfer learning beat training from scratch</h2>
      <p className="mt-1 max-w-2xl text-muted">
        The built-in backbone has learned to read the digits 0–4. The dataset {dataset} has {plural(latestVersion.trainCount, 'picture')} of digits it never saw.
        Three runs learn them, each in its own way, and race on this page. It takes under two minutes and needs no network.
      </p>
      <ol className="my-4 grid gap-2 md:grid-cols-3">
        {demoRuns.map(({ name, what }, index) => (
          <li key={name} className="flex items-start gap-2 rounded-lg border bg-panel p-3">
            <span aria-hidden className="mt-1 size-2.5 shrink-0 rounded-full" style={{ background: `var(--run-${index})` }} />
            <span><strong className="font-semibold">{name}</strong> <span className="text-muted">{what}</span></span>
          </li>
        ))}
      </ol>
      {problem && <div className="mb-3"><Callout tone="danger" title="The demo could not be launched">{problem}</Callout></div>}
      <Button variant="primary" busy={busy} onClick={() => void start()}>{!busy && <Play aria-hidden />}Launch the three demo runs</Button>
    </section>
  );
}
