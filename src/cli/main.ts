import { keepCompiledCode } from './compiled-code.ts';
import { programVersion } from './version.ts';

const [only, ...rest] = process.argv.slice(2);

// Asked often by other programs, and answered without loading anything.
if (rest.length === 0 && (only === '--version' || only === '-v')) {
  process.stdout.write(`Version: ${programVersion}\n`);
} else {
  keepCompiledCode(process.env);
  const { runProcess } = await import('./run.ts');
  // Everything is written; what may still be open, such as an idle connection, must not delay the end.
  process.exit(await runProcess());
}
