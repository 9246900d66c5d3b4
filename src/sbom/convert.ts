import type { MergeOptions } from './merge.ts';
import type { Bom, DecodedBom } from './model.ts';

/** An SBOM under a new identity, to be written in another format; vulnerabilities are not carried along. */
export function convertBom(bom: DecodedBom, { id, created, tool }: Omit<MergeOptions, 'name'>): Bom {
  const { document, subject, components, relations } = bom;
  const { namespace: _, ...told } = document;
  return {
    document: { ...told, id, created: `${created.toISOString().slice(0, 19)}Z`, tools: [...document.tools, tool] },
    ...(subject !== undefined && { subject }),
    components,
    relations,
    vulnerabilities: [],
  };
}
