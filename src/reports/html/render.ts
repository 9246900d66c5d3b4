import { describeData } from '../data-age.ts';
import type { RenderPieces } from '../report.ts';
import { drawCharts } from './charts.ts';
import { drawCoverage } from './coverage.ts';
import { closePage, openPage } from './document.ts';
import { drawFindings } from './findings.ts';
import type { FixOrders } from './fix-orders.ts';
import { drawHeader } from './header.ts';
import { viewLayers } from './layers.ts';
import { drawLayers } from './layers-chart.ts';
import { piecesOfData } from './script-data.ts';
import { findUpgrades } from './upgrades.ts';
import { drawVerdict } from './verdict.ts';

/** A page that holds everything it needs: markup for what is short, JSON and a script for the findings. */
export function makeHtmlRenderer(orders: FixOrders): RenderPieces {
  return function* renderHtml(report, options) {
    const layers = viewLayers(report);
    const upgrades = findUpgrades(report.results, orders);
    yield openPage(report).text;
    yield drawHeader(report).text;
    yield drawVerdict({ report, layers, upgrades }).text;
    yield drawCharts(report, upgrades).text;
    yield drawLayers(layers).text;
    yield drawFindings(report, layers).text;
    yield drawCoverage(report, describeData(report.data, report.createdAt)).text;
    yield* piecesOfData(report, layers);
    yield closePage(report, options).text;
  };
}
