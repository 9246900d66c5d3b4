import { expect, test } from 'vitest';
import { ambientProviders } from '../trust/ambient/registry.ts';
import { providerOption } from './service-options.ts';

test('--oidc-provider names every place that gives tokens, in the order in which they are looked for', () => {
  const [, names = ''] = providerOption.description.split(': ');
  expect(names.split(/, | or /)).toEqual(ambientProviders.all.map(({ id }) => id));
});
