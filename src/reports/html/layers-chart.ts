import { drawBar } from './bar.ts';
import { drawCounts } from './counts.ts';
import { toFragment } from './fragment.ts';
import type { LayersView, LayerView } from './layers.ts';
import { type Markup, markup } from './markup.ts';
import { totalOf } from './severity-counts.ts';
import { formatSize } from './words.ts';

/** The least share of a bar that can be seen. */
const minShare = 0.006;

/** What the layers weigh and bring, and which of them belong to the base image. Nothing where there are no layers. */
export function drawLayers(view: LayersView): Markup {
  if (view.layers.length === 0) return markup``;
  return markup`<section class="panel" aria-labelledby="layers">
<h2 id="layers">Layers</h2>
${drawStack('Size', view, { amount: ({ size }) => size, show: formatSize })}${drawStack('Findings', view, {
  amount: ({ counts }) => totalOf(counts),
  show: (amount) => amount.toLocaleString('en'),
})}${view.split !== undefined && markup`<p class="legend"><span class="key base"></span> base image${view.baseName !== undefined && ` ${view.baseName}`} <span class="key app"></span> built on it. ${view.split}.</p>\n`}<div class="scroll" tabindex="0" role="region" aria-label="Table of layers">
<table class="grid">
<thead><tr><th scope="col">Layer</th><th scope="col">Made by</th><th scope="col" class="number">Size</th><th scope="col" class="number">Packages</th><th scope="col">Findings</th></tr></thead>
<tbody>
${view.layers.map((layer, index) => drawRow(layer, index + 1, view.split !== undefined))}</tbody>
</table>
</div>
</section>
`;
}

interface Measure {
  readonly amount: (layer: LayerView) => number;
  readonly show: (amount: number) => string;
}

/** A bar of all layers, with the sums of base and application in words where they are told apart. */
function drawStack(label: string, { layers, split }: LayersView, { amount, show }: Measure): Markup {
  const amounts = layers.map(amount);
  const sum = amounts.reduce((total, one) => total + one, 0);
  if (sum === 0) return markup``;
  const shares = visibleShares(amounts);
  const parts = layers.map(({ isBase }, index) => ({
    share: shares[index] ?? 0,
    kind: `${isBase ? 'base' : 'app'} ${index % 2 === 0 ? 'even' : 'odd'}`,
  }));
  const base = layers.reduce((total, layer, index) => total + (layer.isBase ? (amounts[index] ?? 0) : 0), 0);
  const words = split === undefined ? show(sum) : `base ${show(base)}, built on it ${show(sum - base)}`;
  return markup`<div class="stack"><span class="label">${label}</span>${drawBar(parts, 'tall')}<span class="sum">${words}</span></div>
`;
}

/** Shares of 1 in which whatever is not zero can be seen. */
function visibleShares(amounts: readonly number[]): number[] {
  const sum = amounts.reduce((total, one) => total + one, 0);
  const raised = amounts.map((one) => (one === 0 ? 0 : Math.max(one / sum, minShare)));
  const whole = raised.reduce((total, one) => total + one, 0);
  return raised.map((share) => share / Math.max(whole, 1));
}

function drawRow(layer: LayerView, number: number, isSplit: boolean): Markup {
  const origin =
    isSplit && markup` <span class="tag ${layer.isBase ? 'base' : 'app'}">${layer.isBase ? 'base' : 'built'}</span>`;
  return markup`<tr><th scope="row">${number}${origin}</th><td>${drawCommand(layer)}<span class="mono muted digest">${layer.digest}</span></td><td class="number">${formatSize(layer.size)}</td><td class="number">${layer.packages.toLocaleString('en')}</td><td>${drawCounts(layer.counts, toFragment({ layer: String(number) }))}</td></tr>
`;
}

function drawCommand({ command }: LayerView): Markup {
  if (!command) return markup`<span class="muted">not told by the image</span>`;
  return markup`<code>${command}</code>`;
}
