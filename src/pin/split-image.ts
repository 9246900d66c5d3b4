import { type DigestForm, openReason, openSite, type Site, type WrittenText } from './site.ts';
import type { YamlValue } from './yaml.ts';

/** An image whose reference is spread over several values. */
export interface SplitImage {
  /** Registry and repository, or one of both. */
  readonly names: readonly WrittenText[];
  readonly tag: YamlValue;
  readonly digest: YamlValue;
}

/** The site of a spread reference: the digest goes where there is a place for it, else behind the tag. */
export function splitImageSite(what: string, { names, tag, digest }: SplitImage): Site[] {
  const name = names.map(({ value }) => value).join('/');
  const place = digest.written;
  const said = [...names, ...[tag.filled, place].filter((text) => text !== undefined)];
  const at = tag.filled ?? digest.filled ?? names.at(-1);
  if (at === undefined) return [];
  const open = said.map(({ value, exact }) => openReason(value, exact)).find((reason) => reason !== undefined);
  const tagText = tag.filled === undefined ? '' : `:${tag.filled.value}`;
  const digestText = digest.filled === undefined ? '' : `@${digest.filled.value}`;
  const reference = `${name}${tagText}${digestText}`;
  if (open !== undefined) return [openSite(what, { ...at, value: reference }, open)];
  if (tag.filled === undefined && digest.filled === undefined) {
    return [openSite(what, { ...at, value: reference }, 'no tag is written; the chart decides it')];
  }
  const behindTag = place === undefined || tag.filled?.value.includes('@') === true;
  if ((behindTag ? tag : digest).isShared) {
    return [openSite(what, { ...at, value: reference }, 'an anchor shares its tag or digest with other places')];
  }
  const form: DigestForm = behindTag ? { kind: 'append', to: 'tag' } : fieldForm(place);
  return [{ what, span: at.span, subject: { kind: 'image', reference, form } }];
}

function fieldForm({ span, lead = '' }: WrittenText): DigestForm {
  return { kind: 'field', span, lead };
}
