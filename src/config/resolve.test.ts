import { expect, test } from 'vitest';
import { packageTypesOption, scannersOption } from '../assess/index.ts';
import type { OptionSpec } from '../core/index.ts';
import { allowIncompleteOption, exitCodeOption, ignoreUnfixedOption, severityOption } from '../decide/index.ts';
import { parallelOption } from '../inventory/index.ts';
import { insecureOption } from '../net/index.ts';
import { mirrorsOption, passwordOption } from '../oci/index.ts';
import { outputOption } from '../reports/index.ts';
import { parseConfigFile } from './file/parse.ts';
import { cacheBackendOption, timeoutOption } from './options.ts';
import { allOptions } from './registry.ts';
import { type FlagUse, resolveOptions } from './resolve.ts';

interface Given {
  readonly flags?: readonly FlagUse[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly yaml: string; readonly trusted?: boolean }[];
  readonly options?: readonly OptionSpec[];
}

function resolve({
  flags = [],
  environment = {},
  files = [],
  options = allOptions,
}: Given): ReturnType<typeof resolveOptions> {
  const read = files.map(({ yaml, trusted = false }, index) => ({
    path: `f${index}.yaml`,
    trusted,
    entries: parseConfigFile(Buffer.from(yaml), `f${index}.yaml`, (key) => key === 'registry.mirrors'),
  }));
  return resolveOptions({ options, flags, environment, files: read });
}

const use = (flag: string, value?: string): FlagUse => ({ flag, ...(value !== undefined && { value }) });

test('flags before own variables before those of Trivy before files before defaults', () => {
  const flags = [use('severity', 'LOW')];
  const own = { PLIMSOLL_SEVERITY: 'MEDIUM' };
  const trivy = { TRIVY_SEVERITY: 'HIGH' };
  const files = [{ yaml: 'severity: CRITICAL' }, { yaml: 'severity: UNKNOWN' }];
  const order: [Given, readonly string[], string][] = [
    [{ flags, environment: { ...own, ...trivy }, files }, ['LOW'], '--severity'],
    [{ environment: { ...own, ...trivy }, files }, ['MEDIUM'], 'PLIMSOLL_SEVERITY'],
    [{ environment: trivy, files }, ['HIGH'], 'TRIVY_SEVERITY'],
    [{ files }, ['CRITICAL'], 'severity (f0.yaml, line 1)'],
    [{}, ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], 'default'],
  ];
  for (const [given, value, origin] of order) {
    const options = resolve(given);
    expect(options.get(severityOption)).toEqual(value);
    expect(options.origin(severityOption).name).toBe(origin);
  }
});

test('lists of repeated flags join; of other options the last counts', () => {
  const options = resolve({
    flags: [use('severity', 'LOW'), use('severity', 'HIGH'), use('exit-code', '1'), use('exit-code', '2')],
  });
  expect(options.get(severityOption)).toEqual(['LOW', 'HIGH']);
  expect(options.get(exitCodeOption)).toBe(2);
});

test('an empty variable says nothing', () => {
  expect(resolve({ environment: { PLIMSOLL_EXIT_CODE: '', TRIVY_EXIT_CODE: '4' } }).get(exitCodeOption)).toBe(4);
});

test('further names of a variable', () => {
  expect(resolve({ environment: { TRIVY_NON_SSL: 'true' } }).get(insecureOption)).toBe(true);
  expect(resolve({ environment: { TRIVY_SECURITY_CHECKS: 'vuln,config' } }).get(scannersOption)).toEqual([
    'vuln',
    'misconfig',
  ]);
});

test('nested keys, whatever their case', () => {
  const yaml = 'vulnerability:\n  ignore-unfixed: true\nPkg:\n  Types: [os]\nscan:\n  scanners: [vulnerability]\n';
  const options = resolve({ files: [{ yaml }] });
  expect(options.get(ignoreUnfixedOption)).toBe(true);
  expect(options.get(packageTypesOption)).toEqual(['os']);
  expect(options.get(scannersOption)).toEqual(['vuln']);
  expect(options.notices).toEqual([]);
});

test('a flat file of early Trivy is read as meant, and says the new names', () => {
  const yaml =
    'severity:\n  - HIGH\nexit-code: 1\nignore-unfixed: true\nsecurity-checks:\n  - vuln\n  - secret\n  - config\n';
  const options = resolve({ files: [{ yaml }] });
  expect(options.get(severityOption)).toEqual(['HIGH']);
  expect(options.get(exitCodeOption)).toBe(1);
  expect(options.get(ignoreUnfixedOption)).toBe(true);
  expect(options.get(scannersOption)).toEqual(['vuln', 'secret', 'misconfig']);
  expect(options.notices.map(({ fields }) => fields['now'])).toEqual(['vulnerability.ignore-unfixed', 'scan.scanners']);
});

test('the name of today counts before an old one in the same file', () => {
  const yaml = 'security-checks: secret\nscan:\n  scanners: vuln\n';
  expect(resolve({ files: [{ yaml }] }).get(scannersOption)).toEqual(['vuln']);
});

test('a file that may belong to the target may narrow, and that is told', () => {
  const options = resolve({ files: [{ yaml: 'severity: HIGH\ntimeout: 1m\n' }], flags: [use('timeout', '2m')] });
  expect(options.narrowings).toEqual([{ path: 'f0.yaml', keys: ['severity'] }]);
  expect(options.get(timeoutOption)).toBe(120_000);
});

const reaching =
  'output: x\nallow-incomplete: true\ninsecure: true\nregistry:\n  password: p\n  mirrors:\n    a.io: [b.io]\n';

test('it may not reach further: each such key is refused with a warning', () => {
  const options = resolve({ files: [{ yaml: reaching }] });
  expect(options.get(outputOption)).toBeUndefined();
  expect(options.get(allowIncompleteOption)).toBe(false);
  expect(options.get(insecureOption)).toBe(false);
  expect(options.get(passwordOption)).toBeUndefined();
  expect(options.get(mirrorsOption)).toEqual({});
  expect(options.notices.map(({ fields }) => fields['key'])).toEqual([
    'output',
    'allow-incomplete',
    'insecure',
    'registry.password',
    'registry.mirrors',
  ]);
  expect(options.narrowings).toEqual([]);
});

test('a trusted file may', () => {
  const options = resolve({ files: [{ yaml: reaching, trusted: true }] });
  expect(options.get(outputOption)).toBe('x');
  expect(options.get(allowIncompleteOption)).toBe(true);
  expect(options.get(passwordOption)).toBe('p');
  expect(options.get(mirrorsOption)).toEqual({ 'a.io': ['b.io'] });
  expect(options.notices).toEqual([]);
  expect(options.narrowings).toEqual([]);
});

test('an unknown key is told with the nearest known one; a known one of Trivy as such', () => {
  const { notices } = resolve({ files: [{ yaml: 'sevrity: HIGH\nkubernetes:\n  qps: 5\nwhatever-it-is: 1\n' }] });
  expect(notices).toEqual([
    {
      text: 'Ignored: there is no such option',
      fields: { key: 'sevrity', path: 'f0.yaml', line: 1, 'did you mean': 'severity' },
    },
    {
      text: 'Ignored: Plimsoll does not have this option of Trivy yet',
      fields: { key: 'kubernetes.qps', path: 'f0.yaml', line: 3 },
    },
    { text: 'Ignored: there is no such option', fields: { key: 'whatever-it-is', path: 'f0.yaml', line: 4 } },
  ]);
});

test('a misspelt variable of ours is told, others are not ours', () => {
  const { notices } = resolve({ environment: { PLIMSOLL_SEVRITY: 'LOW', TRIVY_WHATEVER: 'x', PLIMSOLL_NODE: '/n' } });
  expect(notices).toEqual([{ text: 'Unknown environment variable', fields: { name: 'PLIMSOLL_SEVRITY' } }]);
});

test('old flags work and say the new name; switches may stand for values', () => {
  const options = resolve({ flags: [use('vuln-type', 'os'), use('slow'), use('no-cache')] });
  expect(options.get(packageTypesOption)).toEqual(['os']);
  expect(options.get(parallelOption)).toBe(1);
  expect(options.get(cacheBackendOption)).toBe('memory');
  expect(options.notices.map(({ fields }) => fields)).toEqual([
    { name: '--vuln-type', now: '--pkg-types' },
    { name: '--slow', now: '--parallel' },
  ]);
});

test('a wrong type names key, file and line', () => {
  expect(() => resolve({ files: [{ yaml: 'a: 1\nexit-code: many\n' }] })).toThrowCode('CONFIG_VALUE_INVALID');
  expect(() => resolve({ files: [{ yaml: 'a: 1\nexit-code: many\n' }] })).toThrow('exit-code (f0.yaml, line 2)');
});

test('what the command does not have is not judged, and cannot be asked for', () => {
  const options = resolve({ options: [severityOption], files: [{ yaml: 'exit-code: many\n' }] });
  expect(options.narrowings).toEqual([]);
  expect(() => options.get(exitCodeOption)).toThrow(RangeError);
});
