import type { Digest } from '../core/index.ts';
import type { ActionSubject, ImageSubject, Note, Site, Span } from './site.ts';

/** One range of a text to be written anew. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Writes ranges anew and leaves everything between them as it is. The ranges do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

export interface ImagePin {
  readonly digest: Digest;
  /** The tag that was resolved, which is written where none was. */
  readonly tag: string;
}

/** What pins an image at its site. `text` is the whole file. */
export function imageEdits(site: Site, { form }: ImageSubject, { digest, tag }: ImagePin, text: string): Edit[] {
  const { span } = site;
  switch (form.kind) {
    case 'field':
      return [{ span: form.span, text: form.lead + digest }];
    case 'append': {
      const named = text.slice(span.start, span.end).replace(/@.*$/s, '');
      const isTagged = form.to === 'tag' || /:[^/]*$/.test(named);
      return [{ span, text: `${isTagged ? named : `${named}:${tag}`}@${digest}` }];
    }
    case 'instead': {
      const name = text.slice(span.start, span.end).replace(/[@:][^/]*$/, '');
      return [{ span, text: `${name}@${digest}` }, ...noteEdits(form.note, tag)];
    }
  }
}

/** A commit in place of a tag, which goes into the comment. */
export function actionEdits({ span }: Site, { note }: ActionSubject, commit: string, tag: string): Edit[] {
  return [{ span, text: commit }, ...noteEdits(note, tag)];
}

function noteEdits(note: Note, tag: string): Edit[] {
  if (note.tag === undefined) return [{ span: note.span, text: note.lead + tag + note.tail }];
  return note.tag === tag ? [] : [{ span: note.span, text: tag }];
}
