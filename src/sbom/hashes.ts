import type { Hash } from './model.ts';

/** Algorithms by our name: as CycloneDX and as SPDX 2.3 write them, and how many hexadecimal digits a value has. */
const algorithms: Readonly<
  Record<string, { readonly cyclonedx?: string; readonly spdx?: string; readonly digits: number }>
> = {
  md5: { cyclonedx: 'MD5', spdx: 'MD5', digits: 32 },
  sha1: { cyclonedx: 'SHA-1', spdx: 'SHA1', digits: 40 },
  sha224: { spdx: 'SHA224', digits: 56 },
  sha256: { cyclonedx: 'SHA-256', spdx: 'SHA256', digits: 64 },
  sha384: { cyclonedx: 'SHA-384', spdx: 'SHA384', digits: 96 },
  sha512: { cyclonedx: 'SHA-512', spdx: 'SHA512', digits: 128 },
  'sha3-256': { cyclonedx: 'SHA3-256', spdx: 'SHA3-256', digits: 64 },
  'sha3-384': { cyclonedx: 'SHA3-384', spdx: 'SHA3-384', digits: 96 },
  'sha3-512': { cyclonedx: 'SHA3-512', spdx: 'SHA3-512', digits: 128 },
  'blake2b-256': { cyclonedx: 'BLAKE2b-256', spdx: 'BLAKE2b-256', digits: 64 },
  'blake2b-384': { cyclonedx: 'BLAKE2b-384', spdx: 'BLAKE2b-384', digits: 96 },
  'blake2b-512': { cyclonedx: 'BLAKE2b-512', spdx: 'BLAKE2b-512', digits: 128 },
  blake3: { cyclonedx: 'BLAKE3', spdx: 'BLAKE3', digits: 64 },
};

const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(algorithms).flatMap(([id, { cyclonedx, spdx }]) =>
    [cyclonedx, spdx].flatMap((name) => (name === undefined ? [] : [[name, id] as const])),
  ),
);

/** The hash as `standard` writes it; undefined for what it has no name for, and for what is no such hash. */
export function writeHash(
  { algorithm, value }: Hash,
  standard: 'cyclonedx' | 'spdx',
): { readonly algorithm: string; readonly value: string } | undefined {
  const known = algorithms[algorithm];
  const name = known?.[standard];
  if (known === undefined || name === undefined || !/^[0-9a-f]+$/i.test(value)) return undefined;
  return value.length === known.digits ? { algorithm: name, value: value.toLowerCase() } : undefined;
}

/** A hash from the name either standard has for its algorithm; names of neither are kept in lower case. */
export function readHash(algorithm: string | undefined, value: string | undefined): Hash[] {
  if (algorithm === undefined || value === undefined) return [];
  return [{ algorithm: byName.get(algorithm) ?? algorithm.toLowerCase(), value: value.toLowerCase() }];
}
