import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CoverageNote } from '../../src/core/index.ts';
import type { RenderOptions, Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { fullPackage, makeFullReport, makeReport, renderText } from '../../testkit/report.ts';

const folder = join(import.meta.dirname, '../../src/reports');

test('every folder of a format is registered under its name', () => {
  const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  expect(reportFormats.all.map(({ id }) => id).sort()).toEqual(folders.sort());
});

test('no file ending suggests two formats', () => {
  const endings = reportFormats.all.flatMap(({ extensions }) => extensions);
  expect(new Set(endings).size).toBe(endings.length);
});

/** A report in which everything that comes from an image, a database or a file is `text`. */
function reportOf(text: string): Report {
  const pkg = { ...fullPackage, name: text, version: text, filePath: text, purl: text, maintainer: text };
  const finding = makeFinding(text, pkg, {
    installedVersion: text,
    fixedVersion: text,
    title: text,
    description: text,
    primaryUrl: text,
    severitySource: text,
    vendorSeverity: { [text]: 3 },
    cvss: { [text]: { v3Vector: text, v3Score: 5 } },
    references: [text],
    dataSource: { id: text, name: text, url: text },
  });
  const note: CoverageNote = { effect: 'incomplete', code: 'file-unreadable', message: text, path: text };
  return makeReport({
    artifact: { name: text, type: 'container_image' },
    os: { family: text, name: text },
    results: [
      makeResult([finding], { target: text, type: text }),
      makeResult([finding], { target: text, type: text, class: 'lang-pkgs' }),
    ],
    verdict: {
      result: 'fail',
      gated: true,
      reasons: [
        { kind: 'end-of-life', family: text, release: text },
        { kind: 'incomplete', note },
      ],
    },
    coverage: { catalogers: [{ cataloger: text, files: 1, packages: 1 }], notes: [note] },
    data: [{ name: text, updatedAt: text }],
  });
}

const variants: readonly Partial<RenderOptions>[] = [
  {},
  { dialect: 'trivy' },
  { listPackages: false },
  { showSuppressed: true },
  { columns: 80 },
  { columns: 20, colour: true },
];

describe.each(reportFormats.all)('$id', ({ load }) => {
  test.each(variants)('the same report gives the same text, with a line break at its end (%j)', async (options) => {
    const render = await load();
    const text = renderText(render, makeFullReport(), options);
    expect(renderText(render, makeFullReport(), options)).toBe(text);
    expect(text).toMatch(/\n$/);
  });

  test.each(variants)('a report of nothing is rendered (%j)', async (options) => {
    const render = await load();
    expect(renderText(render, makeReport(), options)).not.toBe('');
  });

  test('whatever text is in a report, it neither acts on a terminal nor breaks the encoding', async () => {
    const render = await load();
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', '\u009b31m', '\u202e', '\ud800', '\r', '\u0000', '', ' ', '<script>', '__proto__'),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...variants), (text, options) => {
        const rendered = renderText(render, reportOf(text), { ...options, colour: false });
        expect(rendered.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
        expect(rendered.isWellFormed()).toBe(true);
      }),
    );
  });

  test("nothing of ours is said under Trivy's name", async () => {
    const render = await load();
    expect(renderText(render, makeFullReport(), { dialect: 'trivy' }).toLowerCase()).not.toContain('plimsoll');
  });

  test('a large report takes no more than linear time', async () => {
    const render = await load();
    const findings = Array.from({ length: 20_000 }, (_, index) =>
      makeFinding(`CVE-2030-${index}`, `p${index % 500}@1`),
    );
    expect(renderText(render, makeReport({ results: [makeResult(findings)] })).length).toBeGreaterThan(50_000);
  });
});
