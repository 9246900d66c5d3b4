/** The version of package.json, which a test compares; a constant costs no file to read. */
export const programVersion = '0.1.0';

/** Set by the bundler. */
declare const PLIMSOLL_BUILD: string;

/** Digest of the sources of the bundled program; undefined where it runs from sources, which may change unnoticed. */
export const programBuild: string | undefined = typeof PLIMSOLL_BUILD === 'undefined' ? undefined : PLIMSOLL_BUILD;
