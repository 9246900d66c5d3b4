/** The version of package.json, which a test compares; a constant costs no file to read. */
export const programVersion = '0.1.0';
