import { describe, expect, test } from 'vitest';
import { type ByteSource, type CatalogerDescriptor, type InventoryRecord, isAppError } from '../../src/core/index.ts';
import { ecosystems } from '../../src/ecosystems/registry.ts';
import { memorySource } from '../../src/kit/memory-source.ts';
import { asksFor } from '../../testkit/cataloging.ts';
import { damagedFiles } from '../../testkit/damage.ts';
import { type CatalogerSeed, seeds } from '../../testkit/seeds.ts';

const catalogers: readonly CatalogerDescriptor[] = ecosystems.all.flatMap((ecosystem) => ecosystem.catalogers ?? []);
const byId = new Map(catalogers.map((cataloger) => [cataloger.id, cataloger]));

/** Records may grow with what a file refers to more than once, but not without bound. */
const maxGrowth = 200;
const baseSize = 2 ** 20;
/** Nobody reads more than this in one piece of a file that may have any size. */
const maxPiece = 64 * 2 ** 20;

function descriptorOf(seed: CatalogerSeed): CatalogerDescriptor {
  const descriptor = byId.get(seed.cataloger);
  if (descriptor === undefined) throw new Error(`no cataloger is called ${seed.cataloger}`);
  return descriptor;
}

/** The records, or the code of the error; anything else thrown fails the test. */
async function outcomeOf(seed: CatalogerSeed, content: ByteSource): Promise<readonly InventoryRecord[] | string> {
  const catalog = await descriptorOf(seed).load();
  try {
    return await catalog({ path: seed.path, size: content.size, mode: seed.mode ?? 0o644, content });
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

test('no two catalogers share an id, and each has a seed in testkit/seeds.ts', () => {
  expect(byId.size).toBe(catalogers.length);
  expect(new Set(seeds.map(({ cataloger }) => cataloger))).toEqual(new Set(byId.keys()));
});

describe.each(seeds.map((seed) => [`${seed.cataloger}: ${seed.path}`, seed] as const))('%s', (_, seed) => {
  const sound = Buffer.from(seed.content);

  test('a sound file is asked for and recorded, the same each time, in values that a cache can hold', async () => {
    expect(asksFor(descriptorOf(seed), seed.path, seed.mode)).toBe(true);
    const records = await outcomeOf(seed, memorySource(sound));
    if (seed.refused) return expect(records).toBeTypeOf('string');
    expect(records).toBeInstanceOf(Array);
    expect(records).not.toHaveLength(0);
    expect(await outcomeOf(seed, memorySource(sound))).toEqual(records);
    expect(JSON.parse(JSON.stringify(records))).toStrictEqual(records);
  });

  test('a damaged file gives records of bounded size or a coded error', async () => {
    for (const { damage, bytes } of damagedFiles(sound)) {
      const outcome = await outcomeOf(seed, memorySource(bytes)).catch((error: unknown) => {
        throw new Error(`${damage}: not a coded error`, { cause: error });
      });
      expect(JSON.stringify(outcome).length, damage).toBeLessThan(baseSize + maxGrowth * bytes.length);
    }
  });

  test.each([0x00, 0x20, 0x0a, 0x7b, 0xff])(
    'a file that never ends in 0x%i is not read into memory',
    async (filling) => {
      const endless: ByteSource = {
        size: 2 ** 40,
        read(offset, length) {
          if (length > maxPiece) throw new RangeError(`${length} bytes are read at once`);
          const bytes = Buffer.alloc(length, filling);
          if (offset < sound.length) sound.copy(bytes, 0, offset);
          return bytes;
        },
      };
      const outcome = await outcomeOf(seed, endless);
      expect(JSON.stringify(outcome).length).toBeLessThan(baseSize);
    },
  );
});
