import { callError } from '../position.ts';

/** Characters that one call may make, and items. */
const maxLength = 2 ** 24;
const maxItems = 1_000_000;

/** A count that makes text longer, checked before the text is made. @throws CODEC_TEMPLATE_CALL */
export function boundedLength(length: number): void {
  if (!(length <= maxLength)) throw callError(`makes more than ${maxLength} characters`);
}

/** @throws CODEC_TEMPLATE_CALL */
export function boundedItems(count: number): void {
  if (!(count <= maxItems)) throw callError(`makes more than ${maxItems} items`);
}
