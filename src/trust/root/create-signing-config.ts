import { parseSpec, type SpecKind, specInvalid, toMoment, toWindow } from './spec.ts';

/** What a signing configuration is made of: specifications as the command line gives them. */
export interface SigningConfigParts {
  /** A signing configuration, of whose services those count that are not given here. */
  readonly base?: unknown;
  readonly authorities?: readonly string[];
  readonly providers?: readonly string[];
  readonly logs?: readonly string[];
  readonly timestamps?: readonly string[];
  /** ANY, ALL or EXACT:COUNT. */
  readonly logSelection?: string;
  readonly timestampSelection?: string;
}

const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';

/** A signing configuration of version 0.2 as JSON (sigstore_trustroot.proto, SigningConfig). @throws TRUST_SPEC_INVALID */
export function createSigningConfig(parts: SigningConfigParts): string {
  const { authorities = [], providers = [], logs = [], timestamps = [], logSelection, timestampSelection } = parts;
  if (logs.length > 0 && !logSelection) throw specInvalid('--rekor-config must be provided when --rekor is specified');
  if (timestamps.length > 0 && !timestampSelection) {
    throw specInvalid('--tsa-config must be provided when --tsa is specified');
  }
  const base = (parts.base ?? {}) as Record<string, unknown>;
  const services = (name: string, flag: string, specs: readonly string[]): object => {
    const kept = Array.isArray(base[name]) ? (base[name] as unknown[]) : [];
    const all = specs.length > 0 ? specs.map((spec) => toService(spec, flag)) : kept;
    return all.length === 0 ? {} : { [name]: all };
  };
  return JSON.stringify({
    mediaType,
    ...services('caUrls', 'fulcio', authorities),
    ...services('oidcUrls', 'oidc-provider', providers),
    ...services('rekorTlogUrls', 'rekor', logs),
    rekorTlogConfig: toSelection(logSelection, 'rekor-config') ?? base['rekorTlogConfig'] ?? {},
    ...services('tsaUrls', 'tsa', timestamps),
    tsaConfig: toSelection(timestampSelection, 'tsa-config') ?? base['tsaConfig'] ?? {},
  });
}

const required = ['url', 'api-version', 'start-time', 'operator'];

function toService(text: string, flag: string): object {
  const kind: SpecKind = { flag, service: 'service', required, missing: 'missing' };
  const { url, operator, 'api-version': version = '', ...times } = parseSpec(text, kind);
  if (!/^\d{1,9}$/.test(version)) throw specInvalid(`parsing ${flag} spec: parsing api-version: "${version}"`);
  const start = toMoment(times['start-time'], flag, 'start-time');
  const end = toMoment(times['end-time'], flag, 'end-time');
  return { url, majorApiVersion: Number(version), validFor: toWindow(start, end), operator };
}

function toSelection(text: string | undefined, flag: string): object | undefined {
  if (text === undefined || text === '') return undefined;
  const [word = '', count] = text.split(/:(.*)/s);
  const selector = word.toUpperCase();
  const fail = (reason: string): Error => specInvalid(`parsing ${flag}: ${reason}`);
  if (selector === 'ANY' || selector === 'ALL') {
    if (count !== undefined) throw fail(`mode ${selector} does not accept a count`);
    return { selector };
  }
  if (selector !== 'EXACT') throw fail(`invalid service config mode: ${selector}`);
  if (count === undefined) throw fail('mode EXACT requires a count, e.g. EXACT:2');
  if (!/^\d{1,9}$/.test(count)) throw fail(`invalid count for EXACT mode: ${count}`);
  return { selector, count: Number(count) };
}
