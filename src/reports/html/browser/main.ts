import type { PageData } from '../page-data.ts';
import { startExplorer } from './explorer.ts';
import { bindTheme } from './theme.ts';
import { localizeTimes } from './times.ts';

const data = document.getElementById('data')?.textContent ?? '{}';

bindTheme();
localizeTimes();
// Written by the renderer of this very page.
startExplorer(JSON.parse(data) as PageData);
