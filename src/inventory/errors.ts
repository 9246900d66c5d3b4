import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const inventoryErrors = {
  INVENTORY_FILE_TOO_LARGE: {
    message: '{path} has {size} bytes, more than the {limit} that are read of one file',
    hint: 'Raise --max-file-size if you trust the image.',
  },
  INVENTORY_PATH_ESCAPES: {
    message: 'The entry {path} points outside the root file system',
    hint: 'No tool that builds images writes such names; treat the image as hostile.',
  },
  INVENTORY_LINK_UNRESOLVED: {
    message: 'The hard link {path} points to {target}, which its layer does not hold',
    hint: 'The layer is damaged or was written by a faulty tool; build the image again.',
  },
} as const;

export function inventoryError(code: keyof typeof inventoryErrors, details?: ErrorDetails): AppError {
  return makeError(inventoryErrors, code, details);
}
