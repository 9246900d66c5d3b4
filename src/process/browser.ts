import { spawn } from 'node:child_process';

export interface BrowserOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** As node names it. */
  readonly platform: string;
}

/** A program that is still there after this many milliseconds shows the page. */
const patience = 2000;

/** Opens an address of http or https in the browser of the person at this machine; false when there is none. */
export async function openBrowser(url: string, { environment, platform }: BrowserOptions): Promise<boolean> {
  if (!/^https?:\/\//.test(url)) return false;
  for (const [program, ...words] of openersOf(environment, platform)) {
    if (await start(program, [...words, url], environment)) return true;
  }
  return false;
}

type Opener = readonly [string, ...string[]];

/** The program that the person has chosen, then that of the system. */
function openersOf(environment: BrowserOptions['environment'], platform: string): Opener[] {
  const chosen = environment['BROWSER'];
  return [...(chosen ? [[chosen] as const] : []), systemOpeners[platform] ?? ['xdg-open']];
}

const systemOpeners: Readonly<Record<string, Opener>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

function start(
  program: string,
  words: readonly string[],
  environment: BrowserOptions['environment'],
): Promise<boolean> {
  return new Promise((resolve) => {
    const env = environment as NodeJS.ProcessEnv;
    const child = spawn(program, [...words], { env, stdio: 'ignore', detached: true, shell: false });
    const timer = setTimeout(() => resolve(true), patience);
    const end = (isOpened: boolean): void => {
      clearTimeout(timer);
      resolve(isOpened);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
    child.unref();
  });
}
