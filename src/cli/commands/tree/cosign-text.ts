import type { EvidenceTree } from '../../../app/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';

type Node = EvidenceTree['root'];

/** The first line of `cosign tree`, which it writes before it looks. */
export function cosignHead(image: string): string {
  return `📦 Supply Chain Security Related artifacts for an image: ${toVisibleLine(image)}\n`;
}

const tagged = [
  { kind: 'signature', title: '🔐 Signatures' },
  { kind: 'sbom', title: '📦 SBOMs' },
  { kind: 'attestation', title: '💾 Attestations' },
] as const;

/** What `cosign tree` writes of the evidence of an image itself: tags of the older layout, then referrers. */
export function toCosignText({ image, repository, root }: EvidenceTree, withReferrers: boolean): string {
  const tags = tagged.flatMap(({ kind, title }) =>
    root.children
      .filter((child) => child.kind === kind)
      .map((child) => entry(`${title} for an image tag: ${repository}:${child.tag}`, child)),
  );
  const referrers = root.children
    .filter(({ kind, type }) => kind === 'referrer' && type !== undefined)
    .map((child) => entry(`🔗 ${child.type} artifacts via OCI referrer: ${repository}@${child.digest}`, child));
  const all = withReferrers ? [...tags, ...referrers] : tags;
  if (all.length > 0) return all.join('');
  // Without a line break at its end, as there.
  return `No Supply Chain Security Related Artifacts found for image ${toVisibleLine(image)},\n start creating one with simply running$ cosign sign <img>`;
}

function entry(title: string, { layers }: Node): string {
  const lines = layers.map(({ digest }, index) => `   ${index === layers.length - 1 ? '└──' : '├──'} 🍒 ${digest}\n`);
  return `└── ${toVisibleLine(title)}\n${lines.join('')}`;
}
