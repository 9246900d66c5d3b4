import { describe, expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogLsbRelease, catalogProStatus } from './catalog.ts';

test.each([
  ['DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\nDISTRIB_CODENAME=jammy\n', 'ubuntu', '22.04'],
  ['DISTRIB_RELEASE="1.0"\r\nDISTRIB_ID="Neon"\r\n', 'neon', '1.0'],
  ['DISTRIB_ID=Ubuntu\n', 'ubuntu', ''],
])('%j', async (text, id, versionId) => {
  expect(await catalogText(catalogLsbRelease, 'etc/lsb-release', text)).toEqual([
    { kind: 'os-release', id, versionId },
  ]);
});

test.each(['', 'DISTRIB_RELEASE=22.04\n', 'LSB_VERSION=1\n'])('nothing in %j', async (text) => {
  expect(await catalogText(catalogLsbRelease, 'etc/lsb-release', text)).toEqual([]);
});

describe('the status of Ubuntu Pro', () => {
  const path = 'var/lib/ubuntu-advantage/status.json';

  test('extended maintenance is an identity of its own', async () => {
    const text = '{"attached":true,"services":[{"name":"livepatch"},{"name":"esm-infra","status":"enabled"}]}';
    expect(await catalogText(catalogProStatus, path, text)).toEqual([
      { kind: 'os-release', id: 'ubuntu-esm', versionId: '' },
    ]);
  });

  test.each([
    '{}',
    'null',
    '[]',
    '1',
    '{"services":{}}',
    '{"services":[null,1,{"name":"esm-infra","status":"disabled"}]}',
  ])('nothing in %s', async (text) => {
    expect(await catalogText(catalogProStatus, path, text)).toEqual([]);
  });

  test('a damaged file is a coded error', async () => {
    await expect(catalogText(catalogProStatus, path, '{"services":')).rejects.toThrowCode('RELEASE_FILE_INVALID');
  });
});
