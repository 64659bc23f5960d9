import { filesDigest, loadBackbone, type BackboneSpec, type LoadedBackbone } from '@thaw/model-zoo';
import { validateHyperparameters, type Hyperparameters } from '@thaw/config';
import { ApiFault, ClaimedRunDocument, RunPicturesDocument, type Client } from '@thaw/client';
import { trainingShare, type PictureSource } from '@thaw/training';
import type { SavedCheckpoint } from '../executor/saved-checkpoints';
import { BlobCache } from './blob-cache';
import type { Decoder } from './decode/decode-pool';
import { useBlobs } from './blobs-in-use';
import { createPictureSource, type ListedPicture } from './picture-source';

export interface RunMaterial {
  config: Hyperparameters;
  classes: string[];
  /** A fresh copy each time: training changes it. */
  loadBackbone(): Promise<LoadedBackbone>;
  /** of its files and what they are read as */
  backboneDigest: string;
  /** The share of the dataset's training pictures that the config asks for: what is kept under their digest, and what a checkpoint fits, is of these alone. */
  train: PictureSource;
  val: PictureSource;
  /** in the order of `val` */
  valPictures: readonly ListedPicture[];
  /** Newest first: what an earlier trainer came to. */
  checkpoints: readonly SavedCheckpoint[];
  /** Keeps what the run reads on this machine's disk until it is let go of. */
  inUse: AsyncDisposable;
}

/** Everything a run trains with, from the API into memory. */
export async function loadRun(client: Client, runId: string, { cacheFolder, decode, signal }: { cacheFolder: string; decode: Decoder; signal: AbortSignal }): Promise<RunMaterial> {
  const { run } = await client.request(ClaimedRunDocument, { id: runId });
  if (!run) throw new ApiFault(`The run ${runId} is no longer there.`, 'NOT_FOUND');
  const { dataset, backbone: from } = run;
  if (!dataset || !from) throw new Error(`The run ${runId} names no dataset or no backbone: it is not one for a trainer.`);
  const validated = validateHyperparameters(run.config);
  if (!validated.ok) throw new Error(`This trainer does not take the run's config: ${validated.problems.map(({ message }) => message).join(' ')}`);

  const cache = new BlobCache(cacheFolder, client);
  const { files, ...spec } = from;
  const readFile = async (path: string) => {
    const file = files.find((each) => each.path === path);
    if (!file) throw new Error(`The backbone ${spec.name} has no file ${path}. It has: ${files.map((each) => each.path).join(', ')}.`);
    signal.throwIfAborted();
    return cache.read(file.sha256);
  };

  const classes = dataset.classes.map(({ name }) => name);
  const pictures = await listPictures(client, runId, classes);
  const trained = shareOf(pictures.TRAIN, validated.config);
  const inUse = await useBlobs(cacheFolder, [...trained, ...pictures.VAL, ...files].map(({ sha256 }) => sha256));
  const { inputSize } = (spec as BackboneSpec).preprocessing;
  const train = await createPictureSource(trained, inputSize, cache, decode, signal);
  const val = await createPictureSource(pictures.VAL, inputSize, cache, decode, signal);
  return {
    config: validated.config, classes, train, val, valPictures: pictures.VAL, checkpoints: run.checkpoints, inUse,
    loadBackbone: () => loadBackbone(spec as BackboneSpec, files, readFile),
    backboneDigest: `${filesDigest(files)} ${spec.architecture}`,
  };
}

const shareOf = (pictures: readonly ListedPicture[], { trainShare, seed }: Hyperparameters): readonly ListedPicture[] =>
  trainShare === 1 ? pictures : trainingShare(pictures.map(({ label }) => label), trainShare, seed).map((index) => pictures[index]!);

async function listPictures(client: Client, runId: string, classes: readonly string[]): Promise<{ TRAIN: ListedPicture[]; VAL: ListedPicture[] }> {
  const listed = { TRAIN: [] as ListedPicture[], VAL: [] as ListedPicture[] };
  for (let after: string | null | undefined; ; ) {
    const { run } = await client.request(RunPicturesDocument, { id: runId, first: 1000, after });
    if (!run?.dataset) throw new ApiFault(`The run ${runId} is no longer there.`, 'NOT_FOUND');
    const { nodes, pageInfo } = run.dataset.pictures;
    for (const { id, path, split, label, sha256 } of nodes) listed[split].push({ id, path, sha256, label: classes.indexOf(label) });
    if (!pageInfo.hasNextPage) return listed;
    after = pageInfo.endCursor;
  }
}
