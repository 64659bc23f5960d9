/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { MetricColumns, MetricPoints } from '@thaw/series';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How far a message is. */
export type AlertDeliveryStatus =
  /** Given up: 8 attempts failed, or the receiver said that it is gone, or it was a test. redeliverAlert sends it again. */
  | 'DEAD'
  /** The receiver answered 200 to 299. */
  | 'DELIVERED'
  /** Waits for its first or next attempt. */
  | 'PENDING'
  /** Not sent, because its rule had raised 100 alerts within the hour. redeliverAlert sends it all the same. */
  | 'SUPPRESSED';

/** A side of a value. */
export type AlertDirection =
  /** Greater than the threshold; of BEST_BEATEN: greater is better. */
  | 'ABOVE'
  /** Less than the threshold; of BEST_BEATEN: less is better. */
  | 'BELOW';

/** What a rule watches for. Rules tell of what happens from the moment they are made, changed or switched on. */
export type AlertKind =
  /** A run FINISHED that at its best was better than every other run of the project. */
  | 'BEST_BEATEN'
  /** A metric came to lie above or below a threshold: each time it does, at most 20 times a run. Each step counts once, the first time it is logged. */
  | 'METRIC_CROSSED'
  /** A metric became NaN or infinite: once a run. */
  | 'METRIC_NOT_FINITE'
  /** A run ended as FAILED; endReasons narrows it. */
  | 'RUN_FAILED'
  /** A run ended as FINISHED; endReasons narrows it. */
  | 'RUN_FINISHED'
  /** A RUNNING run logged no metric for some minutes, those of the machine (system/…) aside: once each silence. */
  | 'RUN_STALLED'
  /** A QUEUED run was taken by no trainer for some minutes. */
  | 'RUN_WAITING';

/** Lines of one run's console output. */
export type AppendLogInput = {
  /** As claimRun gave it; needed for runs that a trainer runs, left out for external ones. */
  leaseToken?: string | null | undefined;
  /** At most 10,000, in any order. */
  lines: Array<LogLineInput>;
  /** A run that is RUNNING. */
  runId: string | number;
};

/** What the files of an artifact are. */
export type ArtifactKind =
  /** One JSON file { "classes": ["cat", "dog"], "matrix": [[8, 2], [1, 9]] } of at most 1,000 classes; rows are the true class. */
  | 'CONFUSION_MATRIX'
  /** evaluation.json, what Run.evaluation is made from, and features.json, its map of pictures, if there is one. */
  | 'EVALUATION'
  /** Anything: one file or many. */
  | 'FILE'
  /** One picture: PNG, JPEG, WebP, GIF or SVG, of 50 MB at most. */
  | 'IMAGE'
  /** A tfjs LayersModel with labels.json and preprocessing.json. */
  | 'MODEL'
  /** One JSON file { "columns": ["name"], "rows": [["value"]] } of 32 MB at most: a text, number, true, false or null for each column. */
  | 'TABLE'
  /** One file of UTF-8 text, of 64 MB at most. */
  | 'TEXT';

/** Where a backbone’s files come from. */
export type BackboneSource =
  /** Part of Thaw. */
  | 'BUILT_IN'
  /** Downloaded from its address when first used. */
  | 'CATALOGUE'
  /** Brought by a person. */
  | 'IMPORTED';

/** Whether a backbone’s files are there. */
export type BackboneStatus =
  /** Known, not downloaded yet. */
  | 'ABSENT'
  /** See fetchError. */
  | 'FAILED'
  /** Download under way. */
  | 'FETCHING'
  /** Files verified and stored. */
  | 'READY';

/** Which checkpoints of a run are kept when a new one is logged. */
export type CheckpointRetention =
  /** All of them. */
  | 'ALL'
  /** The new one, and the one with the best model. */
  | 'BEST_AND_LATEST'
  /** The new one. */
  | 'LATEST';

/** Who asks for work. */
export type ClaimRunInput = {
  /** Bytes of memory that a run may use right now; null: all of its memory. */
  freeMemoryBytes?: number | null | undefined;
  /** A UUID of your own for this request: asking again with it, after a lost answer, answers the same run and never takes a second one. It becomes the lease token. */
  requestId?: string | number | null | undefined;
  /** As registerTrainer answered. */
  trainerId: string | number;
};

/** Which run to repeat, and what to change. */
export type CloneRunInput = {
  /** By name; default: the origin's. */
  backbone?: string | null | undefined;
  /** Merged over the origin's config; null removes a value, which puts its default back. */
  config?: any;
  /** Which trainers may take it, in place of the origin's; default: the same ones. */
  constraints?: RunConstraintsInput | null | undefined;
  /** By name, its latest version; default: the origin's version. */
  dataset?: string | null | undefined;
  /** The origin. */
  id: string | number;
  /** Default: the freeze strategy and a number. */
  name?: string | null | undefined;
  /** Default: none. */
  notes?: string | null | undefined;
  /** Higher is claimed first; default: the origin's. */
  priority?: number | null | undefined;
  /** Default: the origin's. */
  tags?: Array<string> | null | undefined;
};

/** Tests of one value of a run's config; all that are given must hold. */
export type ConfigFilter = {
  /** A text or list that contains this; upper and lower case are the same. */
  contains?: string | null | undefined;
  /** Exactly this text, number, truth value or list; null: no value. */
  eq?: any;
  /** true: there is a value; false: there is none. */
  exists?: boolean | null | undefined;
  /** Above. */
  gt?: number | null | undefined;
  /** At or above. */
  gte?: number | null | undefined;
  /** One of these. */
  in?: Array<any> | null | undefined;
  /** A dotted path, such as "learningRate" or "optimizer.name". */
  key: string;
  /** Below. */
  lt?: number | null | undefined;
  /** At or below. */
  lte?: number | null | undefined;
  /** Anything but this, no value included. */
  ne?: any;
};

/** How the process that executed a run died. */
export type CrashInput = {
  /** If it ended by itself. */
  exitCode?: number | null | undefined;
  /** Its last words. */
  message?: string | null | undefined;
  /** Whether the machine or the backend had no memory left. */
  outOfMemory?: boolean | null | undefined;
  /** That ended it, such as SIGKILL. */
  signal?: string | null | undefined;
};

/** Pictures in folders, as files uploaded one by one or as one zip. */
export type CreateDatasetInput = {
  /** Folders without files in them, so that an empty class is noticed. */
  emptyFolders?: Array<string> | null | undefined;
  /** Give either files or zip. */
  files?: Array<FileInput> | null | undefined;
  /** Unique within the project, 1 to 200 characters. */
  name: string;
  /** Made when it does not exist; default "default". */
  project?: string | null | undefined;
  /** Decides which pictures are set aside. */
  seed?: number | null | undefined;
  /** Share of each class set aside for validation, when the source has no val/ of its own. */
  valFraction?: number | null | undefined;
  /** sha256 of an uploaded zip. */
  zip?: string | null | undefined;
};

/** Changes to a version of a dataset, which make the next one. Existing pictures keep class and split unless relabel says otherwise. */
export type CreateDatasetVersionInput = {
  /** The version to change; the latest, also when another one comes meanwhile, if left out. */
  baseVersion?: number | null | undefined;
  /** Name of the dataset. */
  dataset: string;
  /** Folders without files in them, so that an empty new class is noticed. */
  emptyFolders?: Array<string> | null | undefined;
  /** Added, or put in place of the picture with that path. Paths are read as by createDataset; without train/ or val/ the seed of the dataset decides the split. */
  files?: Array<FileInput> | null | undefined;
  /** Classes that relabel may make. Any other label must be a class already. */
  newClasses?: Array<string> | null | undefined;
  /** Refused with VERSION_CONFLICT when the latest version is another than this one by then: for whoever changes what they looked at. */
  onlyOnto?: number | null | undefined;
  /** May be left out when only one project has a dataset of that name. */
  project?: string | null | undefined;
  /** Pictures, new ones too, to put into another class or split. */
  relabel?: Array<RelabelInput> | null | undefined;
  /** Paths of pictures to leave out. A class none of whose pictures is left is gone. */
  remove?: Array<string> | null | undefined;
  /** sha256 of an uploaded zip, instead of files. */
  zip?: string | null | undefined;
};

/** A span of time; all that is given must hold. */
export type DateFilter = {
  /** At or after. */
  after?: string | null | undefined;
  /** Before. */
  before?: string | null | undefined;
  /** true: there is a value; false: there is none. */
  exists?: boolean | null | undefined;
};

/** Which pairs of alike pictures. */
export type DuplicateKind =
  /** Equal bytes in two classes: one of the labels is wrong. */
  | 'CONFLICT'
  /** One is for training, the other for validation. */
  | 'LEAK'
  /** Both are for training, or both for validation. */
  | 'WITHIN_SPLIT';

/** path: relative, forward slashes; in a dataset train/<class>/<file> and val/<class>/<file>, or <class>/<file> (split by seed). sha256: as POST /blobs answered. */
export type FileInput = {
  /** Relative, with forward slashes. */
  path: string;
  /** As POST /blobs answered. */
  sha256: string;
};

/** Tests of a number; all that are given must hold. */
export type FloatFilter = {
  /** Exactly this. */
  eq?: number | null | undefined;
  /** true: there is a value; false: there is none. */
  exists?: boolean | null | undefined;
  /** Above. */
  gt?: number | null | undefined;
  /** At or above. */
  gte?: number | null | undefined;
  /** Below. */
  lt?: number | null | undefined;
  /** At or below. */
  lte?: number | null | undefined;
  /** Anything but this, no value included. */
  ne?: number | null | undefined;
};

/** A sign of life, and of the run it works on. */
export type HeartbeatInput = {
  /** As claimRun gave it. A stale one is refused with LEASE_LOST: another trainer may have the run. */
  leaseToken?: string | null | undefined;
  /** 'loading', 'features', 'finding the learning rate', 'head', 'fine-tuning', 'evaluating'; for a baseline of the transfer gain 'twin: …' or 'probe: …' */
  phase?: string | null | undefined;
  /** The run it works on, if any; its lease is renewed. */
  runId?: string | number | null | undefined;
  /** As registerTrainer answered. */
  trainerId: string | number;
};

/** A pretrained network of your own. */
export type ImportBackboneInput = {
  /** Needed for .safetensors, such as tf_efficientnet_lite0, and for an .h5 file of weights alone; whole models describe themselves. */
  architecture?: string | null | undefined;
  /** Layer to cut at; default: the input of the global pooling, else of the last dense layer. */
  featureLayer?: string | null | undefined;
  /** A tfjs LayersModel folder, model.json and its weight files; or one file: .keras, .h5 or .safetensors. */
  files: Array<FileInput>;
  /** Of the weights. */
  licence?: string | null | undefined;
  /** Unique. The name of a catalogue backbone that is not downloaded is filled, when the files are the same. */
  name: string;
  /** { range: [-1, 1] } or { mean, std }, with channelOrder: "bgr" where blue comes first; or "tf", "torch", "caffe" as in Keras. Default: read from a known architecture, else range [-1, 1]. */
  preprocessing?: any;
};

/** What to train on what, and how. */
export type LaunchRunInput = {
  /** By name. One that is not downloaded yet starts downloading; the run waits for it. */
  backbone: string;
  /** Any subset of the hyperparameters; the rest are defaults. */
  config?: any;
  /** Which trainers may take it; default: any. */
  constraints?: RunConstraintsInput | null | undefined;
  /** By name. */
  dataset: string;
  /** Default: the latest. */
  datasetVersion?: number | null | undefined;
  /** Of the code that launches it. */
  gitCommit?: string | null | undefined;
  /** Default: the freeze strategy and a number, such as "head-3". */
  name?: string | null | undefined;
  /** For people; Markdown. */
  notes?: string | null | undefined;
  /** Higher is claimed first. */
  priority?: number | null | undefined;
  /** Made when there is none of that name; default: the dataset's project. */
  project?: string | null | undefined;
  /** 50 at most, of 100 characters each. */
  tags?: Array<string> | null | undefined;
};

/** One run for every combination of values; without several values, one run. */
export type LaunchRunsInput = {
  /** By name; needed unless there is an origin. */
  backbone?: string | null | undefined;
  /** Hyperparameters that all have in common; the rest are defaults. */
  config?: any;
  /** Which trainers may take them; default: any, or the origin's. */
  constraints?: RunConstraintsInput | null | undefined;
  /** By name; needed unless there is an origin. */
  dataset?: string | null | undefined;
  /** Default: the latest. */
  datasetVersion?: number | null | undefined;
  /** Of the code that launches them. */
  gitCommit?: string | null | undefined;
  /** { "learningRate": [0.001, 0.0003], "seed": [1, 2] } makes four runs; 100 at most. A value that has no meaning beside the others (lastBlocks, while only the head trains) makes no run of its own. */
  grid?: any;
  /** Of one run, its name; of several, what their names begin with, before what varies: "roses learningRate=0.001 seed=2". */
  name?: string | null | undefined;
  /** For people; Markdown. */
  notes?: string | null | undefined;
  /** The run to clone: what is left out is as in it, and config and grid are merged over its config (null puts a default back). */
  origin?: string | number | null | undefined;
  /** Higher is claimed first. */
  priority?: number | null | undefined;
  /** Made when there is none of that name; default: the dataset's project. Clones are in the project of their origin. */
  project?: string | null | undefined;
  /** A UUID of your own for this request: asking again with it, after a lost answer, answers the same runs and makes no second set. */
  requestId: string | number;
  /** Of every one of them: what to find them by again. 50 at most, of 100 characters each. */
  tags?: Array<string> | null | undefined;
};

/** Files of a run under one name. */
export type LogArtifactInput = {
  /** Uploaded before. */
  files: Array<FileInput>;
  /** Decides what is checked, and how it is shown. */
  kind: ArtifactKind;
  /** As claimRun gave it; external runs need none. */
  leaseToken?: string | null | undefined;
  /** Any JSON, kept beside the files. */
  metadata?: any;
  /** Unique within its run: the same name replaces. */
  name: string;
  /** The run it belongs to. */
  runId: string | number;
};

/** A checkpoint of a claimed run. */
export type LogCheckpointInput = {
  /** Batches of that epoch that are in it; 0: the whole epoch. */
  batch?: number;
  /** Whether it holds the best model of the run so far. */
  best?: boolean;
  /** From 1. */
  epoch: number;
  /** Uploaded before with POST /blobs. */
  files: Array<FileInput>;
  /** What happens to those before. */
  keep?: CheckpointRetention;
  /** As claimRun gave it. A stale one is refused with LEASE_LOST. */
  leaseToken: string;
  /** As claimRun answered. */
  runId: string | number;
};

/** One line of console output. */
export type LogLineInput = {
  /** When it was printed; default: now. */
  at?: string | null | undefined;
  /** Its number, counted by the writer from 0 (a trainer: from 0 of each claim). A number stored already keeps its line, so that sending again is harmless. */
  line: number;
  /** Where it was printed. */
  stream?: LogStream;
  /** Without its line break. Colours (escape sequences) are kept; what is beyond 64 KiB is cut, with a mark. */
  text: string;
};

/** A batch of points of one run. */
export type LogMetricsInput = {
  /** Chosen by the caller, new for every batch: one that is sent again is not stored again. An id with other content than before is refused. Ids are forgotten a day after the run has ended. */
  batchId: string;
  /** At most 20,000 columns with 100,000 points together. Columns of the same key are joined; of equal steps the later point stays. */
  columns: Array<MetricColumns>;
  /** As claimRun gave it; needed for runs that a trainer runs, left out for external ones. */
  leaseToken?: string | null | undefined;
  /** A run that is RUNNING. */
  runId: string | number;
};

/** Where a line was printed. */
export type LogStream =
  /** Standard error. */
  | 'STDERR'
  /** Standard output. */
  | 'STDOUT';

/** Tests of one figure of one metric; all that are given must hold. NaN is neither above nor below anything. */
export type MetricFilter = {
  /** Exactly this. */
  eq?: number | null | undefined;
  /** true: there is a value; false: there is none. */
  exists?: boolean | null | undefined;
  /** Above. */
  gt?: number | null | undefined;
  /** At or above. */
  gte?: number | null | undefined;
  /** The metric, such as "val/accuracy". */
  key: string;
  /** Below. */
  lt?: number | null | undefined;
  /** At or below. */
  lte?: number | null | undefined;
  /** Anything but this, no value included. */
  ne?: number | null | undefined;
  /** Which figure of it. */
  stat?: MetricStat | null | undefined;
};

/** Which figure of a metric is meant. */
export type MetricStat =
  /** Of the highest step. */
  | 'LAST'
  /** The highest finite value. */
  | 'MAX'
  /** The lowest finite value. */
  | 'MIN';

/** One metric as it stands when its run ends. */
export type MetricValueInput = {
  /** As logMetrics names it. */
  key: string;
  /** null counts as NaN. */
  value?: number | 'NaN' | 'Infinity' | '-Infinity' | null | undefined;
};

/** A trainer that introduces itself. */
export type RegisterTrainerInput = {
  /** tfjs-node-gpu, tfjs-node, wasm or cpu */
  backend: string;
  /** What it computes on besides the processor. */
  devices?: Array<TrainerDeviceInput> | null | undefined;
  /** Versions, processor, memory. */
  environment?: any;
  /** What constraints of runs may demand. Its backend, and gpu for tfjs-node-gpu, come by themselves. */
  labels?: Array<string> | null | undefined;
  /** Memory of its machine in bytes; without it, it gets no run that demands memory. */
  memoryBytes?: number | null | undefined;
  /** Unique; the same name is the same trainer. */
  name: string;
  /** Runs it works on at a time; default: 1. */
  slots?: number | null | undefined;
};

/** Puts one picture of a dataset into another class, another split, or both. */
export type RelabelInput = {
  /** The class it is to have; left as it is when absent. */
  label?: string | null | undefined;
  /** As the version shows it; it stays the same. */
  path: string;
  /** What it is to be for; left as it is when absent. */
  split?: Split | null | undefined;
};

/** A claimed run that is handed back. */
export type ReleaseRunInput = {
  /** The process that executed it died: it costs an attempt, and several in a row without progress end the run. null: it is handed back unharmed. */
  crash?: CrashInput | null | undefined;
  /** As claimRun gave it. A stale one is refused with LEASE_LOST: another trainer may have the run. */
  leaseToken: string;
  /** As claimRun answered. */
  runId: string | number;
};

/** What a trainer must be or have to take the run. What is left out or null does not matter. */
export type RunConstraintsInput = {
  /** All of these labels, such as "gpu" or "wasm". */
  labels?: Array<string> | null | undefined;
  /** GiB of memory, more than 0. */
  memoryGiB?: number | null | undefined;
  /** The one trainer that may take it, by name; it need not be there yet. */
  trainer?: string | null | undefined;
};

/** Why a run ended. */
export type RunEndReason =
  /** Somebody asked for it. */
  | 'CANCELLED'
  /** Every epoch was trained. */
  | 'COMPLETED'
  /** The monitored metric no longer improved, or somebody asked to finish early. */
  | 'EARLY_STOPPED'
  /** Its own code failed; see error. */
  | 'ERROR'
  /** The machine had too little memory for it. */
  | 'OUT_OF_MEMORY'
  /** Its trainers fell silent or crashed several times without any progress. */
  | 'TRAINER_LOST';

/** All that is given must hold. */
export type RunFilter = {
  /** All of these hold. */
  and?: Array<RunFilter> | null | undefined;
  /** By name; "" for runs that have none. */
  backbone?: string | null | undefined;
  /** A value of its config. */
  config?: ConfigFilter | null | undefined;
  /** When it was created. */
  createdAt?: DateFilter | null | undefined;
  /** By name; "" for runs that have none. */
  dataset?: string | null | undefined;
  /** true: deleted runs; left out anywhere in the filter: only runs that are not deleted. */
  deleted?: boolean | null | undefined;
  /** Seconds from start to end, or to now while it runs. */
  duration?: FloatFilter | null | undefined;
  /** One of these. */
  endReason?: Array<RunEndReason> | null | undefined;
  /** When it ended. */
  endedAt?: DateFilter | null | undefined;
  /** The commit, or how it begins. */
  gitCommit?: string | null | undefined;
  /** One of these runs. */
  ids?: Array<string | number> | null | undefined;
  /** One of these. */
  kind?: Array<RunKind> | null | undefined;
  /** A metric of it. */
  metric?: MetricFilter | null | undefined;
  /** Its name. */
  name?: StringFilter | null | undefined;
  /** This does not hold; a run without the value in question is let through. */
  not?: RunFilter | null | undefined;
  /** Its notes. */
  notes?: StringFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<RunFilter> | null | undefined;
  /** Clones of this run. */
  parentRun?: string | number | null | undefined;
  /** When it last began. */
  startedAt?: DateFilter | null | undefined;
  /** One of these. */
  status?: Array<RunStatus> | null | undefined;
  /** It has this tag. */
  tag?: string | null | undefined;
  /** By name; "" for runs that have none. */
  trainer?: string | null | undefined;
};

/** Who does the work of a run. */
export type RunKind =
  /** Logged by a script, from createRun to finishRun. */
  | 'EXTERNAL'
  /** Queued with launchRun or cloneRun, and run by a trainer. */
  | 'MANAGED';

/** QUEUED, RUNNING and PAUSED runs go on; the others have ended. */
export type RunStatus =
  /** Ended because somebody asked for it. */
  | 'CANCELLED'
  /** See error. */
  | 'FAILED'
  /** Trained to its end, early stopping included. */
  | 'FINISHED'
  /** Set aside; resumeRun queues it again. */
  | 'PAUSED'
  /** Waits for a trainer. */
  | 'QUEUED'
  /** A trainer works on it, or a script logs to it. */
  | 'RUNNING';

/** How a claimed run ended. */
export type SettleRunInput = {
  /** Where it ran, when that is known better than when it was claimed. */
  backend?: string | null | undefined;
  /** The epoch whose weights were restored, from 1. */
  bestEpoch?: number | null | undefined;
  /** Why it ended. */
  endReason: RunEndReason;
  /** Versions, hardware and what was found on the way, such as trainPictures; joins the facts that were known when it was claimed. */
  environment?: any;
  /** Epochs trained. */
  epochs?: number | null | undefined;
  /** What went wrong, for FAILED. */
  error?: string | null | undefined;
  /** Of the restored best epoch. */
  finalMetrics?: Array<MetricValueInput> | null | undefined;
  /** As claimRun gave it. A stale one is refused with LEASE_LOST: another trainer may have the run. */
  leaseToken: string;
  /** As claimRun answered. */
  runId: string | number;
  /** FINISHED, FAILED or CANCELLED */
  status: RunStatus;
};

/** What a picture is for. */
export type Split =
  /** The model learns from it. */
  | 'TRAIN'
  /** It only measures the model. */
  | 'VAL';

/** Tests of a text; all that are given must hold. */
export type StringFilter = {
  /** Upper and lower case are the same. */
  contains?: string | null | undefined;
  /** Exactly this. */
  eq?: string | null | undefined;
  /** true: there is a value; false: there is none. */
  exists?: boolean | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** Anything but this, no value included. */
  ne?: string | null | undefined;
};

/** How sure a suggestion is. */
export type SuggestionConfidence =
  /** The evidence leaves little else. */
  | 'HIGH'
  /** Worth a try, or a look. */
  | 'LOW'
  /** The usual reading of the evidence. */
  | 'MEDIUM';

/** What came of looking for something. */
export type SuggestionOutcome =
  /** It was not found. */
  | 'FINE'
  /** It was found: see suggestions. */
  | 'SUGGESTED'
  /** There was too little to tell. */
  | 'UNKNOWN';

/** What the trainer is told to do with its run. */
export type TrainerCommand =
  /** Stop at the next batch, then settle the run as CANCELLED. Also the answer when the lease is lost: then stop without settling. */
  | 'CANCEL'
  /** Work on. */
  | 'CONTINUE'
  /** End the training now, evaluate and keep the best model, then settle the run as FINISHED, EARLY_STOPPED. */
  | 'FINISH'
  /** Stop at the next batch, make a checkpoint, then call releaseRun. */
  | 'PAUSE'
  /** The trainer drains: stop at the next batch, make a checkpoint, then call releaseRun. */
  | 'RELEASE';

/** Something a trainer computes on, such as a GPU. */
export type TrainerDeviceInput = {
  /** Its own memory in bytes. */
  memoryBytes?: number | null | undefined;
  /** As its maker calls it. */
  name: string;
};

/** How a trainer is. */
export type TrainerState =
  /** Heard of in the last 15 seconds; it takes runs. */
  | 'ALIVE'
  /** Alive, but it takes no more runs until it is resumed. */
  | 'DRAINING'
  /** Not heard of for 15 seconds: it died, or its network did. */
  | 'LOST'
  /** It said goodbye. */
  | 'STOPPED';

/** Why a queued run waits. */
export type WaitingCode =
  /** Its backbone is not downloaded yet. */
  | 'BACKBONE'
  /** Those that could take it work on other runs. */
  | 'BUSY'
  /** Those that could take it are draining: they take no more runs. */
  | 'DRAINED'
  /** Trainers are alive, but none has what the run demands. */
  | 'NO_MATCH'
  /** No trainer is alive. */
  | 'NO_TRAINER'
  /** A trainer that could take it has room. */
  | 'SOON';

/** What the body of a message looks like. Every format is signed. */
export type WebhookFormat =
  /** { content } as Discord shows it. */
  | 'DISCORD'
  /** JSON as docs/alerts.md describes it: type, timestamp, data. */
  | 'GENERIC'
  /** { text } as Slack (and Mattermost, Rocket.Chat) shows it. */
  | 'SLACK';

export type ListAlertsQueryVariables = Exact<{
  project: string;
}>;


export type ListAlertsQuery = { alertRules: Array<{ id: string, name: string, kind: AlertKind, enabled: boolean, endReasons: Array<RunEndReason>, key: string | null, direction: AlertDirection | null, threshold: number | null, points: number, firstOnly: boolean, minutes: number | null, lastAlertAt: string | null, webhooks: Array<{ id: string, name: string }> }>, webhooks: Array<{ id: string, name: string, shownAddress: string, format: WebhookFormat, enabled: boolean, needsAddress: boolean, lastDelivery: { status: AlertDeliveryStatus, createdAt: string } | null }> };

export type SentAlertFragment = { id: string, status: AlertDeliveryStatus, attempts: number, createdAt: string, endedAt: string | null, nextAttempt: string | null, messageId: string, webhook: { id: string, name: string }, alert: { text: string, run: { id: string, name: string }, rule: { id: string, name: string } } | null, log: Array<{ at: string, durationMs: number, status: number | null, error: string | null, excerpt: string | null }> };

export type ListDeliveriesQueryVariables = Exact<{
  project: string;
  statuses?: Array<AlertDeliveryStatus> | AlertDeliveryStatus | null | undefined;
  first: number;
}>;


export type ListDeliveriesQuery = { alertDeliveries: { nodes: Array<{ id: string, status: AlertDeliveryStatus, attempts: number, createdAt: string, endedAt: string | null, nextAttempt: string | null, messageId: string, webhook: { id: string, name: string }, alert: { text: string, run: { id: string, name: string }, rule: { id: string, name: string } } | null, log: Array<{ at: string, durationMs: number, status: number | null, error: string | null, excerpt: string | null }> }> } };

export type TestWebhookMutationVariables = Exact<{
  id: string | number;
}>;


export type TestWebhookMutation = { testWebhook: { delivery: { id: string, status: AlertDeliveryStatus, attempts: number, createdAt: string, endedAt: string | null, nextAttempt: string | null, messageId: string, webhook: { id: string, name: string }, alert: { text: string, run: { id: string, name: string }, rule: { id: string, name: string } } | null, log: Array<{ at: string, durationMs: number, status: number | null, error: string | null, excerpt: string | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RedeliverAlertMutationVariables = Exact<{
  id: string | number;
}>;


export type RedeliverAlertMutation = { redeliverAlert: { delivery: { id: string, status: AlertDeliveryStatus, attempts: number, createdAt: string, endedAt: string | null, nextAttempt: string | null, messageId: string, webhook: { id: string, name: string }, alert: { text: string, run: { id: string, name: string }, rule: { id: string, name: string } } | null, log: Array<{ at: string, durationMs: number, status: number | null, error: string | null, excerpt: string | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type BackboneLineFragment = { id: string, name: string, title: string, source: BackboneSource, status: BackboneStatus, digest: string | null, architecture: string, licence: string | null, inputSize: number, parameters: number | null, fetchTotal: number | null, fetchDone: number | null, fetchError: string | null, top1: { percent: number, source: string } | null, picturesPerSecond: { native: number, wasm: number, machine: string } | null };

export type ListBackbonesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListBackbonesQuery = { backbones: Array<{ id: string, name: string, title: string, source: BackboneSource, status: BackboneStatus, digest: string | null, architecture: string, licence: string | null, inputSize: number, parameters: number | null, fetchTotal: number | null, fetchDone: number | null, fetchError: string | null, top1: { percent: number, source: string } | null, picturesPerSecond: { native: number, wasm: number, machine: string } | null }> };

export type BackboneByNameQueryVariables = Exact<{
  name: string;
}>;


export type BackboneByNameQuery = { backbone: { id: string, name: string, title: string, source: BackboneSource, status: BackboneStatus, digest: string | null, architecture: string, licence: string | null, inputSize: number, parameters: number | null, fetchTotal: number | null, fetchDone: number | null, fetchError: string | null, top1: { percent: number, source: string } | null, picturesPerSecond: { native: number, wasm: number, machine: string } | null } | null };

export type ImportBackboneMutationVariables = Exact<{
  input: ImportBackboneInput;
}>;


export type ImportBackboneMutation = { importBackbone: { backbone: { id: string, name: string, title: string, source: BackboneSource, status: BackboneStatus, digest: string | null, architecture: string, licence: string | null, inputSize: number, parameters: number | null, fetchTotal: number | null, fetchDone: number | null, fetchError: string | null, top1: { percent: number, source: string } | null, picturesPerSecond: { native: number, wasm: number, machine: string } | null } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type FetchBackboneMutationVariables = Exact<{
  name: string;
}>;


export type FetchBackboneMutation = { fetchBackbone: { backbone: { id: string, name: string, title: string, source: BackboneSource, status: BackboneStatus, digest: string | null, architecture: string, licence: string | null, inputSize: number, parameters: number | null, fetchTotal: number | null, fetchDone: number | null, fetchError: string | null, top1: { percent: number, source: string } | null, picturesPerSecond: { native: number, wasm: number, machine: string } | null } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type DatasetLineFragment = { id: string, name: string, createdAt: string, project: { name: string }, latestVersion: { version: number, digest: string, trainCount: number, valCount: number, splitSeed: number | null, classes: Array<{ name: string, trainCount: number, valCount: number }> } };

export type ImportDatasetMutationVariables = Exact<{
  input: CreateDatasetInput;
}>;


export type ImportDatasetMutation = { createDataset: { warnings: Array<string>, dataset: { id: string, name: string, createdAt: string, project: { name: string }, latestVersion: { version: number, digest: string, trainCount: number, valCount: number, splitSeed: number | null, classes: Array<{ name: string, trainCount: number, valCount: number }> } } | null, skipped: Array<{ path: string, reason: string }>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ListDatasetsQueryVariables = Exact<{
  project?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ListDatasetsQuery = { datasets: { nodes: Array<{ id: string, name: string, createdAt: string, project: { name: string }, latestVersion: { version: number, digest: string, trainCount: number, valCount: number, splitSeed: number | null, classes: Array<{ name: string, trainCount: number, valCount: number }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UpdateDatasetMutationVariables = Exact<{
  input: CreateDatasetVersionInput;
}>;


export type UpdateDatasetMutation = { createDatasetVersion: { warnings: Array<string>, dataset: { id: string, name: string, project: { name: string } } | null, version: { id: string, version: number, digest: string, createdAt: string, trainCount: number, valCount: number, warnings: Array<string>, classes: Array<{ name: string, trainCount: number, valCount: number }>, parent: { version: number } | null, duplicateCounts: { exact: number, near: number, leaks: number } | null } | null, skipped: Array<{ path: string, reason: string }>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type VersionLineFragment = { id: string, version: number, digest: string, createdAt: string, trainCount: number, valCount: number, warnings: Array<string>, classes: Array<{ name: string, trainCount: number, valCount: number }>, parent: { version: number } | null, duplicateCounts: { exact: number, near: number, leaks: number } | null };

export type DatasetVersionsQueryVariables = Exact<{
  name: string;
  project?: string | null | undefined;
}>;


export type DatasetVersionsQuery = { dataset: { id: string, versions: Array<{ runCount: number, id: string, version: number, digest: string, createdAt: string, trainCount: number, valCount: number, warnings: Array<string>, classes: Array<{ name: string, trainCount: number, valCount: number }>, parent: { version: number } | null, duplicateCounts: { exact: number, near: number, leaks: number } | null }> } | null };

export type DatasetChangesQueryVariables = Exact<{
  name: string;
  project?: string | null | undefined;
  version: number;
  against?: number | null | undefined;
  first: number;
}>;


export type DatasetChangesQuery = { dataset: { id: string, version: { changes: { classesAdded: Array<string>, classesRemoved: Array<string>, unchanged: number, from: { version: number, digest: string }, to: { version: number, digest: string }, classes: Array<{ name: string, trainBefore: number, trainAfter: number, valBefore: number, valAfter: number }>, added: { totalCount: number, nodes: Array<{ path: string, label: string, split: Split }> }, removed: { totalCount: number, nodes: Array<{ path: string, label: string, split: Split }> }, replaced: { totalCount: number, nodes: Array<{ before: { path: string, label: string, split: Split }, after: { path: string, label: string, split: Split } }> }, renamed: { totalCount: number, nodes: Array<{ before: { path: string, label: string, split: Split }, after: { path: string, label: string, split: Split } }> }, relabelled: { totalCount: number, nodes: Array<{ before: { path: string, label: string, split: Split }, after: { path: string, label: string, split: Split } }> }, moved: { totalCount: number, nodes: Array<{ before: { path: string, label: string, split: Split }, after: { path: string, label: string, split: Split } }> } } | null } | null } | null };

export type ChangedPicturesFragment = { totalCount: number, nodes: Array<{ before: { path: string, label: string, split: Split }, after: { path: string, label: string, split: Split } }> };

export type DatasetDuplicatesQueryVariables = Exact<{
  name: string;
  project?: string | null | undefined;
  version: number;
  kind?: DuplicateKind | null | undefined;
  first: number;
}>;


export type DatasetDuplicatesQuery = { dataset: { id: string, version: { version: number, warnings: Array<string>, duplicateCounts: { exact: number, near: number, leaks: number } | null, duplicates: { totalCount: number, nodes: Array<{ exact: boolean, distance: number, leaks: boolean, first: { path: string, label: string, split: Split, sha256: string }, second: { path: string, label: string, split: Split, sha256: string } }> } } | null } | null };

export type DeleteRunsMutationVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type DeleteRunsMutation = { deleteRuns: { runs: Array<{ id: string, name: string, status: RunStatus }>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RestoreRunsMutationVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type RestoreRunsMutation = { restoreRuns: { runs: Array<{ id: string, name: string, status: RunStatus }>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type DatasetNamedQueryVariables = Exact<{
  name: string;
  project?: string | null | undefined;
}>;


export type DatasetNamedQuery = { dataset: { id: string } | null };

export type DeletedDatasetsQueryVariables = Exact<{
  project?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type DeletedDatasetsQuery = { datasets: { nodes: Array<{ id: string, name: string, deletedAt: string | null, project: { name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeleteDatasetMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteDatasetMutation = { deleteDataset: { dataset: { id: string, name: string, deletedAt: string | null, project: { name: string } } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RestoreDatasetMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
}>;


export type RestoreDatasetMutation = { restoreDataset: { dataset: { id: string, name: string, deletedAt: string | null, project: { name: string } } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ListProjectsQueryVariables = Exact<{
  deleted: boolean;
  after?: string | null | undefined;
}>;


export type ListProjectsQuery = { projects: { nodes: Array<{ id: string, name: string, description: string | null, runCount: number, datasetCount: number, createdAt: string, deletedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ProjectNamedQueryVariables = Exact<{
  name: string;
}>;


export type ProjectNamedQuery = { project: { id: string } | null };

export type DeleteProjectMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteProjectMutation = { deleteProject: { project: { id: string, name: string, deletedAt: string | null } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RestoreProjectMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
}>;


export type RestoreProjectMutation = { restoreProject: { project: { id: string, name: string, deletedAt: string | null } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type CollectGarbageMutationVariables = Exact<{
  olderThanSeconds: number;
  dryRun: boolean;
}>;


export type CollectGarbageMutation = { collectGarbage: { runs: number, datasets: number, projects: number, blobs: number, blobBytes: number, databaseBytesBefore: number | null, databaseBytesAfter: number | null, notes: Array<string>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RunLogPageQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  contains?: string | null | undefined;
  fromEnd: boolean;
}>;


export type RunLogPageQuery = { run: { endedAt: string | null, log: { nodes: Array<{ claim: number, line: number, stream: LogStream, at: string, text: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RunLogAppendedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type RunLogAppendedSubscription = { runLog: { cursor: string } };

export type RunResultFragment = { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> };

export type RunByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type RunByIdQuery = { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, waiting: { code: WaitingCode, message: string } | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null };

export type RunsNamedQueryVariables = Exact<{
  name: string;
  deleted?: boolean | null | undefined;
}>;


export type RunsNamedQuery = { runs: { nodes: Array<{ id: string, createdAt: string }> } };

export type ListRunsQueryVariables = Exact<{
  project?: string | null | undefined;
  filter?: RunFilter | null | undefined;
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListRunsQuery = { runs: { nodes: Array<{ id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, metrics: Array<{ key: string, last: number | null }>, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LaunchRunMutationVariables = Exact<{
  input: LaunchRunInput;
}>;


export type LaunchRunMutation = { launchRun: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type LaunchRunsMutationVariables = Exact<{
  input: LaunchRunsInput;
}>;


export type LaunchRunsMutation = { launchRuns: { runs: Array<{ id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> }>, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type SuggestForRunQueryVariables = Exact<{
  id: string | number;
}>;


export type SuggestForRunQuery = { run: { id: string, name: string, status: RunStatus, suggestions: { suggestions: Array<{ code: string, title: string, explanation: string, confidence: SuggestionConfidence, reference: string, changes: any, evidence: Array<{ text: string, metric: string | null, value: number | null, epoch: number | null, picture: string | null }> }>, checked: Array<{ code: string, looksFor: string, outcome: SuggestionOutcome, detail: string }> } | null } | null };

export type CloneRunMutationVariables = Exact<{
  input: CloneRunInput;
}>;


export type CloneRunMutation = { cloneRun: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type CancelRunMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelRunMutation = { cancelRun: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type PauseRunMutationVariables = Exact<{
  id: string | number;
}>;


export type PauseRunMutation = { pauseRun: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ResumeRunMutationVariables = Exact<{
  id: string | number;
}>;


export type ResumeRunMutation = { resumeRun: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type FinishRunEarlyMutationVariables = Exact<{
  id: string | number;
}>;


export type FinishRunEarlyMutation = { finishRunEarly: { run: { id: string, name: string, kind: RunKind, status: RunStatus, endReason: RunEndReason | null, config: any, tags: Array<string>, notes: string | null, priority: number, attempt: number, backend: string | null, phase: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, bestEpoch: number | null, epochs: number | null, error: string | null, project: { name: string }, dataset: { version: number, digest: string, dataset: { name: string } } | null, backbone: { name: string } | null, parentRun: { id: string } | null, constraints: { labels: Array<string>, memoryGiB: number | null, trainer: string | null }, finalMetrics: Array<{ key: string, value: number | null }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RunCurvesQueryVariables = Exact<{
  id: string | number;
  keys?: Array<string> | string | null | undefined;
  maxPoints?: number | null | undefined;
}>;


export type RunCurvesQuery = { metricSeries: Array<{ key: string, count: number, points: MetricPoints }> };

export type RunModelQueryVariables = Exact<{
  id: string | number;
}>;


export type RunModelQuery = { run: { id: string, name: string, kind: RunKind, status: RunStatus, artifacts: Array<{ name: string, kind: ArtifactKind, digest: string, files: Array<{ path: string, sha256: string, size: number }> }> } | null };

export type RunChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type RunChangedSubscription = { runChanged: { id: string, status: RunStatus } };

export type RunMetricsAppendedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type RunMetricsAppendedSubscription = { metricsAppended: { cursor: string } };

export type ListedTrainerFragment = { id: string, name: string, backend: string, labels: Array<string>, memoryBytes: number | null, slots: number, state: TrainerState, alive: boolean, draining: boolean, lastSeenAt: string, devices: Array<{ name: string, memoryBytes: number | null }>, currentRuns: Array<{ id: string, name: string }> };

export type ListTrainersQueryVariables = Exact<{ [key: string]: never; }>;


export type ListTrainersQuery = { trainers: Array<{ id: string, name: string, backend: string, labels: Array<string>, memoryBytes: number | null, slots: number, state: TrainerState, alive: boolean, draining: boolean, lastSeenAt: string, devices: Array<{ name: string, memoryBytes: number | null }>, currentRuns: Array<{ id: string, name: string }> }> };

export type DrainTrainerMutationVariables = Exact<{
  id: string | number;
  handBack?: boolean | null | undefined;
}>;


export type DrainTrainerMutation = { drainTrainer: { trainer: { id: string, name: string, backend: string, labels: Array<string>, memoryBytes: number | null, slots: number, state: TrainerState, alive: boolean, draining: boolean, lastSeenAt: string, devices: Array<{ name: string, memoryBytes: number | null }>, currentRuns: Array<{ id: string, name: string }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ResumeTrainerMutationVariables = Exact<{
  id: string | number;
}>;


export type ResumeTrainerMutation = { resumeTrainer: { trainer: { id: string, name: string, backend: string, labels: Array<string>, memoryBytes: number | null, slots: number, state: TrainerState, alive: boolean, draining: boolean, lastSeenAt: string, devices: Array<{ name: string, memoryBytes: number | null }>, currentRuns: Array<{ id: string, name: string }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ReachQueryVariables = Exact<{ [key: string]: never; }>;


export type ReachQuery = { __typename: 'Query' };

export type RegisterTrainerMutationVariables = Exact<{
  input: RegisterTrainerInput;
}>;


export type RegisterTrainerMutation = { registerTrainer: { trainer: { id: string, name: string } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ClaimRunMutationVariables = Exact<{
  input: ClaimRunInput;
}>;


export type ClaimRunMutation = { claimRun: { leaseToken: string | null, leaseSeconds: number, run: { id: string, name: string, attempt: number, constraints: { memoryGiB: number | null }, claims: Array<{ startedAt: string }> } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ClaimedRunQueryVariables = Exact<{
  id: string | number;
}>;


export type ClaimedRunQuery = { run: { id: string, name: string, attempt: number, config: any, checkpoints: Array<{ epoch: number, batch: number, files: Array<{ path: string, sha256: string, size: number }> }>, dataset: { id: string, digest: string, trainCount: number, valCount: number, classes: Array<{ name: string }> } | null, backbone: { name: string, architecture: string, preprocessing: any, featureLayer: string, blocks: Array<{ name: string, firstLayer: string }>, files: Array<{ path: string, sha256: string, size: number }> } | null } | null };

export type RunPicturesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type RunPicturesQuery = { run: { dataset: { pictures: { nodes: Array<{ id: string, path: string, split: Split, label: string, sha256: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type HeartbeatMutationVariables = Exact<{
  input: HeartbeatInput;
}>;


export type HeartbeatMutation = { heartbeat: { command: TrainerCommand, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type LogMetricsMutationVariables = Exact<{
  input: LogMetricsInput;
}>;


export type LogMetricsMutation = { logMetrics: { accepted: number, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type LogArtifactMutationVariables = Exact<{
  input: LogArtifactInput;
}>;


export type LogArtifactMutation = { logArtifact: { artifact: { id: string, digest: string } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type LogCheckpointMutationVariables = Exact<{
  input: LogCheckpointInput;
}>;


export type LogCheckpointMutation = { logCheckpoint: { checkpoint: { id: string } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type SettleRunMutationVariables = Exact<{
  input: SettleRunInput;
}>;


export type SettleRunMutation = { settleRun: { run: { id: string, status: RunStatus } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type ReleaseRunMutationVariables = Exact<{
  input: ReleaseRunInput;
}>;


export type ReleaseRunMutation = { releaseRun: { run: { id: string, status: RunStatus } | null, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type StopTrainerMutationVariables = Exact<{
  id: string | number;
}>;


export type StopTrainerMutation = { stopTrainer: { userErrors: Array<{ field: string | null, message: string, code: string }> } };

export type RunQueuedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type RunQueuedSubscription = { runQueued: { id: string } };

export type TrainerCommandedSubscriptionVariables = Exact<{
  trainerId: string | number;
}>;


export type TrainerCommandedSubscription = { trainerCommanded: string };

export type AppendLogMutationVariables = Exact<{
  input: AppendLogInput;
}>;


export type AppendLogMutation = { appendLog: { accepted: number, userErrors: Array<{ field: string | null, message: string, code: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SentAlertFragmentDoc = new TypedDocumentString(`
    fragment SentAlert on AlertDelivery {
  id
  status
  attempts
  createdAt
  endedAt
  nextAttempt
  messageId
  webhook {
    id
    name
  }
  alert {
    text
    run {
      id
      name
    }
    rule {
      id
      name
    }
  }
  log {
    at
    durationMs
    status
    error
    excerpt
  }
}
    `, {"fragmentName":"SentAlert"}) as unknown as TypedDocumentString<SentAlertFragment, unknown>;
export const BackboneLineFragmentDoc = new TypedDocumentString(`
    fragment BackboneLine on Backbone {
  id
  name
  title
  source
  status
  digest
  architecture
  licence
  inputSize
  top1 {
    percent
    source
  }
  picturesPerSecond {
    native
    wasm
    machine
  }
  parameters
  fetchTotal
  fetchDone
  fetchError
}
    `, {"fragmentName":"BackboneLine"}) as unknown as TypedDocumentString<BackboneLineFragment, unknown>;
export const DatasetLineFragmentDoc = new TypedDocumentString(`
    fragment DatasetLine on Dataset {
  id
  name
  project {
    name
  }
  createdAt
  latestVersion {
    version
    digest
    trainCount
    valCount
    splitSeed
    classes {
      name
      trainCount
      valCount
    }
  }
}
    `, {"fragmentName":"DatasetLine"}) as unknown as TypedDocumentString<DatasetLineFragment, unknown>;
export const VersionLineFragmentDoc = new TypedDocumentString(`
    fragment VersionLine on DatasetVersion {
  id
  version
  digest
  createdAt
  trainCount
  valCount
  classes {
    name
    trainCount
    valCount
  }
  parent {
    version
  }
  warnings
  duplicateCounts {
    exact
    near
    leaks
  }
}
    `, {"fragmentName":"VersionLine"}) as unknown as TypedDocumentString<VersionLineFragment, unknown>;
export const ChangedPicturesFragmentDoc = new TypedDocumentString(`
    fragment ChangedPictures on PictureChangeConnection {
  totalCount
  nodes {
    before {
      path
      label
      split
    }
    after {
      path
      label
      split
    }
  }
}
    `, {"fragmentName":"ChangedPictures"}) as unknown as TypedDocumentString<ChangedPicturesFragment, unknown>;
export const RunResultFragmentDoc = new TypedDocumentString(`
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}
    `, {"fragmentName":"RunResult"}) as unknown as TypedDocumentString<RunResultFragment, unknown>;
export const ListedTrainerFragmentDoc = new TypedDocumentString(`
    fragment ListedTrainer on Trainer {
  id
  name
  backend
  labels
  devices {
    name
    memoryBytes
  }
  memoryBytes
  slots
  state
  alive
  draining
  lastSeenAt
  currentRuns {
    id
    name
  }
}
    `, {"fragmentName":"ListedTrainer"}) as unknown as TypedDocumentString<ListedTrainerFragment, unknown>;
export const ListAlertsDocument = new TypedDocumentString(`
    query ListAlerts($project: String!) {
  alertRules(project: $project) {
    id
    name
    kind
    enabled
    endReasons
    key
    direction
    threshold
    points
    firstOnly
    minutes
    lastAlertAt
    webhooks {
      id
      name
    }
  }
  webhooks(project: $project) {
    id
    name
    shownAddress
    format
    enabled
    needsAddress
    lastDelivery {
      status
      createdAt
    }
  }
}
    `) as unknown as TypedDocumentString<ListAlertsQuery, ListAlertsQueryVariables>;
export const ListDeliveriesDocument = new TypedDocumentString(`
    query ListDeliveries($project: String!, $statuses: [AlertDeliveryStatus!], $first: Int!) {
  alertDeliveries(project: $project, statuses: $statuses, first: $first) {
    nodes {
      ...SentAlert
    }
  }
}
    fragment SentAlert on AlertDelivery {
  id
  status
  attempts
  createdAt
  endedAt
  nextAttempt
  messageId
  webhook {
    id
    name
  }
  alert {
    text
    run {
      id
      name
    }
    rule {
      id
      name
    }
  }
  log {
    at
    durationMs
    status
    error
    excerpt
  }
}`) as unknown as TypedDocumentString<ListDeliveriesQuery, ListDeliveriesQueryVariables>;
export const TestWebhookDocument = new TypedDocumentString(`
    mutation TestWebhook($id: ID!) {
  testWebhook(id: $id) {
    delivery {
      ...SentAlert
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment SentAlert on AlertDelivery {
  id
  status
  attempts
  createdAt
  endedAt
  nextAttempt
  messageId
  webhook {
    id
    name
  }
  alert {
    text
    run {
      id
      name
    }
    rule {
      id
      name
    }
  }
  log {
    at
    durationMs
    status
    error
    excerpt
  }
}`) as unknown as TypedDocumentString<TestWebhookMutation, TestWebhookMutationVariables>;
export const RedeliverAlertDocument = new TypedDocumentString(`
    mutation RedeliverAlert($id: ID!) {
  redeliverAlert(id: $id) {
    delivery {
      ...SentAlert
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment SentAlert on AlertDelivery {
  id
  status
  attempts
  createdAt
  endedAt
  nextAttempt
  messageId
  webhook {
    id
    name
  }
  alert {
    text
    run {
      id
      name
    }
    rule {
      id
      name
    }
  }
  log {
    at
    durationMs
    status
    error
    excerpt
  }
}`) as unknown as TypedDocumentString<RedeliverAlertMutation, RedeliverAlertMutationVariables>;
export const ListBackbonesDocument = new TypedDocumentString(`
    query ListBackbones {
  backbones {
    ...BackboneLine
  }
}
    fragment BackboneLine on Backbone {
  id
  name
  title
  source
  status
  digest
  architecture
  licence
  inputSize
  top1 {
    percent
    source
  }
  picturesPerSecond {
    native
    wasm
    machine
  }
  parameters
  fetchTotal
  fetchDone
  fetchError
}`) as unknown as TypedDocumentString<ListBackbonesQuery, ListBackbonesQueryVariables>;
export const BackboneByNameDocument = new TypedDocumentString(`
    query BackboneByName($name: String!) {
  backbone(name: $name) {
    ...BackboneLine
  }
}
    fragment BackboneLine on Backbone {
  id
  name
  title
  source
  status
  digest
  architecture
  licence
  inputSize
  top1 {
    percent
    source
  }
  picturesPerSecond {
    native
    wasm
    machine
  }
  parameters
  fetchTotal
  fetchDone
  fetchError
}`) as unknown as TypedDocumentString<BackboneByNameQuery, BackboneByNameQueryVariables>;
export const ImportBackboneDocument = new TypedDocumentString(`
    mutation ImportBackbone($input: ImportBackboneInput!) {
  importBackbone(input: $input) {
    backbone {
      ...BackboneLine
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment BackboneLine on Backbone {
  id
  name
  title
  source
  status
  digest
  architecture
  licence
  inputSize
  top1 {
    percent
    source
  }
  picturesPerSecond {
    native
    wasm
    machine
  }
  parameters
  fetchTotal
  fetchDone
  fetchError
}`) as unknown as TypedDocumentString<ImportBackboneMutation, ImportBackboneMutationVariables>;
export const FetchBackboneDocument = new TypedDocumentString(`
    mutation FetchBackbone($name: String!) {
  fetchBackbone(name: $name) {
    backbone {
      ...BackboneLine
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment BackboneLine on Backbone {
  id
  name
  title
  source
  status
  digest
  architecture
  licence
  inputSize
  top1 {
    percent
    source
  }
  picturesPerSecond {
    native
    wasm
    machine
  }
  parameters
  fetchTotal
  fetchDone
  fetchError
}`) as unknown as TypedDocumentString<FetchBackboneMutation, FetchBackboneMutationVariables>;
export const ImportDatasetDocument = new TypedDocumentString(`
    mutation ImportDataset($input: CreateDatasetInput!) {
  createDataset(input: $input) {
    dataset {
      ...DatasetLine
    }
    skipped {
      path
      reason
    }
    warnings
    userErrors {
      field
      message
      code
    }
  }
}
    fragment DatasetLine on Dataset {
  id
  name
  project {
    name
  }
  createdAt
  latestVersion {
    version
    digest
    trainCount
    valCount
    splitSeed
    classes {
      name
      trainCount
      valCount
    }
  }
}`) as unknown as TypedDocumentString<ImportDatasetMutation, ImportDatasetMutationVariables>;
export const ListDatasetsDocument = new TypedDocumentString(`
    query ListDatasets($project: String, $first: Int!, $after: String) {
  datasets(project: $project, first: $first, after: $after) {
    nodes {
      ...DatasetLine
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DatasetLine on Dataset {
  id
  name
  project {
    name
  }
  createdAt
  latestVersion {
    version
    digest
    trainCount
    valCount
    splitSeed
    classes {
      name
      trainCount
      valCount
    }
  }
}`) as unknown as TypedDocumentString<ListDatasetsQuery, ListDatasetsQueryVariables>;
export const UpdateDatasetDocument = new TypedDocumentString(`
    mutation UpdateDataset($input: CreateDatasetVersionInput!) {
  createDatasetVersion(input: $input) {
    dataset {
      id
      name
      project {
        name
      }
    }
    version {
      ...VersionLine
    }
    skipped {
      path
      reason
    }
    warnings
    userErrors {
      field
      message
      code
    }
  }
}
    fragment VersionLine on DatasetVersion {
  id
  version
  digest
  createdAt
  trainCount
  valCount
  classes {
    name
    trainCount
    valCount
  }
  parent {
    version
  }
  warnings
  duplicateCounts {
    exact
    near
    leaks
  }
}`) as unknown as TypedDocumentString<UpdateDatasetMutation, UpdateDatasetMutationVariables>;
export const DatasetVersionsDocument = new TypedDocumentString(`
    query DatasetVersions($name: String!, $project: String) {
  dataset(name: $name, project: $project) {
    id
    versions {
      ...VersionLine
      runCount
    }
  }
}
    fragment VersionLine on DatasetVersion {
  id
  version
  digest
  createdAt
  trainCount
  valCount
  classes {
    name
    trainCount
    valCount
  }
  parent {
    version
  }
  warnings
  duplicateCounts {
    exact
    near
    leaks
  }
}`) as unknown as TypedDocumentString<DatasetVersionsQuery, DatasetVersionsQueryVariables>;
export const DatasetChangesDocument = new TypedDocumentString(`
    query DatasetChanges($name: String!, $project: String, $version: Int!, $against: Int, $first: Int!) {
  dataset(name: $name, project: $project) {
    id
    version(version: $version) {
      changes(against: $against) {
        from {
          version
          digest
        }
        to {
          version
          digest
        }
        classesAdded
        classesRemoved
        classes {
          name
          trainBefore
          trainAfter
          valBefore
          valAfter
        }
        unchanged
        added(first: $first) {
          totalCount
          nodes {
            path
            label
            split
          }
        }
        removed(first: $first) {
          totalCount
          nodes {
            path
            label
            split
          }
        }
        replaced(first: $first) {
          ...ChangedPictures
        }
        renamed(first: $first) {
          ...ChangedPictures
        }
        relabelled(first: $first) {
          ...ChangedPictures
        }
        moved(first: $first) {
          ...ChangedPictures
        }
      }
    }
  }
}
    fragment ChangedPictures on PictureChangeConnection {
  totalCount
  nodes {
    before {
      path
      label
      split
    }
    after {
      path
      label
      split
    }
  }
}`) as unknown as TypedDocumentString<DatasetChangesQuery, DatasetChangesQueryVariables>;
export const DatasetDuplicatesDocument = new TypedDocumentString(`
    query DatasetDuplicates($name: String!, $project: String, $version: Int!, $kind: DuplicateKind, $first: Int!) {
  dataset(name: $name, project: $project) {
    id
    version(version: $version) {
      version
      warnings
      duplicateCounts {
        exact
        near
        leaks
      }
      duplicates(kind: $kind, first: $first) {
        totalCount
        nodes {
          exact
          distance
          leaks
          first {
            path
            label
            split
            sha256
          }
          second {
            path
            label
            split
            sha256
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DatasetDuplicatesQuery, DatasetDuplicatesQueryVariables>;
export const DeleteRunsDocument = new TypedDocumentString(`
    mutation DeleteRuns($ids: [ID!]!) {
  deleteRuns(ids: $ids) {
    runs {
      id
      name
      status
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteRunsMutation, DeleteRunsMutationVariables>;
export const RestoreRunsDocument = new TypedDocumentString(`
    mutation RestoreRuns($ids: [ID!]!) {
  restoreRuns(ids: $ids) {
    runs {
      id
      name
      status
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<RestoreRunsMutation, RestoreRunsMutationVariables>;
export const DatasetNamedDocument = new TypedDocumentString(`
    query DatasetNamed($name: String!, $project: String) {
  dataset(name: $name, project: $project) {
    id
  }
}
    `) as unknown as TypedDocumentString<DatasetNamedQuery, DatasetNamedQueryVariables>;
export const DeletedDatasetsDocument = new TypedDocumentString(`
    query DeletedDatasets($project: String, $after: String) {
  datasets(project: $project, deleted: true, first: 1000, after: $after) {
    nodes {
      id
      name
      deletedAt
      project {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DeletedDatasetsQuery, DeletedDatasetsQueryVariables>;
export const DeleteDatasetDocument = new TypedDocumentString(`
    mutation DeleteDataset($id: ID!) {
  deleteDataset(id: $id) {
    dataset {
      id
      name
      deletedAt
      project {
        name
      }
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteDatasetMutation, DeleteDatasetMutationVariables>;
export const RestoreDatasetDocument = new TypedDocumentString(`
    mutation RestoreDataset($id: ID!, $name: String) {
  restoreDataset(id: $id, name: $name) {
    dataset {
      id
      name
      deletedAt
      project {
        name
      }
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<RestoreDatasetMutation, RestoreDatasetMutationVariables>;
export const ListProjectsDocument = new TypedDocumentString(`
    query ListProjects($deleted: Boolean!, $after: String) {
  projects(deleted: $deleted, first: 1000, after: $after) {
    nodes {
      id
      name
      description
      runCount
      datasetCount
      createdAt
      deletedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListProjectsQuery, ListProjectsQueryVariables>;
export const ProjectNamedDocument = new TypedDocumentString(`
    query ProjectNamed($name: String!) {
  project(name: $name) {
    id
  }
}
    `) as unknown as TypedDocumentString<ProjectNamedQuery, ProjectNamedQueryVariables>;
export const DeleteProjectDocument = new TypedDocumentString(`
    mutation DeleteProject($id: ID!) {
  deleteProject(id: $id) {
    project {
      id
      name
      deletedAt
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteProjectMutation, DeleteProjectMutationVariables>;
export const RestoreProjectDocument = new TypedDocumentString(`
    mutation RestoreProject($id: ID!, $name: String) {
  restoreProject(id: $id, name: $name) {
    project {
      id
      name
      deletedAt
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<RestoreProjectMutation, RestoreProjectMutationVariables>;
export const CollectGarbageDocument = new TypedDocumentString(`
    mutation CollectGarbage($olderThanSeconds: Int!, $dryRun: Boolean!) {
  collectGarbage(olderThanSeconds: $olderThanSeconds, dryRun: $dryRun) {
    runs
    datasets
    projects
    blobs
    blobBytes
    databaseBytesBefore
    databaseBytesAfter
    notes
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<CollectGarbageMutation, CollectGarbageMutationVariables>;
export const RunLogPageDocument = new TypedDocumentString(`
    query RunLogPage($id: ID!, $first: Int!, $after: String, $contains: String, $fromEnd: Boolean!) {
  run(id: $id) {
    endedAt
    log(first: $first, after: $after, contains: $contains, fromEnd: $fromEnd) {
      nodes {
        claim
        line
        stream
        at
        text
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunLogPageQuery, RunLogPageQueryVariables>;
export const RunLogAppendedDocument = new TypedDocumentString(`
    subscription RunLogAppended($id: ID!) {
  runLog(runId: $id) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<RunLogAppendedSubscription, RunLogAppendedSubscriptionVariables>;
export const RunByIdDocument = new TypedDocumentString(`
    query RunById($id: ID!) {
  run(id: $id) {
    ...RunResult
    waiting {
      code
      message
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<RunByIdQuery, RunByIdQueryVariables>;
export const RunsNamedDocument = new TypedDocumentString(`
    query RunsNamed($name: String!, $deleted: Boolean) {
  runs(filter: {name: {eq: $name}, deleted: $deleted}, first: 10) {
    nodes {
      id
      createdAt
    }
  }
}
    `) as unknown as TypedDocumentString<RunsNamedQuery, RunsNamedQueryVariables>;
export const ListRunsDocument = new TypedDocumentString(`
    query ListRuns($project: String, $filter: RunFilter, $search: String, $first: Int, $after: String) {
  runs(
    project: $project
    filter: $filter
    search: $search
    first: $first
    after: $after
  ) {
    nodes {
      ...RunResult
      metrics(keys: ["val/accuracy", "val/loss"]) {
        key
        last
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<ListRunsQuery, ListRunsQueryVariables>;
export const LaunchRunDocument = new TypedDocumentString(`
    mutation LaunchRun($input: LaunchRunInput!) {
  launchRun(input: $input) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<LaunchRunMutation, LaunchRunMutationVariables>;
export const LaunchRunsDocument = new TypedDocumentString(`
    mutation LaunchRuns($input: LaunchRunsInput!) {
  launchRuns(input: $input) {
    runs {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<LaunchRunsMutation, LaunchRunsMutationVariables>;
export const SuggestForRunDocument = new TypedDocumentString(`
    query SuggestForRun($id: ID!) {
  run(id: $id) {
    id
    name
    status
    suggestions {
      suggestions {
        code
        title
        explanation
        confidence
        reference
        changes
        evidence {
          text
          metric
          value
          epoch
          picture
        }
      }
      checked {
        code
        looksFor
        outcome
        detail
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestForRunQuery, SuggestForRunQueryVariables>;
export const CloneRunDocument = new TypedDocumentString(`
    mutation CloneRun($input: CloneRunInput!) {
  cloneRun(input: $input) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<CloneRunMutation, CloneRunMutationVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($id: ID!) {
  cancelRun(id: $id) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const PauseRunDocument = new TypedDocumentString(`
    mutation PauseRun($id: ID!) {
  pauseRun(id: $id) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<PauseRunMutation, PauseRunMutationVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($id: ID!) {
  resumeRun(id: $id) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const FinishRunEarlyDocument = new TypedDocumentString(`
    mutation FinishRunEarly($id: ID!) {
  finishRunEarly(id: $id) {
    run {
      ...RunResult
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment RunResult on Run {
  id
  name
  kind
  status
  endReason
  config
  project {
    name
  }
  dataset {
    version
    digest
    dataset {
      name
    }
  }
  backbone {
    name
  }
  parentRun {
    id
  }
  tags
  notes
  priority
  constraints {
    labels
    memoryGiB
    trainer
  }
  attempt
  backend
  phase
  createdAt
  startedAt
  endedAt
  durationSeconds
  bestEpoch
  epochs
  error
  finalMetrics {
    key
    value
  }
}`) as unknown as TypedDocumentString<FinishRunEarlyMutation, FinishRunEarlyMutationVariables>;
export const RunCurvesDocument = new TypedDocumentString(`
    query RunCurves($id: ID!, $keys: [String!], $maxPoints: Int) {
  metricSeries(runIds: [$id], keys: $keys, maxPoints: $maxPoints) {
    key
    count
    points
  }
}
    `) as unknown as TypedDocumentString<RunCurvesQuery, RunCurvesQueryVariables>;
export const RunModelDocument = new TypedDocumentString(`
    query RunModel($id: ID!) {
  run(id: $id) {
    id
    name
    kind
    status
    artifacts {
      name
      kind
      digest
      files {
        path
        sha256
        size
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunModelQuery, RunModelQueryVariables>;
export const RunChangedDocument = new TypedDocumentString(`
    subscription RunChanged($id: ID!) {
  runChanged(id: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<RunChangedSubscription, RunChangedSubscriptionVariables>;
export const RunMetricsAppendedDocument = new TypedDocumentString(`
    subscription RunMetricsAppended($id: ID!) {
  metricsAppended(runIds: [$id]) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<RunMetricsAppendedSubscription, RunMetricsAppendedSubscriptionVariables>;
export const ListTrainersDocument = new TypedDocumentString(`
    query ListTrainers {
  trainers {
    ...ListedTrainer
  }
}
    fragment ListedTrainer on Trainer {
  id
  name
  backend
  labels
  devices {
    name
    memoryBytes
  }
  memoryBytes
  slots
  state
  alive
  draining
  lastSeenAt
  currentRuns {
    id
    name
  }
}`) as unknown as TypedDocumentString<ListTrainersQuery, ListTrainersQueryVariables>;
export const DrainTrainerDocument = new TypedDocumentString(`
    mutation DrainTrainer($id: ID!, $handBack: Boolean) {
  drainTrainer(id: $id, handBack: $handBack) {
    trainer {
      ...ListedTrainer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ListedTrainer on Trainer {
  id
  name
  backend
  labels
  devices {
    name
    memoryBytes
  }
  memoryBytes
  slots
  state
  alive
  draining
  lastSeenAt
  currentRuns {
    id
    name
  }
}`) as unknown as TypedDocumentString<DrainTrainerMutation, DrainTrainerMutationVariables>;
export const ResumeTrainerDocument = new TypedDocumentString(`
    mutation ResumeTrainer($id: ID!) {
  resumeTrainer(id: $id) {
    trainer {
      ...ListedTrainer
    }
    userErrors {
      field
      message
      code
    }
  }
}
    fragment ListedTrainer on Trainer {
  id
  name
  backend
  labels
  devices {
    name
    memoryBytes
  }
  memoryBytes
  slots
  state
  alive
  draining
  lastSeenAt
  currentRuns {
    id
    name
  }
}`) as unknown as TypedDocumentString<ResumeTrainerMutation, ResumeTrainerMutationVariables>;
export const ReachDocument = new TypedDocumentString(`
    query Reach {
  __typename
}
    `) as unknown as TypedDocumentString<ReachQuery, ReachQueryVariables>;
export const RegisterTrainerDocument = new TypedDocumentString(`
    mutation RegisterTrainer($input: RegisterTrainerInput!) {
  registerTrainer(input: $input) {
    trainer {
      id
      name
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterTrainerMutation, RegisterTrainerMutationVariables>;
export const ClaimRunDocument = new TypedDocumentString(`
    mutation ClaimRun($input: ClaimRunInput!) {
  claimRun(input: $input) {
    run {
      id
      name
      attempt
      constraints {
        memoryGiB
      }
      claims {
        startedAt
      }
    }
    leaseToken
    leaseSeconds
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimRunMutation, ClaimRunMutationVariables>;
export const ClaimedRunDocument = new TypedDocumentString(`
    query ClaimedRun($id: ID!) {
  run(id: $id) {
    id
    name
    attempt
    config
    checkpoints {
      epoch
      batch
      files {
        path
        sha256
        size
      }
    }
    dataset {
      id
      digest
      classes {
        name
      }
      trainCount
      valCount
    }
    backbone {
      name
      architecture
      preprocessing
      featureLayer
      blocks {
        name
        firstLayer
      }
      files {
        path
        sha256
        size
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimedRunQuery, ClaimedRunQueryVariables>;
export const RunPicturesDocument = new TypedDocumentString(`
    query RunPictures($id: ID!, $first: Int!, $after: String) {
  run(id: $id) {
    dataset {
      pictures(first: $first, after: $after) {
        nodes {
          id
          path
          split
          label
          sha256
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunPicturesQuery, RunPicturesQueryVariables>;
export const HeartbeatDocument = new TypedDocumentString(`
    mutation Heartbeat($input: HeartbeatInput!) {
  heartbeat(input: $input) {
    command
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<HeartbeatMutation, HeartbeatMutationVariables>;
export const LogMetricsDocument = new TypedDocumentString(`
    mutation LogMetrics($input: LogMetricsInput!) {
  logMetrics(input: $input) {
    accepted
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<LogMetricsMutation, LogMetricsMutationVariables>;
export const LogArtifactDocument = new TypedDocumentString(`
    mutation LogArtifact($input: LogArtifactInput!) {
  logArtifact(input: $input) {
    artifact {
      id
      digest
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<LogArtifactMutation, LogArtifactMutationVariables>;
export const LogCheckpointDocument = new TypedDocumentString(`
    mutation LogCheckpoint($input: LogCheckpointInput!) {
  logCheckpoint(input: $input) {
    checkpoint {
      id
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<LogCheckpointMutation, LogCheckpointMutationVariables>;
export const SettleRunDocument = new TypedDocumentString(`
    mutation SettleRun($input: SettleRunInput!) {
  settleRun(input: $input) {
    run {
      id
      status
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<SettleRunMutation, SettleRunMutationVariables>;
export const ReleaseRunDocument = new TypedDocumentString(`
    mutation ReleaseRun($input: ReleaseRunInput!) {
  releaseRun(input: $input) {
    run {
      id
      status
    }
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ReleaseRunMutation, ReleaseRunMutationVariables>;
export const StopTrainerDocument = new TypedDocumentString(`
    mutation StopTrainer($id: ID!) {
  stopTrainer(id: $id) {
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<StopTrainerMutation, StopTrainerMutationVariables>;
export const RunQueuedDocument = new TypedDocumentString(`
    subscription RunQueued {
  runQueued {
    id
  }
}
    `) as unknown as TypedDocumentString<RunQueuedSubscription, RunQueuedSubscriptionVariables>;
export const TrainerCommandedDocument = new TypedDocumentString(`
    subscription TrainerCommanded($trainerId: ID!) {
  trainerCommanded(trainerId: $trainerId)
}
    `) as unknown as TypedDocumentString<TrainerCommandedSubscription, TrainerCommandedSubscriptionVariables>;
export const AppendLogDocument = new TypedDocumentString(`
    mutation AppendLog($input: AppendLogInput!) {
  appendLog(input: $input) {
    accepted
    userErrors {
      field
      message
      code
    }
  }
}
    `) as unknown as TypedDocumentString<AppendLogMutation, AppendLogMutationVariables>;