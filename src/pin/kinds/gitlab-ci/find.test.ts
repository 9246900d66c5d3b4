import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test('images and services of the file, of defaults and of jobs', () => {
  const text = `image: a:1
services: [b:1, {name: c:1, alias: db}]
default:
  image: {name: "d:1", entrypoint: [""]}
.hidden: &h
  image: e:1
job:
  <<: *h
  script: [!reference [.hidden, script], "docker run x:1"]
other:
  services:
    - f # last
variables: {IMAGE: "y:1"}
stages: [a]
`;
  const expected = text.replace('f # last', 'f:latest@PIN # last').replace(/(?<![xy])(?<=\b[a-e]):1/g, ':1@PIN');
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test('variables are left', () => {
  const text = 'job: {image: "$CI_REGISTRY_IMAGE:1"}\n';
  expect(pinText(findSites, text)).toEqual({ text, open: ['job.image: a variable decides it'] });
});
