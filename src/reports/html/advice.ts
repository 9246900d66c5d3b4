import type { CoverageCode, Finding } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { toFragment } from './fragment.ts';
import type { LayersView } from './layers.ts';
import { type Content, markup } from './markup.ts';
import { compareCounts, describeCounts, totalOf } from './severity-counts.ts';
import type { Upgrade } from './upgrades.ts';
import { countOf } from './words.ts';

/** What the verdict is told from. */
export interface Assessment {
  readonly report: Report;
  readonly layers: LayersView;
  readonly upgrades: readonly Upgrade[];
}

/** Upgrades that are named here; the chart has more. */
const maxUpgrades = 3;

/** What mends each kind of thing that could not be judged. */
export const remedies: Readonly<Record<CoverageCode, string>> = {
  'layer-unreadable': 'Get the image again: a layer that cannot be read is not judged',
  'layer-mismatch': 'Build or get the image again: its layers are not those that it names',
  'entry-skipped': 'Look at the entries that were left out',
  'limit-reached': 'Raise the limit that was reached, or leave out what is not needed by name',
  'file-unreadable': 'Mend or remove the files that could not be read, or leave them out by name',
  'os-unknown': 'Keep /etc/os-release in the image: without it system packages cannot be judged',
  'os-unsupported': 'Use a system that publishes advisories',
  'os-end-of-life': 'Move to a release that still gets fixes',
  'data-missing': 'Get the vulnerability data that is missing, then scan again',
  'data-stale': 'Update the vulnerability data, then scan again',
  'data-unreadable': 'Get the vulnerability data anew: what is there cannot be read',
  'version-incomparable': 'Compare the versions by hand: no order is known for them',
  'scanner-absent': 'Leave out the scanner that there is none of, or run it elsewhere',
  'archive-unidentified': 'Find out what the archives are that nothing identifies',
  'no-advisories': 'Follow these packages elsewhere: nobody publishes advisories for them',
  'sbom-incomplete': 'Make the SBOM again, or scan the image itself',
  'sbom-lacks': 'Scan the image itself: the SBOM lacks what is needed to judge it',
  'sbom-unverified': 'Verify the signature of the SBOM before it is trusted',
  'report-lacks': 'Scan the image itself: a saved report cannot tell what its scan did not',
  filtered: 'Look at what filters left out',
};

/** What a person should do about the verdict, the most pressing first; never empty. */
export function adviseOn({ report, layers, upgrades }: Assessment): readonly Content[] {
  const findings = report.results.flatMap((result) => result.findings);
  const advice = [
    ...adviseOnGaps(report),
    ...adviseOnSystem(report),
    ...upgrades
      .toSorted((a, b) => compareCounts(a.counts, b.counts))
      .slice(0, maxUpgrades)
      .map(adviseUpgrade),
    ...adviseOnBase(layers, findings),
    ...adviseOnUnfixed(findings),
  ];
  return advice.length > 0 ? advice : ['Nothing. Scan again when there is newer data'];
}

function adviseOnGaps({ coverage: { notes } }: Report): readonly Content[] {
  const codes = new Set(notes.filter(({ effect }) => effect === 'incomplete').map(({ code }) => code));
  return [...codes].map((code) => markup`${remedies[code]} (<a href="#coverage">details</a>)`);
}

function adviseOnSystem({ os, verdict }: Report): readonly Content[] {
  const isOver = os?.endOfLife === true || verdict.reasons.some(({ kind }) => kind === 'end-of-life');
  return os !== undefined && isOver
    ? [`Move to a release of ${os.family} that still gets fixes: ${os.name} is past its end of life`]
    : [];
}

function adviseUpgrade({ name, from, to, findings, counts }: Upgrade): Content {
  const href = toFragment({ package: name, fix: 'fixable' });
  const removed = countOf(findings.length, 'finding');
  return markup`Upgrade <a href="${href}">${name}</a> <span class="mono">${from}</span> to <span class="mono">${to}</span>: removes ${removed} (${describeCounts(counts)})`;
}

function adviseOnBase({ layers, baseName }: LayersView, findings: readonly Finding[]): readonly Content[] {
  const inherited = layers.filter(({ isBase }) => isBase).reduce((sum, { counts }) => sum + totalOf(counts), 0);
  if (inherited === 0) return [];
  const base = baseName === undefined ? 'base image' : `base image (${baseName})`;
  return [
    markup`Rebuild on a newer ${base}: <a href="${toFragment({ layer: 'base' })}">${countOf(inherited, 'finding')}</a> of ${findings.length.toLocaleString('en')} come with it`,
  ];
}

function adviseOnUnfixed(findings: readonly Finding[]): readonly Content[] {
  const unfixed = findings.filter(({ fixedVersion }) => !fixedVersion).length;
  if (unfixed === 0) return [];
  const href = toFragment({ fix: 'unfixed' });
  return [
    markup`Decide on <a href="${href}">${countOf(unfixed, 'finding')}</a> that no version fixes yet: remove the package, or write down why it is accepted`,
  ];
}
