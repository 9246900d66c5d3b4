import { describe, expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makePackage } from '../../../testkit/inventory.ts';
import { makeDigest, makeReport } from '../../../testkit/report.ts';
import type { Report } from '../report.ts';
import { viewLayers } from './layers.ts';

const refs = ['a', 'b', 'c'].map((digit, index) => ({
  digest: makeDigest(digit),
  diffId: makeDigest(digit),
  size: 1000 * (index + 1),
}));

function reportOf(config: Record<string, unknown>, results: Report['results'] = []): Report {
  const image = { id: makeDigest('d'), size: 6000, repoTags: [], repoDigests: [], config, layers: refs };
  return makeReport({ image, results });
}

function basesOf(report: Report): boolean[] {
  return viewLayers(report).layers.map(({ isBase }) => isBase);
}

const layer = (text: string): object => ({ created_by: text });
const empty = (text: string): object => ({ created_by: text, empty_layer: true });

describe('the base image', () => {
  test('ends at the last CMD that other layers follow', () => {
    const history = [
      layer('ADD x'),
      empty('CMD ["sh"]'),
      layer('RUN a'),
      empty('CMD ["a"]'),
      layer('COPY b'),
      empty('CMD ["b"]'),
    ];
    expect(basesOf(reportOf({ history }))).toEqual([true, true, false]);
  });

  test('is taken to reach to the first layer with packages of the system where no CMD tells', () => {
    const pkg = (ref: (typeof refs)[number] | undefined) => ({ ...makePackage('p@1'), ...(ref && { layer: ref }) });
    const results = [makeResult([], { packages: [pkg(refs[2]), pkg(refs[1])] })];
    expect(basesOf(reportOf({}, results))).toEqual([true, true, false]);
  });

  test.each([
    ['no history', {}],
    ['a history of other layers', { history: [layer('ADD x'), empty('CMD a'), layer('RUN b')] }],
    ['a history that is none', { history: 'x' }],
    ['entries that are none', { history: [null, 1, {}] }],
    ['a CMD at the end only', { history: [layer('a'), layer('b'), layer('c'), empty('CMD x')] }],
    ['a CMD at the beginning', { history: [empty('CMD x'), layer('a'), layer('b'), layer('c')] }],
  ])('is not known with %s', (_, config) => {
    const view = viewLayers(reportOf(config));
    expect(view.layers.some(({ isBase }) => isBase)).toBe(false);
    expect(view.split).toBeUndefined();
  });

  test('is named by a label', () => {
    const config = { config: { Labels: { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' } } };
    expect(viewLayers(reportOf(config)).baseName).toBe('docker.io/library/debian:12');
  });
});

test('layers have what brought them, their packages and their findings', () => {
  const pkg = { ...makePackage('p@1'), layer: { diffId: makeDigest('b') } };
  const finding = makeFinding('CVE-2030-1', pkg, { layer: pkg.layer, severity: 'HIGH' });
  const history = [layer('ADD x'), layer('/bin/sh -c make'), layer('COPY b')];
  const { layers, indexOf } = viewLayers(reportOf({ history }, [makeResult([finding])]));
  expect(layers[1]).toMatchObject({
    name: 'Layer 2',
    command: 'RUN make',
    packages: 1,
    counts: { HIGH: 1 },
    size: 2000,
  });
  expect([indexOf(pkg.layer), indexOf({ diffId: makeDigest('f') }), indexOf(undefined)]).toEqual([
    1,
    undefined,
    undefined,
  ]);
});

test('a report of no image has no layers', () => {
  expect(viewLayers(makeReport()).layers).toEqual([]);
});
