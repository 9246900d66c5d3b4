import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { pinError } from '../../errors.ts';
import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site, type WrittenText } from '../../site.ts';

/** `image`, and the features by name (devcontainer.json reference; JSON with comments). */
export const findSites: FindSites = (text) => {
  const root = parse(text);
  const image = findNodeAtLocation(root, ['image']);
  const features = findNodeAtLocation(root, ['features'])?.children ?? [];
  return [
    ...textOf(image, text).map((written) => imageSite('image', written)),
    ...features.flatMap((property) => textOf(property.children?.[0], text)).flatMap((key) => featureSite(key, text)),
  ];
};

function parse(text: string): Node {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (root !== undefined && error === undefined) return root;
    throw invalid(
      error === undefined ? 'it is empty' : `${printParseErrorCode(error.error)} at offset ${error.offset}`,
    );
  } catch (error) {
    // Nesting beyond what the stack holds.
    if (error instanceof RangeError) throw invalid('it is nested too deep');
    throw error;
  }
}

function invalid(reason: string): Error {
  return pinError('PIN_FILE_INVALID', { data: { reason } });
}

function textOf(node: Node | undefined, text: string): WrittenText[] {
  if (node?.type !== 'string') return [];
  const span = { start: node.offset + 1, end: node.offset + node.length - 1 };
  const value = String(node.value);
  return value === '' ? [] : [{ value, span, exact: text.slice(span.start, span.end) === value }];
}

/**
 * A feature has a version or a digest, never both (dev container features, "Referencing a feature"): the version goes
 * into a comment behind the name. Those in the repository itself or at a URL are no images.
 */
function featureSite(key: WrittenText, text: string): Site[] {
  if (/^(?:\.{1,2}\/|https?:)/.test(key.value) || !key.value.includes('/')) return [];
  const site = imageSite(`features ${key.value.replace(/[@:][^/]*$/, '')}`, key);
  if (site.subject.kind !== 'image') return [site];
  const behind = key.span.end + 1;
  const comment = /^ \/\* ([\w][\w.-]{0,127}) \*\//.exec(text.slice(behind, behind + 150));
  const tag = comment?.[1];
  const start = tag === undefined ? behind : behind + ' /* '.length;
  const note = {
    span: { start, end: start + (tag?.length ?? 0) },
    lead: ' /* ',
    tail: ' */',
    ...(tag !== undefined && { tag }),
  };
  return [{ ...site, subject: { ...site.subject, form: { kind: 'instead', note } } }];
}
