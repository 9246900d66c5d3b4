/** Bytes of the largest document that is read. */
export const maxSbomSize: number = 256 * 2 ** 20;
