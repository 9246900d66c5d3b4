import { isAppError } from '../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';
import { isWithin, readValidity, type Validity } from '../validity.ts';

/** Which services sign: a SigningConfig of version 0.2 (sigstore_trustroot.proto). */
export interface SigningConfig {
  readonly certificateAuthorities: readonly SigningService[];
  readonly identityProviders: readonly SigningService[];
  readonly logs: readonly SigningService[];
  readonly timestampAuthorities: readonly SigningService[];
  readonly logSelection: Selection;
  readonly timestampSelection: Selection;
}

export interface SigningService {
  readonly url: string;
  readonly majorVersion: number;
  readonly validity: Validity;
  readonly operator: string;
}

/** How many of the services are used: one, all, or exactly so many. */
export type Selection = { readonly mode: 'any' | 'all' } | { readonly mode: 'exact'; readonly count: number };

const maxSize = 2 ** 20;
const maxServices = 256;
const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';

/** @throws TRUST_SIGNING_CONFIG_INVALID, KIT_TEXT_TOO_LONG */
export function parseSigningConfig(json: Uint8Array | string): SigningConfig {
  try {
    return readSigningConfig(new ProtoFields(parseBoundedJson(json, maxSize)));
  } catch (error) {
    if (isAppError(error, 'KIT_JSON_INVALID')) throw invalid(error.message);
    throw error;
  }
}

function readSigningConfig(fields: ProtoFields): SigningConfig {
  const type = fields.text('mediaType') ?? '';
  if (type !== mediaType) throw invalid(`it has the media type "${type}"`);
  const services = (name: string): SigningService[] => fields.list(name, maxServices).map(readService);
  return {
    certificateAuthorities: services('caUrls'),
    identityProviders: services('oidcUrls'),
    logs: services('rekorTlogUrls'),
    timestampAuthorities: services('tsaUrls'),
    logSelection: readSelection(fields.fields('rekorTlogConfig')),
    timestampSelection: readSelection(fields.fields('tsaConfig')),
  };
}

function readService(fields: ProtoFields): SigningService {
  const url = fields.require('url', fields.text('url'));
  if (!URL.canParse(url)) throw invalid(`${fields.at('url')} is no address`);
  return {
    url,
    majorVersion: fields.integer('majorApiVersion') ?? 0,
    validity: readValidity(fields.fields('validFor')),
    operator: fields.text('operator') ?? '',
  };
}

function readSelection(fields: ProtoFields | undefined): Selection {
  const selector = fields?.raw('selector') ?? 'ANY';
  if (selector === 'ALL' || selector === 1) return { mode: 'all' };
  if (selector === 'ANY' || selector === 2 || selector === 'UNDEFINED') return { mode: 'any' };
  const count = fields?.integer('count') ?? 0;
  if ((selector !== 'EXACT' && selector !== 3) || count === 0) throw invalid('a selector is not known');
  return { mode: 'exact', count };
}

/**
 * The services to use at `time`: those of the highest of `versions` that any has, the newest of each operator, as many
 * as the selection says; `pick` chooses one of several that are as good. @throws TRUST_SERVICE_MISSING
 */
export function selectServices(
  services: readonly SigningService[],
  selection: Selection,
  options: {
    readonly what: string;
    readonly versions: readonly number[];
    readonly time: Date;
    readonly pick: (count: number) => number;
  },
): SigningService[] {
  const { what, versions, time, pick } = options;
  const usable = services.filter(
    ({ validity, majorVersion }) => isWithin(validity, time) && versions.includes(majorVersion),
  );
  const version = Math.max(...usable.map(({ majorVersion }) => majorVersion));
  const newest = newestOfEach(usable.filter(({ majorVersion }) => majorVersion === version));
  const wanted = selection.mode === 'exact' ? selection.count : 1;
  if (newest.length < wanted) {
    throw trustError('TRUST_SERVICE_MISSING', { data: { what, found: newest.length, wanted } });
  }
  if (selection.mode === 'all') return newest;
  if (selection.mode === 'exact') return newest.slice(0, wanted);
  const chosen = newest[pick(newest.length)];
  return chosen === undefined ? [] : [chosen];
}

function newestOfEach(services: readonly SigningService[]): SigningService[] {
  const start = ({ validity }: SigningService): number => validity.start?.getTime() ?? 0;
  const newest = new Map<string, SigningService>();
  for (const service of services.toSorted((a, b) => start(b) - start(a))) {
    if (!newest.has(service.operator)) newest.set(service.operator, service);
  }
  return [...newest.values()];
}

function invalid(reason: string): Error {
  return trustError('TRUST_SIGNING_CONFIG_INVALID', { data: { reason } });
}
