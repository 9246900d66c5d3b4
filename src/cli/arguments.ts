import { Command, Option } from 'commander';
import { describeOption, type FlagUse } from '../config/index.ts';
import type { OptionGroup, OptionSpec } from '../core/index.ts';

/** A command of the command line that notes each flag as it stands, for the configuration to make sense of. */
export class ArgumentReader extends Command {
  readonly #note: (use: FlagUse) => void;
  readonly #switches: Set<string> = new Set();
  readonly #taken: Set<string> = new Set();

  constructor(name: string, note: (use: FlagUse) => void) {
    super(name);
    this.#note = note;
  }

  override createCommand(name: string): Command {
    return new ArgumentReader(name, this.#note);
  }

  /** A group that `yields` leaves flags and letters to those that a command has added before. */
  addGroup({ title, options }: OptionGroup, { yields = false }: { readonly yields?: boolean } = {}): void {
    for (const spec of options) {
      if (yields && this.#taken.has(`--${spec.flag}`)) continue;
      const { short, ...rest } = spec;
      this.#addSpec(yields && this.#taken.has(`-${short}`) ? rest : spec, title);
    }
  }

  /** `--flag=true` and `--flag=false` for switches, which the parser's grammar does not have. */
  override parseOptions(args: string[]): ReturnType<Command['parseOptions']> {
    const end = args.indexOf('--');
    const rest = args.filter((arg, index) => {
      const assigned = end < 0 || index < end ? /^--([^=]+)=(.*)$/s.exec(arg) : null;
      if (assigned === null || !this.#switches.has(assigned[1] ?? '')) return true;
      this.#note({ flag: assigned[1] ?? '', value: assigned[2] ?? '' });
      return false;
    });
    return super.parseOptions(rest);
  }

  #addSpec(spec: OptionSpec, title: string): void {
    const { flags, description, allowed, default: preset } = describeOption(spec);
    if (flags === undefined || spec.flag === undefined) return;
    const choice = allowed.length === 0 ? '' : `: ${allowed.join(', ')}`;
    const usual = preset === '' ? '' : ` (default: ${preset})`;
    this.#addOption(new Option(flags, `${description}${choice}${usual}`).helpGroup(`${title}:`), spec.flag);
    for (const { flag, value } of spec.aliases ?? []) {
      if (flag === undefined) continue;
      const isSwitch = spec.kind === 'boolean' || value !== undefined;
      this.#addOption(new Option(isSwitch ? `--${flag}` : `--${flag} <value>`).hideHelp(), flag);
    }
  }

  #addOption(option: Option, flag: string): void {
    this.addOption(option);
    for (const name of [option.long, option.short]) if (name !== undefined) this.#taken.add(name);
    if (!option.required) this.#switches.add(flag);
    this.on(`option:${flag}`, (value: string | null | undefined) => {
      this.#note(option.required ? { flag, value: value ?? '' } : { flag });
    });
  }
}
