import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

const steps = (lines: string): string => `jobs:\n  build:\n    steps:\n${lines}`;
const sha = 'b'.repeat(40);

test('images of jobs', () => {
  const text = `on: push
jobs:
  one:
    container: a:1
    services:
      db: {image: "b:1", ports: [1]}
  two:
    container: {image: c:1}
    services: {empty: {image: ''}}
    steps: [{run: "docker pull x:1"}]
`;
  expect(pinText(findSites, text)).toEqual({ text: text.replace(/(?<=\b[abc]):1/g, ':1@PIN'), open: [] });
});

test.each([
  ['      - uses: o/r@v4\n', '      - uses: o/r@COMMIT # v4\n'],
  ['      - uses: "o/r/sub/dir@main"\r\n', '      - uses: "o/r/sub/dir@COMMIT" # main\r\n'],
  ['      - uses: o/r@v4  # get the sources', '      - uses: o/r@COMMIT # v4  # get the sources'],
  [`      - uses: o/r@${sha} # v4\n`, '      - uses: o/r@COMMIT # v4\n'],
  [`      - uses: o/r@${sha} # tag=v4.1 is good\n`, '      - uses: o/r@COMMIT # tag=v4.1 is good\n'],
  [`      - uses: o/r@${sha} # main\n`, '      - uses: o/r@COMMIT # main\n'],
  [`      - uses: o/r@${sha}\n`, `      - uses: o/r@${sha}\n`],
  [`      - uses: o/r@${sha} # get the sources\n`, `      - uses: o/r@${sha} # get the sources\n`],
  [`      - {uses: o/r@${sha}, with: {}}\n`, `      - {uses: o/r@${sha}, with: {}}\n`],
  ['      - uses: docker://a:1\n', '      - uses: docker://a:1@PIN\n'],
  ['      - uses: ./local\n      - uses: ../other@v1\n', '      - uses: ./local\n      - uses: ../other@v1\n'],
])('%j', (lines, expected) => {
  expect(pinText(findSites, steps(lines))).toEqual({ text: steps(expected), open: [] });
});

test('reusable workflows, composite and docker actions', () => {
  const text = 'jobs:\n  call:\n    uses: o/r/.github/workflows/x.yml@v1\n';
  expect(pinText(findSites, text).text).toBe(text.replace('@v1', '@COMMIT # v1'));
  const composite = 'runs:\n  using: composite\n  steps:\n    - uses: o/r@v1\n';
  expect(pinText(findSites, composite).text).toBe(composite.replace('@v1', '@COMMIT # v1'));
  const docker = 'runs: {using: docker, image: docker://a:1}\n';
  expect(pinText(findSites, docker).text).toBe(docker.replace('a:1', 'a:1@PIN'));
  const built = 'runs: {using: docker, image: Dockerfile}\n';
  expect(pinText(findSites, built)).toEqual({ text: built, open: [] });
});

test.each([
  ['      - uses: o/r\n', 'it names no version (owner/repository@version)'],
  ['      - uses: o/r@${{ matrix.v }}\n', 'an expression decides it'],
  ['      - uses: https://forge.test/o/r@v1\n', 'an action by its URL is not looked up'],
  ['      - {uses: o/r@v1, with: {}}\n', 'there is no room for a comment with the tag in its line'],
])('%j is not pinnable', (lines, reason) => {
  expect(pinText(findSites, steps(lines))).toEqual({
    text: steps(lines),
    open: [`jobs.build.steps.0.uses: ${reason}`],
  });
});
