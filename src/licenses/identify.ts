import { once } from '../kit/memoize.ts';
import { findSpdxIdentifier } from './normalize.ts';
import { licenseUrls } from './url/data.ts';

/** The SPDX identifier that a text is, or that the URL of a licence stands for; undefined when it is neither. */
export function identifyLicense(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > maxLength) return undefined;
  const address = /^https?:\/\/(?:www\.)?(.+)$/i.exec(trimmed)?.[1];
  return address === undefined ? findSpdxIdentifier(trimmed) : byAddress(address.toLowerCase());
}

const maxLength = 300;

/** Sites that name their pages by the identifier need no table. */
function byAddress(address: string): string | undefined {
  const bare = address.replace(/\/$/, '');
  const plain = bare.replace(/\.(?:txt|html|json)$/, '');
  const page = /^(?:opensource|spdx)\.org\/licenses\/([^/]+)$/.exec(plain)?.[1];
  return addresses().get(bare) ?? addresses().get(plain) ?? (page === undefined ? undefined : findSpdxIdentifier(page));
}

const addresses = once((): ReadonlyMap<string, string> => new Map(Object.entries(licenseUrls)));
