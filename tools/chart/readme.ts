import { valuesTable } from './values-table.ts';

/** README.md of the chart. */
export function chartReadme(values: string): string {
  return `<!-- Written by \`npm run chart\` from values.yaml; do not edit. -->

# Plimsoll's Helm chart

Judges the images of a cluster by policies of Plimsoll, Kyverno, Connaisseur or policy-controller: what is signed as they ask gets
in, pinned to its digest, and everything else stays out. [docs/install.md](../../docs/install.md) tells how it is installed, and
[docs/admission.md](../../docs/admission.md) what the servers do.

\`\`\`sh
helm install plimsoll charts/plimsoll --namespace plimsoll --create-namespace \\
  --set image.repository=registry.example.com/plimsoll \\
  --set-file 'policies.files.images\\.yaml=policy.yaml'
\`\`\`

It needs Kubernetes 1.30 and nothing else: servers make their own certificates unless \`certificates.mode\` says otherwise. Without policies no webhook is registered.

## Values

${valuesTable(values)}
`;
}
