import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErpSimulator } from '../erp/erp-simulator.js';
import type { CallLog } from '../http/call-log.js';
import type { VendorSimulator } from '../simulator.js';
import { curlLines, escaped, faultButtons, listingButtons, SCRIPT } from './page-asking.js';
import { serveAsked } from './serve-asked.js';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c2430; background: #f6f7f9; }
  h1 { font-size: 1.4rem; margin: 0 0 .3rem; } h2 { font-size: 1.1rem; margin: 0; text-transform: capitalize; }
  .vendors { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(28rem, 1fr)); align-items: start; margin-top: 1.2rem; }
  section { background: #fff; border: 1px solid #dfe3e8; border-radius: 8px; padding: 1rem; overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; margin-top: .6rem; } th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #eceff2; }
  td.units, th.units { text-align: right; font-variant-numeric: tabular-nums; } td.none { color: #b3261e; font-weight: 600; }
  .calls { color: #5b6673; font-size: .9rem; } .bad { color: #b3261e; } code { font-size: .85rem; }
  pre { font-size: .8rem; } button { font: inherit; font-size: .8rem; }`;

/** What each vendor's shop shows and each ERP keeps now, how they were called, and what can be asked of a shop. @param url of this page */
function pageOf(vendors: readonly VendorSimulator[], erps: readonly ErpSimulator[], url: string): string {
  const [first] = vendors;
  const listing = first?.listings()[0];
  const asking = first === undefined || listing === undefined ? '' : curlLines(url, first.vendor, listing);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Sandbox</title>
<style>${STYLE}</style></head><body><h1>Sandbox of sales channels and ERP systems</h1>
<div>${String(vendors.length)} vendors and ${String(erps.length)} ERP systems on this machine. The page looks again every two seconds.</div>
<div class="vendors">${vendors.map(sectionOf).join('')}${erps.map(erpSectionOf).join('')}</div>${asking}<script>${SCRIPT}</script></body></html>`;
}

const callsOf = (url: string, { total, throttled, violations }: CallLog): string => {
  const against = violations.length === 0 ? '' : ` · <span class="bad">${String(violations.length)} against its rules</span>`;
  return `<div class="calls"><code>${escaped(url)}</code> · ${String(total)} calls · ${String(throttled)} refused as too many${against}</div>`;
};

const unitsOf = (quantity: string): string => `<td class="units${quantity === '0' ? ' none' : ''}">${escaped(quantity)}</td>`;

function sectionOf({ vendor, url, log, listings }: VendorSimulator): string {
  const rows = listings()
    .slice(0, MOST_ROWS)
    .map(
      (listing) =>
        `<tr><td>${escaped(listing.sku)}</td><td>${escaped(listing.title)}</td><td><code>${escaped(listing.remoteId ?? '')}</code></td>${unitsOf(String(listing.quantity))}<td>${listingButtons(vendor, listing)}</td></tr>`,
    );
  return `<section><h2>${escaped(vendor)}</h2>${callsOf(url, log)}<div>${faultButtons(vendor)}</div>
<table><thead><tr><th>SKU</th><th>Listing</th><th>Place</th><th class="units">Shown</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function erpSectionOf({ system, url, log, company, life }: ErpSimulator): string {
  const rows = company
    .single()
    .slice(0, MOST_ROWS)
    .map(
      ({ sku, warehouse, quantity }) => `<tr><td>${escaped(sku)}</td><td><code>${escaped(warehouse)}</code></td>${unitsOf(quantity)}</tr>`,
    );
  return `<section><h2>${escaped(system)}</h2>${callsOf(url, log)}<div class="calls">${String(life.waiting)} sales are not posted yet</div>
<table><thead><tr><th>SKU</th><th>Warehouse</th><th class="units">On hand</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

const MOST_ROWS = 200;

/** Serves the page, and takes what is asked of the vendors, on a loopback port. @returns its address, and how to stop */
export async function servePage(
  vendors: readonly VendorSimulator[],
  erps: readonly ErpSimulator[],
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method === 'POST') return void serveAsked(vendors, request, response).catch(() => response.destroy());
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(pageOf(vendors, erps, address()));
  });
  const address = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: address(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
