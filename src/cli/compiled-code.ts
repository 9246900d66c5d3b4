import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Keeps what Node compiles of the program's files for the next run, in the user's cache directory; NODE_DISABLE_COMPILE_CACHE
 * turns it off. Where nothing can be written there is nothing kept, and nothing else is different.
 */
export function keepCompiledCode(environment: Readonly<Record<string, string | undefined>>): void {
  const home = environment['HOME'] || homedir();
  const usual = process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  process
    .getBuiltinModule('node:module')
    .enableCompileCache(join(environment['XDG_CACHE_HOME'] || usual, 'plimsoll', 'code'));
}
