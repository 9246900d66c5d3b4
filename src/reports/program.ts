import type { RenderOptions } from './report.ts';

/** The program whose report it is to be. */
export interface Program {
  /** In lower case. */
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** Package URL with the version. */
  readonly purl: string;
  /** A page about it, or else its package URL. */
  readonly url: string;
  readonly version: string;
}

export function programOf({ dialect, programVersion: version }: RenderOptions): Program {
  if (dialect === 'plimsoll') {
    const url = 'pkg:npm/plimsoll';
    return { id: 'plimsoll', name: 'Plimsoll', vendor: 'Plimsoll', purl: `${url}@${version}`, url, version };
  }
  return {
    id: 'trivy',
    name: 'Trivy',
    vendor: 'Aqua Security',
    purl: `pkg:github/aquasecurity/trivy@${version}`,
    url: 'https://github.com/aquasecurity/trivy',
    version,
  };
}
