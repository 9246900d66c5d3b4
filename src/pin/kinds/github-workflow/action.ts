import { isCommit } from '../../commit.ts';
import { type Note, openReason, openSite, type Site, type WrittenText } from '../../site.ts';

/** `owner/repository[/path]@revision`. */
const action = /^([\w.-]+\/[\w.-]+)(?:\/[^@\s]+)?@([^\s@]+)$/;
/** A longer comment is cut, which changes nothing: its tag comes first. */
const maxRest = 1000;
/** What may stand behind a value in its line: its closing quote and a comment, which may begin with a version. */
const rest = /^["']?[ \t]*(?:#[ \t]*(?:tag=)?(v?\d[\w.+/-]*|[\w.+/-]+(?=[ \t]*(?:\r?\n|$)))?[^\n]*)?(?:\r?\n|$)/d;

/** An action or reusable workflow by tag, branch or commit; the tag of a commit is kept in the comment of its line. */
export function actionSite(what: string, written: WrittenText, text: string): Site {
  const { value, span, exact } = written;
  const open = openReason(value, exact);
  if (open !== undefined) return openSite(what, written, open);
  if (/^https?:/.test(value)) return openSite(what, written, 'an action by its URL is not looked up');
  const found = action.exec(value);
  if (found === null) return openSite(what, written, 'it names no version (owner/repository@version)');
  const [, repository = '', revision = ''] = found;
  const pinned = isCommit(revision);
  const note = findNote(text, span.end, pinned) ?? (pinned ? noNote : undefined);
  if (note === undefined) return openSite(what, written, 'there is no room for a comment with the tag in its line');
  return {
    what,
    span: { start: span.end - revision.length, end: span.end },
    subject: { kind: 'action', repository, revision, note },
  };
}

/** A commit that stands where no comment can follow. */
const noNote: Note = { span: { start: 0, end: 0 }, lead: '', tail: '' };

/** Where the tag is or goes; undefined when more than a comment follows in the line. */
function findNote(text: string, end: number, pinned: boolean): Note | undefined {
  const tail = text.slice(end, end + maxRest);
  const found = rest.exec(tail);
  if (found === null) return undefined;
  const tag = pinned ? found[1] : undefined;
  const range = found.indices?.[1];
  if (tag !== undefined && range !== undefined) {
    return { span: { start: end + range[0], end: end + range[1] }, tag, lead: '', tail: '' };
  }
  const at = end + (/^["']/.test(tail) ? 1 : 0);
  return { span: { start: at, end: at }, lead: ' # ', tail: '' };
}
