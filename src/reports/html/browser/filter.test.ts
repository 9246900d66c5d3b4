import { expect, test } from 'vitest';
import type { Narrowing } from '../fragment.ts';
import type { PageData } from '../page-data.ts';
import { makeFilter } from './filter.ts';

const data: PageData = {
  targets: [
    { name: 'app (debian 12)', label: 'debian 12', class: 'os-pkgs', type: 'debian' },
    { name: 'Node.js', label: 'Node.js', class: 'lang-pkgs', type: 'node-pkg' },
  ],
  layers: [{ name: 'Layer 1', isBase: true }, { name: 'Layer 2' }],
  packages: [
    { name: 'libssl3', version: '3.0', source: 'openssl', target: 0, layer: 0 },
    { name: 'qs', version: '6.0', target: 1, layer: 1, place: 'app/node_modules/qs/package.json' },
    { name: 'loose', version: '1', target: 1 },
  ],
  vulnerabilities: [{ id: 'CVE-1', title: 'A Flaw of Timing' }, { id: 'CVE-2' }, { id: 'CVE-3' }],
  findings: [
    { vulnerability: 0, package: 0, severity: 4, status: 'fixed', fixed: '3.1', proof: '' },
    { vulnerability: 1, package: 1, severity: 3, status: 'affected', proof: '' },
    { vulnerability: 2, package: 2, severity: 3, status: 'fixed', fixed: '2', proof: '' },
    { vulnerability: 2, package: 1, severity: 1, status: 'affected', proof: '', ignored: 'by .trivyignore' },
  ],
};

const filter = makeFilter(data);

test.each<[Narrowing, number[]]>([
  [{}, [0, 1, 2]],
  [{ ignored: 'yes' }, [0, 1, 2, 3]],
  [{ q: 'timing FLAW' }, [0]],
  [{ q: 'node_modules' }, [1]],
  [{ q: 'openssl 3.1' }, [0]],
  [{ q: 'nothing like it' }, []],
  [{ severity: 'critical,low' }, [0]],
  [{ severity: 'else' }, []],
  [{ fix: 'fixable' }, [0, 2]],
  [{ fix: 'unfixed' }, [1]],
  [{ class: 'lang-pkgs' }, [1, 2]],
  [{ target: 'app (debian 12)' }, [0]],
  [{ package: 'openssl' }, [0]],
  [{ package: 'libssl3' }, [0]],
  [{ package: 'ssl' }, []],
  [{ layer: 'base' }, [0]],
  [{ layer: 'app' }, [1]],
  [{ layer: '2' }, [1]],
  [{ fix: 'fixable', class: 'lang-pkgs', severity: 'high' }, [2]],
])('%j leaves %j', (narrowing, left) => {
  expect(filter(narrowing).findings).toEqual(left.map((index) => data.findings[index]));
});

test('severities are counted as if they were not narrowed', () => {
  expect(filter({ severity: 'critical' }).counts).toEqual([0, 0, 0, 2, 1]);
  expect(filter({ severity: 'critical', fix: 'unfixed' }).counts).toEqual([0, 0, 0, 1, 0]);
});
