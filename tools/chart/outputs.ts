import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChart, parseValues, renderChart, toManifest } from '../../src/helm/index.ts';
import { readChartFiles } from './files.ts';
import { chartReadme } from './readme.ts';

const release = { name: 'plimsoll', namespace: 'plimsoll', service: 'plimsoll' };

/** Everything that is made of the chart, by its path in the repository. */
export async function makeChartOutputs(root: string): Promise<Record<string, string>> {
  const files = readChartFiles(join(root, 'charts/plimsoll'));
  const values = parseValues(readFileSync(join(root, 'deploy/values.yaml'), 'utf8'));
  const objects = await renderChart(parseChart(files), values, release);
  return {
    'charts/plimsoll/README.md': chartReadme(files['values.yaml'] ?? ''),
    'src/admission/chart/data.ts': chartData(files),
    'deploy/plimsoll.yaml': `${manifestHead}${toManifest(objects)}`,
  };
}

const manifestHead = `# Written by \`npm run chart\` from charts/plimsoll with deploy/values.yaml; do not edit.
# docs/install.md tells what must be there before it is applied.
`;

function chartData(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(
    ([path, text]) => `  ${JSON.stringify(path)}:\n    ${JSON.stringify(text)},`,
  );
  return `/** Made by \`npm run chart\` from charts/plimsoll; a test holds it to that. */
export const chartFiles: Readonly<Record<string, string>> = {
${entries.join('\n')}
};
`;
}
