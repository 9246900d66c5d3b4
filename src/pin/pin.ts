import type { Clock, Fetch, Progress } from '../core/index.ts';
import { mapPooled } from '../kit/pool.ts';
import { sleep as realSleep, type Sleep } from '../kit/sleep.ts';
import type { RegistryClient } from '../oci/index.ts';
import type { Answer } from './answer.ts';
import { type AskOptions, askAll } from './ask.ts';
import { type Candidate, type CollectOptions, collectCandidates } from './collect.ts';
import { toDiff } from './diff.ts';
import { applyEdits } from './edits.ts';
import { toProblem } from './errors.ts';
import type { FindOptions } from './file-kind.ts';
import { Images } from './images.ts';
import { type JudgedSite, judgeFile, settleSite } from './judge.ts';
import type { ChangedFile, FileProblem, PinReport, ReferenceOutcome } from './outcome.ts';
import { type FileSites, readFile } from './read.ts';
import type { Wish } from './wish.ts';

/** `check` only looks, and asks nobody unless pins are to be compared; `diff` tells what `write` would write. */
export type PinMode = 'check' | 'diff' | 'write';

export interface PinOptions extends CollectOptions, FindOptions, AskOptions {
  readonly mode: PinMode;
  /** Also compares pins with what their tags mean now. */
  readonly update: boolean;
}

export interface PinContext {
  readonly clock: Clock;
  readonly progress: Progress;
  readonly sleep?: Sleep;
  readonly signal?: AbortSignal;
  /** Both are called only when somebody is asked. */
  readonly registry: () => Promise<RegistryClient>;
  readonly fetch: () => Promise<Fetch>;
}

interface JudgedFile {
  readonly file: FileSites;
  readonly sites: readonly JudgedSite[];
}

/** Files read at the same time. */
const width = 16;

/** Finds the references of files, asks what their tags mean, each distinct one once, and writes the answers into the files. */
export async function pinFiles(
  targets: readonly string[],
  options: PinOptions,
  context: PinContext,
): Promise<PinReport> {
  const { candidates, problems } = await collectCandidates(targets, options);
  const read = await mapPooled(candidates, width, (candidate) => judgeCandidate(candidate, options, context));
  const judged = read.filter((result) => 'file' in result);
  const answers = await askFor(judged, options, context);
  const settled: SettledFile[] = [];
  for (const { file, sites } of judged) settled.push(await settleFile(file, sites, answers, options));
  return {
    files: judged.filter(({ sites }) => sites.length > 0).length,
    references: settled.flatMap(({ outcomes }) => outcomes),
    problems: [...problems, ...read.filter((result) => 'code' in result), ...settled.flatMap((one) => one.problems)],
    changed: settled.flatMap(({ changed }) => changed),
  };
}

async function judgeCandidate(
  candidate: Candidate,
  options: PinOptions,
  { signal }: PinContext,
): Promise<JudgedFile | FileProblem> {
  signal?.throwIfAborted();
  try {
    const file = await readFile(candidate, options);
    return { file, sites: judgeFile(file) };
  } catch (error) {
    return toProblem(candidate.path, error);
  }
}

function askFor(
  files: readonly JudgedFile[],
  options: PinOptions,
  context: PinContext,
): Promise<ReadonlyMap<string, Answer>> {
  const isAsked = ({ present }: Wish): boolean => (present === undefined ? options.mode !== 'check' : options.update);
  const wishes = files
    .flatMap(({ sites }) => sites)
    .flatMap(({ judgement }) => (judgement.kind === 'wish' ? [judgement.wish] : []))
    .filter(isAsked);
  const images = new Images(context.registry, context.signal);
  return askAll(wishes, options, { sleep: realSleep, ...context, images });
}

interface SettledFile {
  readonly outcomes: readonly ReferenceOutcome[];
  readonly problems: readonly FileProblem[];
  readonly changed: readonly ChangedFile[];
}

async function settleFile(
  file: FileSites,
  sites: readonly JudgedSite[],
  answers: ReadonlyMap<string, Answer>,
  { mode }: PinOptions,
): Promise<SettledFile> {
  const { path, text } = file;
  const settled = sites.map((site) => settleSite(site, file, answers));
  const outcomes = settled.map(({ outcome }) => outcome);
  const edits = settled.flatMap((one) => one.edits);
  if (edits.length === 0 || mode === 'check') return { outcomes, problems: [], changed: [] };
  const replaced = applyEdits(text, edits);
  if (mode === 'diff') return { outcomes, problems: [], changed: [{ path, diff: toDiff(path, text, replaced) }] };
  try {
    await file.replace(replaced);
    return { outcomes, problems: [], changed: [{ path }] };
  } catch (error) {
    return { outcomes, problems: [toProblem(path, error)], changed: [] };
  }
}
