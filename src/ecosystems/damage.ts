import { type AppError, type InventoryRecord, isAppError, type Package } from '../core/index.ts';

/**
 * Keeps the errors of a package database of which a part can be read: what is sound is recorded, what is not is noted,
 * so that neither the findings of the one nor the silence about the other is lost.
 */
export class Damage {
  #first: AppError | undefined;
  #count = 0;

  /** Runs a step that reads one package; undefined when it throws a coded error, which is kept. */
  readonly attempt = <T>(step: () => T): T | undefined => {
    try {
      return step();
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.add(error);
      return undefined;
    }
  };

  readonly add = (error: AppError): void => {
    this.#first ??= error;
    this.#count++;
  };

  /** A record of the packages, and one of what was left out. @throws the first error when there are no packages */
  toRecords(type: string, packages: readonly Package[]): InventoryRecord[] {
    const error = this.#first;
    if (error !== undefined && packages.length === 0) throw error;
    const record: InventoryRecord = { kind: 'packages', type, packages };
    return error === undefined ? [record] : [record, this.#toNote(error)];
  }

  #toNote(error: AppError): InventoryRecord {
    return {
      kind: 'coverage',
      note: {
        effect: 'incomplete',
        code: 'file-unreadable',
        message: `Read in part: ${error.message}`,
        data: { cause: error.code, errors: this.#count },
      },
    };
  }
}
