import type { PolicyReport } from './report.ts';

type Render = (report: PolicyReport) => string;

/** How results of policies are written; each is loaded when it is asked for. */
const renderers: Readonly<Record<'table' | 'json' | 'junit' | 'policy-report' | 'explanation', () => Promise<Render>>> =
  {
    table: async () => (await import('./text.ts')).renderText,
    json: async () => (await import('./json.ts')).renderJson,
    junit: async () => (await import('./junit.ts')).renderJunit,
    'policy-report': async () => (await import('./policy-report.ts')).renderPolicyReport,
    explanation: async () => (await import('./explain.ts')).renderExplanation,
  };

export async function renderPolicyResults(report: PolicyReport, format: keyof typeof renderers): Promise<string> {
  const render = await renderers[format]();
  return render(report);
}
