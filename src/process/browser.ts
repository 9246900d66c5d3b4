import { spawn } from 'node:child_process';

export interface BrowserOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** As node names it. */
  readonly platform: string;
}

/** A program that is still there after this many milliseconds shows the page. */
const patience = 2000;

/** Opens an address of http or https in the browser of the person at this machine; false when there is none. */
export function openBrowser(url: string, { environment, platform }: BrowserOptions): Promise<boolean> {
  if (!/^https?:\/\//.test(url)) return Promise.resolve(false);
  const [program, ...words] = openerOf(environment, platform);
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], {
      env: environment as NodeJS.ProcessEnv,
      stdio: 'ignore',
      detached: true,
      shell: false,
    });
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

function openerOf(environment: BrowserOptions['environment'], platform: string): [string, ...string[]] {
  const chosen = environment['BROWSER'];
  if (chosen) return [chosen];
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
