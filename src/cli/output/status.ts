import type { Progress, ProgressTask } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Output } from '../host.ts';

interface Bar {
  readonly label: string;
  readonly total: number | undefined;
  done: number;
}

const redrawAfter = 80;
const barWidth = 24;
const maxLines = 8;
/** ECMA-48 8.3.22 and 8.3.39: up one line, and erase from the cursor to the end of the screen. */
const up = (lines: number): string => (lines === 0 ? '' : `\r\u001b[${lines}A`);
const eraseBelow = '\u001b[J';

/** The lines at the bottom of a terminal that show running work; other text is written above them. */
export class StatusLines implements Progress {
  readonly #output: Output;
  readonly #bars: Set<Bar> = new Set();
  #shown = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  start(label: string, total?: number): ProgressTask {
    const bar: Bar = { label: toVisibleLine(label), total, done: 0 };
    this.#bars.add(bar);
    this.#schedule();
    return {
      advance: (units) => {
        bar.done += units;
        this.#schedule();
      },
      finish: () => {
        this.#bars.delete(bar);
        if (this.#bars.size === 0) this.clear();
        else this.#schedule();
      },
    };
  }

  /** Writes text for good, above the bars. */
  write(text: string): void {
    void this.#output.write(`${this.#eraser()}${text}${this.#draw()}`);
  }

  /** Takes the bars off the screen. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#shown > 0) void this.#output.write(this.#eraser());
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.write('');
    }, redrawAfter).unref();
  }

  #eraser(): string {
    const lines = this.#shown;
    this.#shown = 0;
    return lines === 0 ? '' : up(lines) + eraseBelow;
  }

  #draw(): string {
    const bars = [...this.#bars];
    const room = Math.max(1, Math.min(maxLines, (this.#output.rows ?? 24) - 2));
    const width = Math.max(20, (this.#output.columns ?? 80) - 1);
    const lines = bars.slice(0, room).map((bar) => drawBar(bar).slice(0, width));
    if (bars.length > room) lines.push(`  and ${bars.length - room} more`);
    this.#shown = lines.length;
    return lines.map((line) => `${line}\n`).join('');
  }
}

function drawBar({ label, total, done }: Bar): string {
  const name = label.padEnd(20).slice(0, 32);
  if (!total) return `${name} ${formatAmount(done)}`;
  const part = Math.min(1, done / total);
  const filled = Math.round(part * barWidth);
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  return `${name} [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${percent} ${formatAmount(total)}`;
}

function formatAmount(amount: number): string {
  if (amount < 10_000) return String(amount);
  return amount < 1e6 ? `${(amount / 1e3).toFixed(0)}k` : `${(amount / 1e6).toFixed(1)}M`;
}

/** Progress for those who do not watch. */
export const noProgress: Progress = {
  start: () => ({ advance: () => undefined, finish: () => undefined }),
};
