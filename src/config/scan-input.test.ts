import { expect, test } from 'vitest';
import { allOptions } from './registry.ts';
import { resolveOptions } from './resolve.ts';
import { toScanOptions } from './scan-input.ts';

function scan(flags: Record<string, string>): ReturnType<typeof toScanOptions> {
  const uses = Object.entries(flags).map(([flag, value]) => ({ flag, value }));
  return toScanOptions(resolveOptions({ options: allOptions, flags: uses, environment: {}, files: [] }));
}

test('what is said arrives', () => {
  const flags = {
    severity: 'HIGH',
    'exit-code': '2',
    'max-file-size': '1MiB',
    'pkg-types': 'os',
    'db-max-age': '2h',
    osv: 'a,b',
  };
  expect(scan(flags)).toMatchObject({
    severities: ['HIGH'],
    gate: { exitCode: 2, exitOnEol: 0, allowIncomplete: false },
    maxFileSize: 2 ** 20,
    packageTypes: ['os'],
    data: { maxAge: 7_200_000, osv: ['a', 'b'] },
  });
});

test('the usual ignore file need not be there, one that is named must', () => {
  expect(scan({}).ignoreFile).toEqual({ path: '.trivyignore', optional: true });
  expect(scan({ ignorefile: '.trivyignore' }).ignoreFile).toEqual({ path: '.trivyignore' });
});

test('offline nothing is updated', () => {
  expect(scan({ offline: 'true' }).data).toMatchObject({ skipUpdate: true, skipJavaUpdate: true });
  expect(scan({ 'offline-scan': 'true' }).data).toMatchObject({ skipUpdate: false, skipJavaUpdate: false });
});

test('no cache is a cache without room', () => {
  expect(scan({ 'no-cache': 'true' }).layerCacheSize).toBe(0);
  expect(scan({}).layerCacheSize).toBeGreaterThan(0);
});

test('what a file of unknown origin decides is noted for the report', () => {
  const entries = [{ key: 'severity', value: 'LOW', line: 1 }];
  const files = [{ path: 'trivy.yaml', trusted: false, entries }];
  const { notes } = toScanOptions(resolveOptions({ options: allOptions, flags: [], environment: {}, files }));
  expect(notes).toEqual([
    {
      effect: 'note',
      code: 'filtered',
      message: 'trivy.yaml in the working directory decides: severity',
      path: 'trivy.yaml',
    },
  ]);
});
