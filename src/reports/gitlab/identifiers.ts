import type { Finding } from '../../core/index.ts';

interface Identifier {
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly url?: string;
}

/** The vulnerability's own identifier, by which reports are compared, then its weaknesses. */
export function toIdentifiers({ id, primaryUrl, cweIds = [] }: Finding): Identifier[] {
  const name = id || 'unknown';
  return [
    { type: typeOf(name), name, value: name, ...addressOf(primaryUrl) },
    ...cweIds.flatMap((weakness) => {
      const [, value] = /^CWE-(\d+)$/.exec(weakness) ?? [];
      if (value === undefined) return [];
      return [{ type: 'cwe', name: weakness, value, url: `https://cwe.mitre.org/data/definitions/${value}.html` }];
    }),
  ];
}

/** The first word of text, when it is the address of a page. */
export function webAddress(text: string): string | undefined {
  const [address = ''] = text.trim().split(/\s/);
  return /^(?:https?|ftp):\/\/./.test(address) ? address : undefined;
}

/** Trivy's template calls all of them `cve`. */
function typeOf(id: string): string {
  const [, prefix = 'cve'] = /^([A-Za-z]+)-/.exec(id) ?? [];
  return prefix.toLowerCase();
}

function addressOf(primaryUrl = ''): { readonly url?: string } {
  const url = webAddress(primaryUrl);
  return url === undefined ? {} : { url };
}
