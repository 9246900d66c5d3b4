import type { EvidenceTree } from '../../../app/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';

type Node = EvidenceTree['root'];

/** A line for each manifest and each layer of evidence, indented below what it belongs to. */
export function toTreeText({ image, root }: EvidenceTree): string {
  const head = `${image} ${root.digest}`;
  return [head, ...below(root, '')].map((line) => `${toVisibleLine(line)}\n`).join('');
}

function below(node: Node, indent: string): string[] {
  // Layers of the image itself are no evidence.
  const layers = node.kind === 'image' || (node.kind === 'variant' && node.type === undefined) ? [] : node.layers;
  const entries = [
    ...layers.map((layer) => ({
      text: [layer.predicateType ?? layer.mediaType, layer.digest, `${layer.size} bytes`].join(' '),
      rest: undefined,
    })),
    ...node.children.map((child) => ({ text: nameOf(child), rest: child })),
  ];
  return entries.flatMap(({ text, rest }, index) => {
    const isLast = index === entries.length - 1;
    const deeper = rest === undefined ? [] : below(rest, `${indent}${isLast ? '    ' : '│   '}`);
    return [`${indent}${isLast ? '└── ' : '├── '}${text}`, ...deeper];
  });
}

function nameOf({ kind, tag, platform, type, digest }: Node): string {
  const what = type === 'attestation-manifest' ? 'attestation of BuildKit' : kind;
  return [what, platform, type === 'attestation-manifest' ? undefined : type, tag ?? digest]
    .filter((word) => word !== undefined)
    .join(' ');
}
