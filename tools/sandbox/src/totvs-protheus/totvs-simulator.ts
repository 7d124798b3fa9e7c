import type { ErpOptions, ErpSimulator } from '../erp/erp-simulator.js';
import { erpParts, serveErp } from '../erp/serve-erp.js';
import type { VendorAnswer, VendorCall } from '../http/vendor-call.js';
import { callFault } from '../http/vendor-server.js';
import { ProtheusAccess } from './access.js';
import { totvsError } from './errors.js';
import { totvsSpecification } from './specification.js';
import { isKnownOrder, retailItem, siteItem, stockPage, type SiteFields } from './stock-page.js';

export interface TotvsOptions extends ErpOptions {
  /** Whether the REST server gives tokens. Default true; without, it takes Basic alone. */
  readonly givesTokens?: boolean;
  /** Company and branch that calls must name in `tenantId`. Default none is needed. */
  readonly tenantId?: string;
  /** A service that the site wrote itself, in place of the retail one. */
  readonly site?: { readonly path: string; readonly fields: SiteFields };
  /** Most items of a page, whatever was asked for. Default 1,000. */
  readonly mostItems?: number;
}

export interface TotvsSimulator extends ErpSimulator {
  readonly system: 'totvs-protheus';
}

const RETAIL_PATH = '/api/retail/v1/retailStockLevel';
const MOST_ITEMS = 1_000;
const RETRY_MS = 1_000;

/** TOTVS Protheus with the stock of one company. */
export async function startTotvsSimulator(options: TotvsOptions = {}): Promise<TotvsSimulator> {
  const parts = erpParts(options);
  const { clock, company, faults } = parts;
  const access = new ProtheusAccess(clock, faults, options.givesTokens ?? true);
  const { site, tenantId } = options;
  const itemOf = site === undefined ? retailItem : siteItem(site.fields);

  const read = (call: VendorCall): VendorAnswer => {
    const refused = access.refused(call);
    if (refused !== undefined) return refused;
    if (tenantId !== undefined && call.headers['tenantid'] !== tenantId) return totvsError(400, 'TENANT', 'Company or branch is not valid');
    const fault = callFault(call);
    if (fault?.kind === 'error_with_200') return { ...totvsError(500, 'ERR-001', 'variable does not exist'), status: 200 };
    if (!isKnownOrder(call.query)) return totvsError(400, 'ORDER', 'order is not valid');
    const back = fault?.kind === 'repeat_page' ? 1 : 0;
    const page = stockPage(company, call.query, { itemOf, most: options.mostItems ?? MOST_ITEMS, back });
    if (page.kind === 'refused') return totvsError(400, 'PAGE', page.message);
    return { status: 200, body: { hasNext: page.hasNext, items: page.items } };
  };

  return serveErp(parts, options, {
    system: 'totvs-protheus',
    name: 'TOTVS Protheus',
    server: {
      routes: [
        { method: 'POST', path: '/rest/api/oauth2/v1/token', operation: 'token', handle: (call) => access.token(call) },
        {
          method: 'GET',
          path: `/rest${site?.path ?? RETAIL_PATH}`,
          operation: site === undefined ? 'readStock' : 'readSite',
          handle: read,
        },
      ],
      spared: ['token'],
      faultAnswer: (fault) => {
        const wait = fault.kind === 'throttle' ? (fault.retryAfterMs ?? RETRY_MS) : fault.retryAfterMs;
        const headers = wait === undefined ? {} : { 'retry-after': String(Math.ceil(wait / 1_000)) };
        return fault.kind === 'throttle'
          ? { ...totvsError(429, '429', 'Too many requests', headers), throttled: true }
          : totvsError(fault.status, String(fault.status), 'No thread is free', headers);
      },
      onExpireTokens: () => access.expireTokens(),
    },
    faultsOf: totvsSpecification(),
    access: (url) => ({
      settings: {
        baseUrl: `${url}/rest`,
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(site === undefined ? {} : { stockPath: site.path, fields: site.fields }),
      },
      credentials: access.credentials,
    }),
  });
}
