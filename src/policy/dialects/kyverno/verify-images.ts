import type { Compat } from '../../compat.ts';
import type { PolicyImage } from '../../images/name.ts';
import type { Fields } from '../../model/fields.ts';
import type { ImageDemand, PolicyNote, Requirement } from '../../model/policy.ts';
import { readAttestations } from './attestations.ts';
import { type ImageType, readAttestors } from './attestors.ts';
import { readDenial } from './denial.ts';
import { isExcepted, isNamed } from './image-names.ts';

/** One entry of `verifyImages`. */
export interface ImageEntry {
  readonly failureAction?: 'Audit' | 'Enforce';
  /** Whether it demands a signature or an attestation. */
  readonly verifies: boolean;
  /** Whether images that it names must be verified, by this entry or another of the rule. */
  readonly required: boolean;
  /** What it demands of an image; undefined when it does not name it. */
  readonly demandOf: (image: PolicyImage) => ImageDemand | undefined;
  readonly notes: readonly PolicyNote[];
}

/** Fields that older policies have in place of attestors. */
const deprecated = ['key', 'issuer', 'subject', 'roots', 'annotations', 'additionalExtensions'] as const;

/** Reads an entry with the defaults of Kyverno's CRD. @throws POLICY_INVALID, POLICY_KEY_* */
export function readImageEntry(fields: Fields, compat: Compat): ImageEntry {
  const image = fields.text('image');
  const references = [...fields.texts('imageReferences'), ...(image ? [image] : [])];
  const skipped = fields.texts('skipImageReferences');
  const failureAction = fields.choice('failureAction', ['Audit', 'Enforce']);
  if (references.length === 0) throw fields.invalid('imageReferences', 'is empty');
  const demand: ImageDemand = {
    at: fields.path,
    requirement: compat('kyverno.nameless-certificate') ? lenient(readRequirement(fields)) : readRequirement(fields),
    pins: fields.boolean('mutateDigest', true),
    needsDigest: fields.boolean('verifyDigest', true),
  };
  fields.boolean('useCache', true);
  return {
    ...(failureAction !== undefined && { failureAction }),
    verifies: fields.list('attestations').length + withDeprecated(fields).list('attestors').length > 0,
    required: fields.boolean('required', true),
    notes: notesOf(fields),
    demandOf: (found) => {
      const isMeant = compat('kyverno.tag-dropped') ? isExcepted : isNamed;
      if (!isMeant(found, references)) return undefined;
      if (!isExcepted(found, skipped)) return demand;
      return { ...demand, skip: `${found.text} is among the images to skip` };
    },
  };
}

function readRequirement(fields: Fields): Requirement {
  const type = typeOf(fields);
  const attestors = readAttestors(withDeprecated(fields), type);
  const attestations = readAttestations(fields, type);
  const own = inRepository([attestors, ...attestations], fields.text('repository'));
  return { kind: 'group', at: fields.path, parts: [...own, ...readDenial(fields, attestations)] };
}

function typeOf(fields: Fields): ImageType {
  const type = fields.choice('type', ['Cosign', 'SigstoreBundle', 'Notary']) ?? 'Cosign';
  if (type === 'Notary') throw fields.invalid('type', 'is Notary, whose signatures cannot be verified');
  return type;
}

/** What older policies say in fields of the entry becomes one more attestor. */
function withDeprecated(fields: Fields): Fields {
  const [key, issuer, subject, roots] = ['key', 'issuer', 'subject', 'roots'].map(
    (name) => fields.text(name) || undefined,
  );
  if (key === undefined && issuer === undefined && subject === undefined && roots === undefined) return fields;
  const annotations = fields.textMap('annotations');
  const additionalExtensions = fields.textMap('additionalExtensions');
  const keyless = { issuer, subject, roots, additionalExtensions };
  const entry = key === undefined ? { keyless, annotations } : { keys: { publicKeys: key }, annotations };
  return fields.with('attestors', [...fields.list('attestors'), { entries: [entry] }]);
}

/** Signers as Kyverno takes them, also from a certificate that names nobody. */
function lenient(part: Requirement): Requirement {
  if (part.kind === 'group') return { ...part, parts: part.parts.map(lenient) };
  if (part.kind === 'attestation') return { ...part, by: lenient(part.by) };
  if (part.kind !== 'signature' || part.signer === undefined) return part;
  return { ...part, signer: { ...part.signer, takesNameless: true } };
}

/** The repository of an entry holds where an attestor names none. */
function inRepository(parts: readonly Requirement[], repository: string | undefined): Requirement[] {
  if (!repository) return [...parts];
  return parts.map((part): Requirement => {
    if (part.kind === 'group') return { ...part, parts: inRepository(part.parts, repository) };
    if (part.kind === 'attestation') return { ...part, by: inRepository([part.by], repository)[0] ?? part.by };
    return part.kind === 'signature' ? { repository, ...part } : part;
  });
}

function notesOf(fields: Fields): PolicyNote[] {
  const notes: PolicyNote[] = deprecated
    .filter((name) => fields.has(name))
    .map((name) => ({ level: 'warning', at: fields.at(name), message: 'is deprecated; use attestors' }));
  for (const [index, item] of fields.items('attestations').entries()) {
    if (item.list('attestors').length > 0) continue;
    const message = 'has no attestors, so that anyone with a certificate may have made it';
    notes.push({ level: 'warning', at: fields.at(`attestations[${index}]`), message });
  }
  if (fields.has('imageRegistryCredentials')) {
    const message = 'is not used; logins come from the configuration of this program';
    notes.push({ level: 'ignored', at: fields.at('imageRegistryCredentials'), message });
  }
  return notes;
}

/** What the entries of a rule demand of an image. One that only asks for a digest leaves the image unverified. */
export function demandsOf(entries: readonly ImageEntry[], image: PolicyImage): ImageDemand[] {
  const found = entries.flatMap(({ demandOf, verifies, required }) => {
    const demand = demandOf(image);
    return demand === undefined ? [] : [{ demand, verifies, required }];
  });
  const isVerified = found.some(({ verifies, demand }) => verifies || demand.skip !== undefined);
  return found.map(({ demand, required }) => (required && !isVerified ? unverified(demand, image) : demand));
}

function unverified(demand: ImageDemand, { text }: PolicyImage): ImageDemand {
  const message = `unverified image ${text}`;
  return { ...demand, requirement: { kind: 'static', at: demand.at, holds: false, message } };
}
