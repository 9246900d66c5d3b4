import type { Report } from '../report.ts';
import { type Markup, markup } from './markup.ts';
import { countOf, formatSize } from './words.ts';

const kinds: Readonly<Record<Report['artifact']['type'], string>> = {
  container_image: 'Container image',
  filesystem: 'File system',
  repository: 'Repository',
  vm: 'Disk image',
  cyclonedx: 'CycloneDX SBOM',
  spdx: 'SPDX SBOM',
};

/** What was scanned, and when. */
export function drawHeader(report: Report): Markup {
  const { artifact, createdAt } = report;
  const moment = createdAt.toISOString();
  return markup`<header>
<div class="topline">
<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="10"/><path d="M1 16h30"/></svg>
<span>${kinds[artifact.type]}, scanned <time datetime="${moment}">${moment}</time></span>
<button type="button" class="theme" id="theme" hidden>Dark</button>
</div>
<h1>${artifact.name}</h1>
<dl class="facts">
${factsOf(report).map(([label, value]) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>\n`)}</dl>
</header>
<main>
`;
}

function factsOf({ os, image, results }: Report): [string, string | Markup][] {
  const packages = results.reduce((sum, result) => sum + result.packages.length, 0);
  const digest = image?.manifestDigest ?? image?.id;
  const platform = [image?.config['os'], image?.config['architecture']].filter((part) => typeof part === 'string');
  return [
    ['System', os === undefined ? 'none recognised' : `${os.family} ${os.name}`],
    ['Packages', packages.toLocaleString('en')],
    ...(image === undefined
      ? []
      : [['Layers', `${countOf(image.layers.length, 'layer')}, ${formatSize(image.size)}`] as [string, string]]),
    ...(platform.length === 2 ? [['Platform', platform.join('/')] as [string, string]] : []),
    ...(digest === undefined ? [] : [['Digest', markup`<span class="mono wrap">${digest}</span>`] as [string, Markup]]),
  ];
}
