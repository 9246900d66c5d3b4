import type { PolicyConverter } from '../../convert/portable.ts';
import { readPortable } from './convert-read.ts';
import { writePortable } from './convert-write.ts';

export const converter: PolicyConverter = {
  read: (documents) => documents.flatMap(readPortable),
  write: writePortable,
};
