import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { writeSampleCache } from '../../testkit/sample.ts';
import { makeContext } from './context.ts';
import { scanSbom } from './scan-sbom.ts';

const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'operating-system', name: 'alpine', version: '3.21.0' },
    {
      type: 'library',
      name: 'demo',
      version: '1.0-r0',
      purl: 'pkg:apk/alpine/demo@1.0-r0?distro=3.21.0&upstream=demo',
    },
  ],
};

test('an SBOM in a file, or at hand, is judged with the advisory data that there is', async () => {
  const cacheDir = temporaryDirectory();
  writeSampleCache(cacheDir);
  const context = makeContext({ cacheDir, clock: fixedClock('2025-06-20T00:00:00Z'), log: recordLog() });
  const data = { skipUpdate: true };
  const bytes = Buffer.from(JSON.stringify(document));
  const report = await scanSbom({ sbom: { kind: 'bytes', name: '-', bytes }, data }, context);
  expect(report.artifact).toEqual({ name: '-', type: 'cyclonedx' });
  expect(report.results.flatMap(({ findings }) => findings).length).toBeGreaterThan(0);

  const path = join(cacheDir, 'sbom.json');
  writeFileSync(path, bytes);
  const again = await scanSbom({ sbom: { kind: 'file', name: 'sbom.json', path }, data }, context);
  expect(again.results.flatMap(({ findings }) => findings.map(({ id }) => id))).toEqual(
    report.results.flatMap(({ findings }) => findings.map(({ id }) => id)),
  );
});
