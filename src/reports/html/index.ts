import { describeData } from '../data-age.ts';
import type { ReportFormat } from '../report.ts';

export const html: ReportFormat = {
  id: 'html',
  title: 'One page for people, that opens anywhere and asks nobody for anything',
  extensions: ['.html', '.htm'],
  momentOf: (data, now) => describeData(data, now).join('\n'),
  load: async () => {
    const [{ makeHtmlRenderer }, { loadFixOrders }] = await Promise.all([
      import('./render.ts'),
      import('./fix-orders.ts'),
    ]);
    return makeHtmlRenderer(await loadFixOrders());
  },
};
