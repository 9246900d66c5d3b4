import { makeRegistry, type Registry } from '../kit/registry.ts';
import { asff } from './asff/index.ts';
import { cosignVuln } from './cosign-vuln/index.ts';
import { csv } from './csv/index.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { cyclonedxXml } from './cyclonedx-xml/index.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { gitlabCodequality } from './gitlab-codequality/index.ts';
import { html } from './html/index.ts';
import { json } from './json/index.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import type { ReportFormat } from './report.ts';
import { sarif } from './sarif/index.ts';
import { spdx } from './spdx/index.ts';
import { spdxJson } from './spdx-json/index.ts';
import { table } from './table/index.ts';
import { template } from './template/index.ts';

export { table };

/** Every report format, by the name `--format` takes. */
export const reportFormats: Registry<ReportFormat> = makeRegistry([
  table,
  json,
  sarif,
  junit,
  gitlab,
  gitlabCodequality,
  github,
  cosignVuln,
  asff,
  markdown,
  csv,
  html,
  template,
  cyclonedx,
  cyclonedxXml,
  spdx,
  spdxJson,
]);
