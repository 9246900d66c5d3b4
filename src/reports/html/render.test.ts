import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeLongReport } from '../../../testkit/long-report.ts';
import { fullPackage, makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { CoverageNote } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { html } from './index.ts';
import type { PageData } from './page-data.ts';

const render = await html.load();

function draw(report: Report): string {
  return renderText(render, report);
}

function dataOf(page: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;
}

function withoutData(page: string): string {
  return page.replace(/<script type="application\/json".*?<\/script>/s, '');
}

/** The page as a person reads it, spaces aside. */
function textOf(page: string): string {
  return page
    .replace(/<(style|script|svg)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ');
}

describe('security', () => {
  test('only our script and style count, by digest, and nothing may be loaded', () => {
    const page = draw(makeFullReport());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    const inline = [...page.matchAll(/<(?:script|style)>(.*?)<\/(?:script|style)>/gs)].map(([, text = '']) => {
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    });
    expect(inline).toHaveLength(2);
    for (const digest of inline) expect(policy).toContain(digest);
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('no text becomes markup, an attribute or an address', () => {
    const text = `</script><script>x</script><img src=x onerror=x>"'\u2028`;
    const finding = makeFinding(
      text,
      { ...fullPackage, name: text, filePath: text },
      {
        title: text,
        description: text,
        fixedVersion: text,
        primaryUrl: 'javascript:alert(1)',
        references: [
          'javascript:alert(1)',
          'https://example.com/ok',
          `https://example.com/${text}`,
          'HTTPS://[',
          'data:,x',
        ],
      },
    );
    const page = draw(
      makeReport({ artifact: { name: text, type: 'container_image' }, results: [makeResult([finding])] }),
    );
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(withoutData(page).match(/<img|<[^>]*\son\w+=/g)).toBeNull();
    const [vulnerability] = dataOf(page).vulnerabilities;
    expect(vulnerability?.references).toEqual(['https://example.com/ok']);
    expect(dataOf(page).findings[0]?.url).toBeUndefined();
  });

  test('nothing is named that a browser would load', () => {
    const page = withoutData(draw(makeFullReport()));
    expect(page.match(/\b(?:src|href|action)="(?!#|data:)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/@import|url\(/);
  });
});

describe('verdict', () => {
  test('says what, why and what to do', () => {
    const text = textOf(draw(makeFullReport()));
    expect(text).toContain('Fail 1 finding: 1 critical 1 thing could not be judged test 1.0 is past its end of life');
    expect(text).toContain('1 finding left out by decision');
    expect(text).toContain('A gate was asked for');
    expect(text).toContain('Upgrade a 2.0 to 1:2.0-4 : removes 1 finding (1 critical)');
    expect(text).toContain('Move to a release of test that still gets fixes');
    expect(text).toContain('Mend or remove the files that could not be read');
  });

  test('a pass has nothing to do', () => {
    const text = textOf(draw(makeReport()));
    expect(text).toContain('Pass No findings');
    expect(text).toContain('What to do Nothing. Scan again when there is newer data');
    expect(text).toContain('There are no findings.');
    expect(text).not.toMatch(/Layers|Severity|Fix first/);
  });

  test('an incomplete result names what to mend first', () => {
    const note: CoverageNote = { effect: 'incomplete', code: 'os-unknown', message: 'no release file' };
    const text = textOf(
      draw(
        makeReport({
          verdict: { result: 'incomplete', gated: true, reasons: [] },
          coverage: { catalogers: [], notes: [note] },
        }),
      ),
    );
    expect(text).toContain('Incomplete 1 thing could not be judged No findings in the rest');
    expect(text).toContain('What to do Keep /etc/os-release in the image');
    expect(text).toContain('Not judged os-unknown 1 time');
    expect(text).toContain('There are no findings in what could be judged.');
  });

  test('what was asked for bounds what is said', () => {
    expect(textOf(draw(makeReport({ severities: ['HIGH', 'CRITICAL'] })))).toContain(
      'No findings of the severities asked for (CRITICAL, HIGH)',
    );
  });
});

describe('charts', () => {
  const text = textOf(draw(makeLongReport(100)));

  test('severities with what can be fixed', () => {
    expect(text).toContain('CRITICAL 20 10 fixable');
  });

  test('upgrades, their sum, and those that are unfolded', () => {
    expect(text).toMatch(/\d+ upgrades remove 50 of 100 findings/);
    expect(text).toMatch(/\d+ more upgrades/);
    const many = textOf(draw(makeLongReport(2000)));
    expect(many).toContain('193 more upgrades');
    expect(many).toContain('and 133 more, in the findings below');
  });

  test('layers with their commands and the base', () => {
    expect(text).toContain('base 40.0 MB, built on it 43.3 MB');
    expect(text).toContain('RUN npm ci');
    expect(text).toContain('The base image is taken to end at the last CMD in the history');
    expect(text).toContain('Rebuild on a newer base image');
  });
});

describe('data', () => {
  test('what several findings share is there once, the most severe first', () => {
    const data = dataOf(draw(makeLongReport(100)));
    expect(data.findings).toHaveLength(100);
    expect(data.packages).toHaveLength(20);
    const ranks = data.findings.map(({ severity }) => severity);
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  });

  test('a finding has its package, place, layer, paths, scores and proof', () => {
    const data = dataOf(draw(makeFullReport()));
    expect(data.packages[0]).toMatchObject({ name: 'liba', source: 'a', layer: 0, place: 'app/liba.json, lines 3–7' });
    const [ignored, counted] = data.findings;
    expect(counted).toMatchObject({
      fixed: '1:2.0-4',
      scores: ['test 9.3 (CVSS 4.0), 9.8 (CVSS 3), 7.5 (CVSS 2)'],
      proof: 'test lists liba any; compared with 2.0',
      source: 'Test advisories',
    });
    expect(ignored).toMatchObject({ ignored: 'by .trivyignore: Not reached' });
  });

  test('a long description is cut', () => {
    const finding = makeFinding('CVE-2030-1', 'a@1', { description: 'x'.repeat(5000) });
    const data = dataOf(draw(makeReport({ results: [makeResult([finding])] })));
    expect(data.vulnerabilities[0]?.description).toHaveLength(1501);
  });
});

test('many notes of one kind are unfolded, and those beyond are counted', () => {
  const notes = Array.from({ length: 250 }, (_, index): CoverageNote => {
    return { effect: 'note', code: 'archive-unidentified', message: `app/${index}.jar`, path: `app/${index}.jar` };
  });
  const text = textOf(draw(makeReport({ coverage: { catalogers: [], notes } })));
  expect(text).toContain('archive-unidentified 250 times');
  expect(text).toContain('247 more');
  expect(text).toContain('and 50 that only the JSON report lists');
});
