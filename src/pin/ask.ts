import type { Fetch, Progress } from '../core/index.ts';
import { mapPooled } from '../kit/pool.ts';
import type { Answer } from './answer.ts';
import { pinError, toFailure } from './errors.ts';
import { listRevisions } from './git/revisions.ts';
import { type SettleContext, type SettleOptions, settleImage } from './settle.ts';
import type { ActionWish, ImageWish, Wish } from './wish.ts';

export interface AskOptions extends SettleOptions {
  /** Where repositories of actions are, for example `https://github.com`. */
  readonly gitUrl: string;
  readonly gitToken?: string;
}

export interface AskContext extends SettleContext {
  readonly progress: Progress;
  /** Called only when a repository is asked. */
  readonly fetch: () => Promise<Fetch>;
}

/** Questions to all servers at the same time. */
const width = 8;
/** After these a registry is not asked for anything else: it would be waited for again and again. */
const silent: ReadonlySet<string> = new Set(['NET_UNREACHABLE', 'NET_TIMEOUT', 'NET_OFFLINE', 'OCI_RATE_LIMITED']);

/** Answers wishes, each distinct one once; the answer of a wish is under `answerKey`. */
export async function askAll(
  wishes: readonly Wish[],
  options: AskOptions,
  context: AskContext,
): Promise<ReadonlyMap<string, Answer>> {
  const distinct = [...new Map(wishes.map((wish) => [answerKey(wish), wish])).values()];
  const images = distinct.filter((wish) => wish.kind === 'image');
  const actions = Map.groupBy(
    distinct.filter((wish) => wish.kind === 'action'),
    ({ repository }) => repository,
  );
  const down = new Map<string, Answer>();
  const tasks = [
    ...images.map((wish) => () => answerImage(wish, options, context, down)),
    ...[...actions].map(
      ([repository, same]) =>
        () =>
          answerActions(repository, same, options, context),
    ),
  ];
  const progress = context.progress.start('references', tasks.length);
  try {
    const answered = await mapPooled(tasks, width, async (task) => {
      const answers = await task();
      progress.advance(1);
      return answers;
    });
    return new Map(answered.flat());
  } finally {
    progress.finish();
  }
}

/** Two pins of one tag are two questions: each may have had other platforms. */
export function answerKey({ key, present }: Wish): string {
  return present === undefined ? key : `${key} ${present}`;
}

type Answered = [key: string, answer: Answer];

async function answerImage(
  wish: ImageWish,
  options: AskOptions,
  context: AskContext,
  down: Map<string, Answer>,
): Promise<Answered[]> {
  const { registry } = wish.reference;
  const known = down.get(registry);
  if (known !== undefined) return [[answerKey(wish), known]];
  const answer = await settleImage(wish, options, context).catch((error) => failed(error, context));
  if (answer.kind === 'failed' && silent.has(answer.code)) down.set(registry, answer);
  return [[answerKey(wish), answer]];
}

async function answerActions(
  repository: string,
  wishes: readonly ActionWish[],
  options: AskOptions,
  context: AskContext,
): Promise<Answered[]> {
  try {
    const { gitUrl, gitToken } = options;
    const names = wishes.map(({ revision }) => revision);
    const request = { gitUrl, repository, names, ...(gitToken !== undefined && { token: gitToken }) };
    const commits = await listRevisions(request, await context.fetch(), context.signal);
    return wishes.map((wish) => [answerKey(wish), toAnswer(wish, commits.get(wish.revision))]);
  } catch (error) {
    const answer = failed(error, context);
    return wishes.map((wish) => [answerKey(wish), answer]);
  }
}

function toAnswer({ repository, revision, present }: ActionWish, commit: string | undefined): Answer {
  if (commit !== undefined) return { kind: 'commit', commit, tag: revision };
  const failure = toFailure(pinError('PIN_REVISION_NOT_FOUND', { data: { repository, revision } }));
  // The comment of a pinned action need not name its tag.
  return { kind: present === undefined ? 'failed' : 'kept', ...failure };
}

function failed(error: unknown, { signal }: AskContext): Answer {
  signal?.throwIfAborted();
  return { kind: 'failed', ...toFailure(error) };
}
