import type { Answer } from './answer.ts';
import { answerKey } from './ask.ts';
import { actionEdits, type Edit, imageEdits } from './edits.ts';
import { Lines } from './lines.ts';
import type { ReferenceOutcome } from './outcome.ts';
import type { FileSites, KindSite } from './read.ts';
import { type Judgement, judgeSite, type Wish } from './wish.ts';

/** A site and what can be said of it before anybody is asked. */
export interface JudgedSite {
  readonly site: KindSite;
  readonly judgement: Judgement | { readonly kind: 'ignored' };
  readonly line: number;
  readonly column: number;
}

/** Every site of a file, with its place and whether a comment says to leave it. */
export function judgeFile({ text, sites }: FileSites): JudgedSite[] {
  const lines = new Lines(text);
  return sites.map((site) => ({
    site,
    judgement: lines.isIgnored(site.span.start) ? { kind: 'ignored' } : judgeSite(site),
    ...lines.position(site.span.start),
  }));
}

/** What became of a site, and how it is written. */
export interface Settled {
  readonly outcome: ReferenceOutcome;
  readonly edits: readonly Edit[];
}

/** Joins a site with the answer to its wish, if it was asked for. */
export function settleSite(judged: JudgedSite, file: FileSites, answers: ReadonlyMap<string, Answer>): Settled {
  const { site, judgement, line, column } = judged;
  const place = { path: file.path, line, column, kind: site.file, what: site.what, reference: referenceOf(site) };
  switch (judgement.kind) {
    case 'ignored':
      return { outcome: { ...place, state: 'ignored' }, edits: [] };
    case 'settled':
      return { outcome: { ...place, state: 'pinned' }, edits: [] };
    case 'unpinnable': {
      const state = judgement.elsewhere ? 'elsewhere' : 'unpinnable';
      return { outcome: { ...place, state, reason: judgement.reason }, edits: [] };
    }
    case 'wish': {
      const { wish } = judgement;
      const { edits, ...rest } = settleWish(wish, answers.get(answerKey(wish)), site, file.text);
      return { outcome: { ...place, ...rest }, edits };
    }
  }
}

type Change = Pick<ReferenceOutcome, 'state' | 'pin' | 'code' | 'reason'> & { readonly edits: readonly Edit[] };

function settleWish({ present }: Wish, answer: Answer | undefined, site: KindSite, text: string): Change {
  const state = present === undefined ? 'unpinned' : 'outdated';
  switch (answer?.kind) {
    case undefined:
      return { state: present === undefined ? 'unpinned' : 'pinned', edits: [] };
    case 'kept':
    case 'failed':
      return { state: answer.kind, code: answer.code, reason: answer.reason, edits: [] };
    case 'image':
    case 'commit': {
      const pin = answer.kind === 'image' ? answer.digest : answer.commit;
      if (pin === present) return { state: 'pinned', edits: [] };
      return { state, pin, edits: editsOf(site, answer, text) };
    }
  }
}

function editsOf(site: KindSite, answer: Extract<Answer, { kind: 'image' | 'commit' }>, text: string): Edit[] {
  const { subject } = site;
  if (subject.kind === 'image' && answer.kind === 'image') return imageEdits(site, subject, answer, text);
  if (subject.kind === 'action' && answer.kind === 'commit') {
    return actionEdits(site, subject, answer.commit, answer.tag);
  }
  return [];
}

function referenceOf({ subject }: KindSite): string {
  switch (subject.kind) {
    case 'image':
      return subject.reference;
    case 'action':
      return `${subject.repository}@${subject.revision}`;
    case 'open':
      return subject.text;
  }
}
