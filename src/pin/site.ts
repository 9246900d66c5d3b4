/** A range of a text, in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a file that names an image or an action. */
export interface Site {
  /** What it is for people: `FROM`, `services.web.image`. */
  readonly what: string;
  /** The part that a name or tag stands in; messages point at it. */
  readonly span: Span;
  readonly subject: Subject;
}

export type Subject = ImageSubject | ActionSubject | OpenSubject;

export interface ImageSubject {
  readonly kind: 'image';
  /** The whole reference that the file means, even where it is spread over several values. */
  readonly reference: string;
  readonly form: DigestForm;
}

/**
 * How a digest is written: behind the reference or the tag at the site, alone at a place of its own, or instead of the
 * tag, which then goes into a comment at `note`.
 */
export type DigestForm =
  | { readonly kind: 'append'; readonly to: 'reference' | 'tag' }
  | { readonly kind: 'field'; readonly span: Span; readonly lead: string }
  | { readonly kind: 'instead'; readonly note: Note };

/** `owner/repository[/path]@revision` of a workflow; the site's span is the revision. */
export interface ActionSubject {
  readonly kind: 'action';
  /** `owner/repository`. */
  readonly repository: string;
  readonly revision: string;
  readonly note: Note;
}

/** A comment that keeps the tag for people and for later updates. */
export interface Note {
  /** The tag in the comment, or where one is put in. */
  readonly span: Span;
  /** What the comment says now. */
  readonly tag?: string;
  /** Written around a tag that is put in. */
  readonly lead: string;
  readonly tail: string;
}

/** Names something that this file does not decide, or not in a way that can be rewritten. */
export interface OpenSubject {
  readonly kind: 'open';
  readonly text: string;
  readonly reason: string;
  /** True when another file decides it, which is judged by itself. */
  readonly elsewhere?: true;
}

/** A value as it stands in a file. */
export interface WrittenText {
  readonly value: string;
  /** Without quotes. */
  readonly span: Span;
  /** True when the file has the value letter by letter, without escapes or folded lines. */
  readonly exact: boolean;
  /** What has to stand before something that is put in where nothing is written. */
  readonly lead?: string;
}

/** A site whose value is a whole image reference. */
export function imageSite(what: string, { value, span, exact }: WrittenText): Site {
  const open = openReason(value, exact);
  if (open !== undefined) return openSite(what, { value, span, exact }, open);
  return { what, span, subject: { kind: 'image', reference: value, form: { kind: 'append', to: 'reference' } } };
}

/** A site that cannot be pinned. */
export function openSite(what: string, { value, span }: WrittenText, reason: string): Site {
  return { what, span, subject: { kind: 'open', text: value, reason } };
}

/** Why a value cannot be rewritten, if so. */
export function openReason(value: string, exact: boolean): string | undefined {
  if (value.includes('${{')) return 'an expression decides it';
  if (/\{\{|\{%|<%/.test(value)) return 'a template decides it';
  if (/\$|%\w+%/.test(value)) return 'a variable decides it';
  return exact ? undefined : 'it is written with escapes or over several lines';
}

/** The part of a value behind `prefix`; undefined when it does not begin so. */
export function withoutPrefix({ value, span, exact }: WrittenText, prefix: string): WrittenText | undefined {
  if (!value.startsWith(prefix)) return undefined;
  return { value: value.slice(prefix.length), span: { start: span.start + prefix.length, end: span.end }, exact };
}
