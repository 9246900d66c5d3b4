import { expect, test } from 'vitest';
import { loadSbomWriter } from './write.ts';

test('a format that does not exist is refused', async () => {
  await expect(loadSbomWriter('moon')).rejects.toThrowCode('SBOM_UNKNOWN_FORMAT');
});
