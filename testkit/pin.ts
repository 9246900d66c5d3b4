import { actionEdits, applyEdits, imageEdits } from '../src/pin/edits.ts';
import type { FindSites } from '../src/pin/file-kind.ts';
import type { Site } from '../src/pin/site.ts';
import { uniqueSites } from '../src/pin/unique.ts';
import { judgeSite } from '../src/pin/wish.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const commit = 'c'.repeat(40);

/** A text with every reference pinned, where `PIN` stands for the digest and `COMMIT` for the commit; and what cannot be. */
export interface PinnedText {
  readonly text: string;
  /** `WHAT: REASON`. */
  readonly open: readonly string[];
}

export function pinText(findSites: FindSites, text: string, paths: Record<string, readonly string[]> = {}): PinnedText {
  const sites = uniqueSites(findSites(text, { paths }));
  const open = sites.flatMap((site) => {
    const judgement = judgeSite(site);
    return judgement.kind === 'unpinnable' ? [`${site.what}: ${judgement.reason}`] : [];
  });
  return { text: writePins(text, sites).replaceAll(digest, 'PIN').replaceAll(commit, 'COMMIT'), open };
}

/** The text alone, with the digest and the commit. */
export function pinnedText(findSites: FindSites, text: string): string {
  return writePins(text, uniqueSites(findSites(text, { paths: {} })));
}

/** Takes away what pinning adds: a text without pins comes back as it was, unless it named a tag `latest`. */
export function withoutPins(text: string): string {
  return text
    .replaceAll(new RegExp(`@${digest}(["']) /\\* latest \\*/`, 'g'), '$1')
    .replaceAll(new RegExp(`@${digest}(["']) /\\* (\\S+) \\*/`, 'g'), ':$2$1')
    .replaceAll(new RegExp(`@${commit}(["']?) # (\\S+)`, 'g'), '@$2$1')
    .replaceAll(`:latest@${digest}`, '')
    .replaceAll(`@${digest}`, '')
    .replaceAll(`: ${digest}`, ':')
    .replaceAll(digest, '');
}

function writePins(text: string, sites: readonly Site[]): string {
  const edits = sites.flatMap((site) => editsOf(site, text));
  return applyEdits(text, edits);
}

function editsOf(site: Site, text: string): ReturnType<typeof imageEdits> {
  const judgement = judgeSite(site);
  if (judgement.kind !== 'wish') return [];
  const { wish } = judgement;
  const { subject } = site;
  if (wish.kind === 'image' && subject.kind === 'image') {
    return imageEdits(site, subject, { digest, tag: wish.reference.tag }, text);
  }
  return wish.kind === 'action' && subject.kind === 'action' ? actionEdits(site, subject, commit, wish.revision) : [];
}
