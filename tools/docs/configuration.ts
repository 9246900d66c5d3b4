import { describeOption } from '../../src/config/index.ts';
import { environmentNames } from '../../src/config/names.ts';
import { optionGroups } from '../../src/config/registry.ts';
import { trivyFlags, trivyKeys } from '../../src/config/trivy/data.ts';
import type { OptionGroup, OptionSpec } from '../../src/core/index.ts';
import { code, codes, heading, table } from './markdown.ts';

const introduction = `
Each option can be said in several places. The first that says something counts:

1. a flag;
2. a variable \`PLIMSOLL_…\`: the flag in capitals with \`_\` for \`-\`, so \`PLIMSOLL_EXIT_CODE\` for \`--exit-code\`;
3. a variable \`TRIVY_…\` of the same form;
4. the file named by \`--config\` (or \`PLIMSOLL_CONFIG\`, \`TRIVY_CONFIG\`);
5. your own file, \`$XDG_CONFIG_HOME/plimsoll/plimsoll.yaml\` (\`~/.config\` where that variable is not set);
6. where no file was named, \`plimsoll.yaml\` in the working directory, or else \`trivy.yaml\` there;
7. the default.

Lists are split at commas in flags and variables; a flag may be repeated. Durations are written as \`90s\`, \`5m\`, \`1h30m\` or
\`7d\`, sizes as \`500MB\` or \`64MiB\`. With \`--debug\` the program says where each option came from.

## Files

Files are YAML 1.2 without tags, with the keys below, nested at the dots:

\`\`\`yaml
severity: [HIGH, CRITICAL]
exit-code: 1
vulnerability:
  ignore-unfixed: true
scan:
  scanners: [vuln]
\`\`\`

A \`trivy.yaml\` works as it is. The names of flags are understood at the top level too, as early versions of Trivy had it,
with a warning that tells the name of today. What is not known is told with the nearest name that is; a value of the wrong
type is an error with file and line.

## Trust

A file found in the working directory may belong to what is scanned. It may filter and narrow, which the log and the report
then say. Options marked **trusted** change where data comes from or goes to, or what passes: they count only from flags,
variables, \`--config\` and your own file. Elsewhere they are refused with a warning.

## Other variables

| variable | effect |
| --- | --- |
| \`SOURCE_DATE_EPOCH\` | seconds since 1970: the time that reports state and by which the end of life is judged; the age of data is judged by the clock |
| \`NO_COLOR\`, \`FORCE_COLOR\` | colour never, or always; without them on terminals |
| \`HTTP_PROXY\`, \`HTTPS_PROXY\`, \`NO_PROXY\` | proxies, in capitals or not |
| \`DOCKER_CONFIG\`, \`REGISTRY_AUTH_FILE\`, \`XDG_RUNTIME_DIR\` | where docker and podman keep logins for registries |
| \`XDG_CACHE_HOME\`, \`XDG_CONFIG_HOME\` | where caches and your own configuration are |

## Options
`;

/** docs/configuration.md: the rules, and every option by group. */
export function configurationPage(): string {
  const groups = optionGroups.map(describeGroup).join('\n');
  return `${heading('Configuration', 'the option groups')}${introduction}\n${groups}${unsupported()}`;
}

function describeGroup({ title, options }: OptionGroup): string {
  const rows = options.map((spec) => {
    const { flags, description, allowed, default: preset } = describeOption(spec);
    const choice = allowed.length > 0 ? `: ${codes(allowed)}` : '';
    const trust = spec.trust === 'trusted' ? '**trusted**' : '';
    return [code(flags ?? ''), code(spec.key), `${description}${choice}${otherNames(spec)}`, code(preset), trust];
  });
  return `### ${title}\n\n${table(['flag', 'key', 'meaning', 'default', ''], rows)}\n`;
}

function otherNames(spec: OptionSpec): string {
  const aliases = (spec.aliases ?? []).map(({ flag, key }) =>
    flag === undefined ? code(key ?? '') : code(`--${flag}`),
  );
  const variables = environmentNames(spec).filter((name) => (spec.environment ?? []).includes(name));
  const also = [...aliases, ...variables.map(code)];
  return also.length === 0 ? '' : `. Also ${also.join(', ')}`;
}

function unsupported(): string {
  const flags = codes(trivyFlags.map((flag) => `--${flag}`));
  return `
## Options of Trivy that are still to come

These flags are errors that say so: ${flags}.

These keys are ignored with a warning: ${codes(trivyKeys)}.
`;
}
