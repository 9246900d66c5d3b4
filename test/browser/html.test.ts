import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { makeLongReport } from '../../testkit/long-report.ts';
import { fullPackage, makeFullReport, makeReport, renderText } from '../../testkit/report.ts';
import { launch, type OpenedPage, openFile, skipReason } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-html-'));
let browser: Browser;

beforeAll(async () => {
  if (skipReason === undefined) browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function write(name: string, report: Report): Promise<string> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, renderText(await reportFormats.get('html')?.load(), report));
  return file;
}

const hostile = `</script><script>window.hit=1</script><img src=x onerror="window.hit=1">"'><b onclick=hit()>&lt;\u202e`;

/** A report in which every text tries to become markup. */
function makeHostileReport(): Report {
  const pkg = { ...fullPackage, name: hostile, filePath: hostile, purl: hostile, licenses: [hostile] };
  const finding = makeFinding(hostile, pkg, {
    title: hostile,
    description: hostile,
    fixedVersion: hostile,
    primaryUrl: 'javascript:window.hit=1',
    references: ['javascript:window.hit=1', `https://example.com/"onclick=${hostile}`, 'data:text/html,x'],
  });
  return makeReport({
    artifact: { name: hostile, type: 'container_image' },
    os: { family: hostile, name: hostile },
    results: [makeResult([finding], { target: hostile, type: hostile })],
    verdict: { result: 'fail', gated: true, reasons: [] },
    coverage: {
      catalogers: [{ cataloger: hostile, files: 1, packages: 1 }],
      notes: [{ effect: 'incomplete', code: 'file-unreadable', message: hostile, path: hostile }],
    },
    data: [{ name: hostile }],
  });
}

const note = { effect: 'incomplete', code: 'data-missing', message: 'There is no data for debian 12' } as const;
const reports: readonly (readonly [name: string, report: Report])[] = [
  ['full', makeFullReport()],
  ['hundreds', makeLongReport(500)],
  ['nothing', makeReport()],
  [
    'incomplete',
    makeReport({
      verdict: { result: 'incomplete', gated: true, reasons: [{ kind: 'incomplete', note }] },
      coverage: { catalogers: [], notes: [note] },
    }),
  ],
  ['languages-only', makeReport({ results: [makeResult([makeFinding('CVE-2030-1', 'a@1')], { class: 'lang-pkgs' })] })],
  ['hostile', makeHostileReport()],
];

/** Reports of real scans that somebody made: REPORTS names their directory. */
const scansFolder = process.env['REPORTS'];
const scans =
  scansFolder === undefined
    ? []
    : readdirSync(scansFolder)
        .filter((name) => name.endsWith('.html'))
        .map((name) => join(scansFolder, name));

function rowsOf(page: Page): Promise<number> {
  return page.locator('#rows > tr:not(.details)').count();
}

function expectQuiet({ requests, complaints }: OpenedPage): void {
  expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
}

async function violationsOf(page: Page): Promise<string[]> {
  // The page allows no script but its own, so that the rules come by the debugger's way.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

describe.skipIf(skipReason !== undefined)(['the HTML report', skipReason].filter(Boolean).join(', skipped: '), () => {
  describe.each(reports)('%s', (name, report) => {
    test.each([
      ['light', 1440],
      ['dark', 1440],
      ['light', 390],
      ['dark', 390],
    ] as const)('%s at %i: quiet, accessible, no wider than the window', async (colorScheme, width) => {
      const file = await write(name, report);
      const opened = await openFile(browser, file, { colorScheme, viewport: { width, height: 800 } });
      const { page } = opened;
      for (const button of (await page.locator('#rows .open').all()).slice(0, 2)) {
        if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
      }
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expectQuiet(opened);
      await page.context().close();
    });
  });

  describe.each(scans)('a scan: %s', (file) => {
    test.each([1440, 390])('at %i: quiet, accessible, no wider than the window', async (width) => {
      const opened = await openFile(browser, file, { viewport: { width, height: 800 } });
      await opened.page.locator('#rows .open').first().click();
      expect(await violationsOf(opened.page)).toEqual([]);
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expectQuiet(opened);
      await opened.page.context().close();
    });
  });

  test('hostile text stays text', async () => {
    const opened = await openFile(browser, await write('hostile', makeHostileReport()));
    const { page } = opened;
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('img, b[onclick], main b:not([data-count])').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toContain('</script><script>window.hit=1</script>');
    expect(await page.locator('.details a').count()).toBe(0);
    expectQuiet(opened);
    await page.context().close();
  });

  test('the policy stops what would become markup in spite of everything', async () => {
    const { page } = await openFile(browser, await write('nothing', makeReport()));
    const refused = await page.evaluate(async () => {
      try {
        document.body.innerHTML = '<img src=x>';
        return 'not the markup';
      } catch (error) {
        const script = document.createElement('script');
        document.body.append(script);
        const loaded = await fetch('http://127.0.0.1:9/').then(
          () => true,
          () => false,
        );
        return { error: (error as Error).name, loaded };
      }
    });
    expect(refused).toEqual({ error: 'TypeError', loaded: false });
    await page.context().close();
  });

  test('served by a server, it asks that server for the page alone', async () => {
    const asked: string[] = [];
    const page = readFileSync(await write('full', makeFullReport()));
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'text/html').end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const context = await browser.newContext();
    try {
      const tab = await context.newPage();
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report.html`);
      await tab.locator('#rows .open').first().click();
      await tab.waitForTimeout(300);
      expect(asked).toEqual(['/report.html']);
    } finally {
      await context.close();
      server.close();
    }
  });

  test('narrowing by search, severity, fix, class, package and layer, each in the address', async () => {
    const opened = await openFile(browser, await write('hundreds', makeLongReport(500)));
    const { page } = opened;
    const shown = page.locator('#shown');
    expect(await shown.textContent()).toBe('All 500 findings.');
    await page.getByLabel('Search').fill('package-77: a flaw');
    await expect.poll(() => shown.textContent()).toBe('1 of 500 findings.');
    expect(await page.locator('#rows .open').getAttribute('aria-expanded')).toBe('true');
    expect(page.url()).toContain('#q=package-77%3A%20a%20flaw');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => shown.textContent()).toBe('All 500 findings.');
    expect(page.url()).not.toContain('#');
    await page.locator('.chip.critical').click();
    await expect.poll(() => shown.textContent()).toBe('100 of 500 findings.');
    await page.locator('[name=fix]').selectOption('fixable');
    await expect.poll(() => shown.textContent()).toBe('50 of 500 findings.');
    await page.locator('[name=class]').selectOption('lang-pkgs');
    await page.locator('[name=layer]').selectOption('base');
    await page.getByLabel('Package', { exact: true }).fill('package-4');
    await expect.poll(() => shown.textContent()).toMatch(/^\d of 500 findings\.$/);
    expect(page.url()).toMatch(/#severity=critical&fix=fixable&class=lang-pkgs&package=package-4&layer=base$/);
    expectQuiet(opened);
    await page.context().close();
  });

  test('an address that was sent shows what the sender saw, and charts lead to their findings', async () => {
    const file = await write('hundreds', makeLongReport(500));
    const { page } = await openFile(browser, `${file}#severity=high&fix=unfixed&sort=-package`);
    expect(await page.locator('#shown').textContent()).toBe('50 of 500 findings.');
    expect(await page.locator('[name=fix]').inputValue()).toBe('unfixed');
    expect(await page.locator('th.package').getAttribute('aria-sort')).toBe('descending');
    await page.locator('.severities a').first().click();
    await expect.poll(() => page.locator('#shown').textContent()).toBe('100 of 500 findings.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('findings');
    await page.goBack();
    await expect.poll(() => page.locator('#shown').textContent()).toBe('50 of 500 findings.');
    await page.context().close();
  });

  test('works by keyboard alone', async () => {
    const { page } = await openFile(browser, await write('full', makeFullReport()));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the findings');
    await page.keyboard.press('Enter');
    const button = page.locator('#rows .open').first();
    await button.focus();
    const before = await button.getAttribute('aria-expanded');
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).not.toBe(before);
    await page.context().close();
  });

  test('dark and light follow the system until they are chosen', async () => {
    const { page } = await openFile(browser, await write('full', makeFullReport()), { colorScheme: 'dark' });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: 'Change to light colours' }).click();
    expect(await background()).not.toBe(dark);
    await page.reload();
    expect(await background()).not.toBe(dark);
    await page.getByRole('button', { name: 'Change to dark colours' }).click();
    expect(await background()).toBe(dark);
    await page.context().close();
  });

  test('a print has every row, light colours and no controls', async () => {
    const { page } = await openFile(browser, await write('hundreds', makeLongReport(500)), { colorScheme: 'dark' });
    expect(await rowsOf(page)).toBeLessThan(500);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await rowsOf(page)).toBe(500);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await page.context().close();
  });

  /** Milliseconds from a change of the search until the list was drawn anew and painted. */
  function timeSearch(page: Page, text: string): Promise<number> {
    return page.evaluate(async (value) => {
      const input = document.querySelector<HTMLInputElement>('[name=q]');
      const shown = document.getElementById('shown');
      if (input === null || shown === null) return Number.NaN;
      const before = shown.textContent;
      const start = performance.now();
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      while (shown.textContent === before) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - start;
    }, text);
  }

  test.each([
    [5000, 1000, 300],
    [60_000, 8000, 1000],
  ])('%i findings can be used within %i ms and searched within %i ms', async (amount, toOpen, toSearch) => {
    const file = await write(`long-${amount}`, makeLongReport(amount));
    const start = performance.now();
    const opened = await openFile(browser, file);
    const { page } = opened;
    await page.locator('#rows .open').first().waitFor();
    const opening = performance.now() - start;
    const searches = [await timeSearch(page, 'kind 7'), await timeSearch(page, '99'), await timeSearch(page, '')];
    expect(await page.locator('#shown').textContent()).toContain(`All ${amount.toLocaleString('en')} findings.`);
    expect(opening).toBeLessThan(toOpen);
    expect(Math.max(...searches)).toBeLessThan(toSearch);
    expect(await rowsOf(page)).toBeLessThan(1000);
    expectQuiet(opened);
    process.stdout.write(
      `${amount} findings: opened in ${Math.round(opening)} ms, searched in ${searches.map(Math.round).join(', ')} ms\n`,
    );
    await page.context().close();
  });
});
