import type { ReportFormat } from '../report.ts';

export const cosignVuln: ReportFormat = {
  id: 'cosign-vuln',
  title: "The predicate of cosign's vulnerability attestations",
  extensions: [],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderCosignVuln,
};
