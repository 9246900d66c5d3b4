import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RenderOptions, Report, ReportFormat, SavedReport } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { anyReport } from '../../testkit/any-report.ts';
import { makeFullReport, makeReport, renderText } from '../../testkit/report.ts';

const readable = reportFormats.all.filter(({ loadReader }) => loadReader !== undefined);
const now = new Date('2031-01-01T00:00:00Z');

test('JSON can be read back', () => {
  expect(readable.map(({ id }) => id)).toContain('json');
});

async function readerOf(
  format: ReportFormat,
): Promise<(report: Report, options?: Partial<RenderOptions>) => SavedReport> {
  const [render, read] = [await format.load(), await format.loadReader?.()];
  return (report, options) => {
    const saved = read?.(Buffer.from(renderText(render, report, options)), now);
    if (saved === undefined) expect.fail(`${format.id} does not know its own text`);
    return saved;
  };
}

describe.each(readable)('a report saved as $id', (saved) => {
  test.each(reportFormats.all)('gives the same $id as the scan did, whatever it holds', async ({ load }) => {
    const [read, render] = [await readerOf(saved), await load()];
    const options: Partial<RenderOptions>[] = [{}, { dialect: 'trivy' }, { columns: 80 }, { showSuppressed: true }];
    fc.assert(
      fc.property(anyReport, fc.constantFrom(...options), (report, variant) => {
        const { report: again, ...rest } = read(report, { showSuppressed: variant.showSuppressed ?? false });
        expect(rest).toEqual({ isOwn: true, listsPackages: true, unread: {}, damaged: 0 });
        expect(renderText(render, again, variant)).toBe(renderText(render, report, variant));
      }),
    );
  });

  test.each(['table', 'json', 'sarif', 'template'])("under Trivy's name has all that its %s shows", async (id) => {
    const [read, render] = [await readerOf(saved), await reportFormats.get(id)?.load()];
    const options = { dialect: 'trivy', showSuppressed: true } as const;
    fc.assert(
      fc.property(anyReport, (report) => {
        // Nobody is told these but by options.
        const { scanners, severities } = report;
        const again = { ...read(report, options).report, scanners, severities };
        expect(renderText(render, again, options)).toBe(renderText(render, report, options));
      }),
    );
  });

  test.each([makeReport(), makeFullReport()])('no format tells it from the report (%#)', async (report) => {
    const read = await readerOf(saved);
    for (const { load } of reportFormats.all) {
      const render = await load();
      expect(renderText(render, read(report).report)).toBe(renderText(render, report));
    }
  });

  test('whatever a file holds, it is read in bounds or refused with a code', async () => {
    const read = await saved.loadReader?.();
    const text = renderText(await saved.load(), makeFullReport());
    fc.assert(
      fc.property(fc.nat(text.length), fc.string(), fc.nat(40), (at, put, cut) => {
        const broken = Buffer.from(text.slice(0, at) + put + text.slice(at + cut));
        try {
          expect(Array.isArray(read?.(broken, now)?.report.results ?? [])).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', code: expect.stringMatching(/^REPORTS_SAVED_/) });
        }
      }),
    );
  });
});
