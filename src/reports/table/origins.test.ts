import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makePackage } from '../../../testkit/inventory.ts';
import { makeRenderOptions } from '../../../testkit/report.ts';
import type { Package, Result } from '../../core/index.ts';
import { displayWidth } from '../../kit/display-width.ts';
import type { RenderOptions } from '../report.ts';
import { toLayout } from './layout.ts';
import { drawOrigins } from './origins.ts';

/** Packages written as `name@1`, or `name@1!` for a direct dependency, each with those it needs. */
function packagesOf(graph: Readonly<Record<string, readonly string[]>>): Package[] {
  return Object.entries(graph).map(([key, dependsOn]) =>
    makePackage(key.replace('!', ''), { relationship: key.endsWith('!') ? 'direct' : 'indirect', dependsOn }),
  );
}

function draw(graph: Readonly<Record<string, readonly string[]>>, ...vulnerable: readonly string[]): string {
  const packages = packagesOf(graph);
  const findings = vulnerable.map((id, index) =>
    makeFinding(`CVE-2030-${index}`, packages.find((pkg) => pkg.id === id) ?? id),
  );
  return drawTree(makeResult(findings, { packages, target: 'package-lock.json', class: 'lang-pkgs' }));
}

function drawTree(
  result: Result,
  { guess = false, ...options }: Partial<RenderOptions> & { guess?: boolean } = {},
): string {
  return drawOrigins(result, { ...toLayout(makeRenderOptions(options)), severities: ['MEDIUM', 'HIGH'], guess });
}

test('a direct dependency stands below what it brings in; what lies between is left out', () => {
  const graph = {
    'app@1!': ['near@1', 'far@1'],
    'other@1!': ['far@1'],
    'near@1': [],
    'far@1': ['deep@1'],
    'deep@1': [],
  };
  expect(draw(graph, 'app@1', 'near@1', 'near@1', 'deep@1')).toBe(`
Dependency Origin Tree (Reversed)
=================================
package-lock.json
├── app@1, (MEDIUM: 0, HIGH: 1)
├── near@1, (MEDIUM: 0, HIGH: 2)
│   └── app@1
└── deep@1, (MEDIUM: 0, HIGH: 1)
    └── ...(omitted)...
        ├── app@1
        └── other@1
`);
});

test('what nothing needs counts as direct where a lock file does not say', () => {
  const graph = { 'top@1': ['middle@1'], 'middle@1': ['low@1'], 'low@1': ['flaw@1'], 'flaw@1': [] };
  expect(draw(graph, 'flaw@1')).toContain(
    '└── flaw@1, (MEDIUM: 0, HIGH: 1)\n    └── ...(omitted)...\n        └── top@1\n',
  );
});

test('what needs a package itself and is needed by nothing is shown where that may be guessed', () => {
  const packages = packagesOf({ 'top@1': ['flaw@1'], 'flaw@1': [] });
  const result = makeResult([makeFinding('CVE-2030-1', packages[1] ?? 'flaw@1')], { packages });
  expect(drawTree(result)).not.toContain('top@1');
  expect(drawTree(result, { guess: true })).toContain('    └── top@1\n');
});

test('packages that need each other in a circle end', () => {
  const graph = { 'a@1': ['b@1'], 'b@1': ['a@1', 'c@1'], 'c@1': ['a@1'], 'app@1!': ['c@1'] };
  expect(draw(graph, 'a@1', 'b@1')).toMatch(/a@1, .*\n│ {3}└── \.\.\.\(omitted\)\.\.\.\n│ {7}└── app@1\n└── b@1/);
});

test('without dependencies there is no tree', () => {
  expect(draw({ 'a@1': [], 'b@1!': [] }, 'a@1')).toBe('');
});

test('hostile names act on no terminal; only packages with findings are coloured', () => {
  const packages = packagesOf({ 'a\u001b[2J@1!': ['b@1'], 'b@1': [] });
  const result = makeResult([makeFinding('CVE-2030-1', packages[1] ?? 'b@1')], { packages });
  expect(drawTree(result)).toContain('└── a\\x1b[2J@1\n');
  expect(drawTree(result, { colour: true })).toContain('└── \u001b[31mb@1, (MEDIUM: 0, HIGH: 1)\u001b[0m\n');
});

test('on a narrow terminal a text goes on below itself', () => {
  const packages = packagesOf({
    'app@1!': ['a-package-with-a-long-name@1.2.3'],
    'a-package-with-a-long-name@1.2.3': [],
  });
  const result = makeResult([makeFinding('CVE-2030-1', packages[1] ?? 'a@1')], { packages, target: 'lock' });
  const text = drawTree(result, { columns: 40 });
  expect(text).toContain('└── a-package-with-a-long-name@1.2.3,\n    (MEDIUM: 0, HIGH: 1)\n    └── app@1\n');
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(40);
});

test('a graph that is made to be slow ends, with less in it', () => {
  const size = 6000;
  const graph = Object.fromEntries(
    Array.from({ length: size }, (_, index) => [
      `p${index}@1`,
      [`p${index + 1}@1`, `p${(index * 7) % size}@1`, `p${(index * 13) % size}@1`],
    ]),
  );
  const text = draw({ ...graph, 'app@1!': ['p0@1'] }, ...Object.keys(graph));
  expect(text.split('\n').length).toBeGreaterThan(size);
  expect(text.split('\n').length).toBeLessThan(4 * size);
});
