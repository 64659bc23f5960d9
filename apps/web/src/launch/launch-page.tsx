'use client';

import { useSubscription } from '@apollo/client/react';
import { Copy, Images } from 'lucide-react';
import { BackboneChangedDocument, LaunchFormDocument, type LaunchFormQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { draftOfQueue } from '../queue/fitting';
import { useProject, useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { PageWaiting } from '../ui/page-waiting';
import { EmptyState } from '../ui/panel';
import { valuesFromConfig, type LaunchDraft } from './launch-draft';
import { LaunchForm } from './launch-form';
import type { Parent } from './parent';
import type { Prefill } from './prefill';

interface LaunchPageProps { seed: LaunchFormQuery | null; parent: Parent | null; /** The run whose clone the address asks for, found or not. */ cloneOf: string | null; prefill: Prefill }

export function LaunchPage({ seed, parent, cloneOf, prefill }: LaunchPageProps) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(LaunchFormDocument, { project }, seed);
  useSubscription(BackboneChangedDocument, { ignoreResults: true });
  if (!data) return <PageWaiting title="New run" error={error} retry={refetch} />;
  if (data.datasets.nodes.length === 0) {
    return <EmptyState heading="h1" icon={<Images />} title="A run needs a dataset" actions={<ButtonLink href={path('datasets')} variant="primary">Import a dataset</ButtonLink>}>This project has none yet. Import a folder or zip of pictures, one folder per class.</EmptyState>;
  }
  if (cloneOf && !parent) return <EmptyState heading="h1" icon={<Copy />} title="The run to clone was not found" actions={<><ButtonLink href={path('runs')}>All runs</ButtonLink><ButtonLink href={path('runs', 'new')} variant="primary">New run</ButtonLink></>}>It may be a script’s run, which cannot be cloned, the address may have been cut off when it was copied, or the server did not answer: reload to try again.</EmptyState>;
  return <LaunchForm data={data} parent={parent} start={startOf(data, parent, prefill)} prefill={prefill} />;
}

/** What was asked for in the address, else as the parent, else the newest dataset and the first backbone that is here. */
function startOf({ datasets, backbones }: LaunchFormQuery, parent: Parent | null, prefill: Prefill): Partial<LaunchDraft> {
  if (!parent) {
    const ready = backbones.find(({ status }) => status === 'READY') ?? backbones[0];
    return { dataset: prefill.dataset ?? datasets.nodes[0]!.name, backbone: prefill.backbone ?? ready?.name ?? '', values: prefill.values };
  }
  const dataset = parent.dataset.dataset.name;
  return {
    dataset: prefill.dataset ?? dataset,
    datasetVersion: prefill.dataset && prefill.dataset !== dataset ? '' : String(parent.dataset.version),
    backbone: prefill.backbone ?? parent.backbone.name,
    // What a launch of several named itself by tells its own runs; a clone is none of them.
    tags: parent.tags.filter((tag) => !/^grid-[0-9a-f]{6}$/.test(tag)).join(', '),
    values: { ...valuesFromConfig(parent.config), ...prefill.values },
    queue: draftOfQueue(parent),
  };
}
