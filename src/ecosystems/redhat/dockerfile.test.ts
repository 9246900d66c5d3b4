import { describe, expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogDockerfile } from './dockerfile.ts';

const path = 'root/buildinfo/Dockerfile-ubi9-9.2-755';

test.each([
  ['FROM x\nLABEL com.redhat.component="ubi9-container" architecture="x86_64"\n'],
  ['LABEL com.redhat.component=ubi9-container \\\n      architecture=x86_64\n'],
  ['LABEL com.redhat.component=ubi9-container \\\n  # a comment between\n      "architecture"=\'x86_64\'\n'],
  ['label BZComponent ubi9-container\nlabel Architecture x86_64\n'],
  [`ARG arch=x86_64\nENV NAME ubi9\nLABEL com.redhat.component="$NAME-container" architecture=\${arch}\n`],
  [`ENV NAME="ubi9" OTHER=1\r\nLABEL com.redhat.component=\${NAME}-container architecture=\${missing:-x86_64}\r\n`],
  ['LABEL summary="a \\"quoted\\" text" com.redhat.component=ubi9\\-container architecture=x86_64'],
])('the build of %j', async (text) => {
  expect(await catalogText(catalogDockerfile, path, text)).toEqual([
    { kind: 'build-info', buildInfo: { nvr: 'ubi9-container-9.2-755', arch: 'x86_64' } },
  ]);
});

test('single quotes keep a variable from being put in', async () => {
  const text = "ENV a=x\nLABEL com.redhat.component='$a' architecture=x86_64\n";
  expect(await catalogText(catalogDockerfile, path, text)).toMatchObject([{ buildInfo: { nvr: '$a-9.2-755' } }]);
});

test.each(['', 'FROM scratch\n', 'LABEL architecture=x86_64\n', 'LABEL com.redhat.component=x\n', 'LABEL\n'])(
  'nothing in %j',
  async (text) => {
    expect(await catalogText(catalogDockerfile, path, text)).toEqual([]);
  },
);

test.each([
  ['root/buildinfo/Dockerfile', 'tool-'],
  ['root/buildinfo/Dockerfile-1', 'tool-Dockerfile-1'],
])('the version in the name %s', async (name, nvr) => {
  const text = 'LABEL com.redhat.component=tool architecture=x86_64';
  expect(await catalogText(catalogDockerfile, name, text)).toMatchObject([{ buildInfo: { nvr } }]);
});

describe('hostile text ends soon and stays small', () => {
  test.each([
    [`ENV a=xxxxxxxx\n${'ENV a=$a$a$a$a\n'.repeat(4000)}LABEL com.redhat.component=$a architecture=x86_64\n`],
    [`LABEL com.redhat.component=c architecture=a x="${'\\"'.repeat(20_000)}\n`],
    [`LABEL com.redhat.component=c architecture=a x=${'${y-'.repeat(16_000)}\n`],
    [`LABEL com.redhat.component=c architecture=a ${"'".repeat(60_001)}`],
  ])('%#', async (text) => {
    const [record] = await catalogText(catalogDockerfile, path, text);
    expect(JSON.stringify(record).length).toBeLessThan(1000);
  });
});
