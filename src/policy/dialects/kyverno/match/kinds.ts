import type { ObjectName } from '../../../model/request.ts';
import { matchesWildcard } from '../../../patterns/wildcard.ts';

interface KindSelector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly subResource: string;
}

const versionWord = /^(v\d+((alpha|beta)\d+)?|\*)$/;

/** Whether an entry of `kinds` names the kind: `Pod`, `v1/Pod`, `apps/v1/Deployment`, `Pod/exec`, with wildcards. */
export function matchesKind(entry: string, { group, version, kind }: ObjectName, subResource: string): boolean {
  const wanted = parseKind(entry);
  if (!matchesWildcard(wanted.group, group) || !matchesWildcard(wanted.version, version)) return false;
  if (!matchesWildcard(wanted.kind, kind)) return false;
  // Whoever asks for pods asks for containers that are added to running ones too.
  const isEphemeral = kind === 'Pod' && subResource === 'ephemeralcontainers' && wanted.subResource === '';
  return isEphemeral || matchesWildcard(wanted.subResource, subResource);
}

function parseKind(entry: string): KindSelector {
  const parts = entry.split('/');
  const [first = '', second = ''] = parts;
  const versionAt = parts.length > 1 ? parts.findIndex((part) => versionWord.test(part)) : -1;
  if (parts.length === 1) return { group: '*', version: '*', ...withSubResource(first, '') };
  if (versionAt === 0 && !(parts.length === 2 && first === '*' && second === '*')) {
    // `*/Pod` is any version of any group.
    const group = first === '*' ? '*' : '';
    return { group, version: first, ...withSubResource(second, parts[2] ?? '') };
  }
  if (versionAt === 1 && parts.length > 2) {
    return { group: first, version: second, ...withSubResource(parts[2] ?? '', parts[3] ?? '') };
  }
  return { group: '*', version: '*', kind: first, subResource: second };
}

function withSubResource(kind: string, subResource: string): Pick<KindSelector, 'kind' | 'subResource'> {
  const dot = kind.indexOf('.');
  if (subResource !== '' || dot < 0) return { kind, subResource };
  return { kind: kind.slice(0, dot), subResource: kind.slice(dot + 1) };
}
