import type { ErpOptions, ErpSimulator } from '../erp/erp-simulator.js';
import { erpParts, serveErp } from '../erp/serve-erp.js';
import type { VendorAnswer, VendorCall } from '../http/vendor-call.js';
import { callFault } from '../http/vendor-server.js';
import { SapAccess, type SapAuth } from './access.js';
import { EntityWriter } from './entity-text.js';
import { htmlError, sapError, seconds } from './errors.js';
import { sapSpecification } from './specification.js';
import { QueryFault, queryOf, StockSearch, type StockQuery } from './stock-query.js';

export interface SapOptions extends ErpOptions {
  /** How callers name themselves. Default `basic`. */
  readonly auth?: SapAuth;
  /** Most entities of an answer, whatever `$top` says; the rest is behind `d.__next`. Default none. */
  readonly mostEntities?: number;
  /** Whether calls and answers are held against SAP's own description of the service. Default yes; a benchmark of large pages leaves it out. */
  readonly checked?: boolean;
}

export interface SapSimulator extends ErpSimulator {
  readonly system: 'sap-s4hana';
}

const STOCK = '/sap/opu/odata/sap/API_MATERIAL_STOCK_SRV/A_MatlStkInAcctMod';
const RETRY_MS = 1_000;

/** SAP S/4HANA with the stock of one company. */
export async function startSapSimulator(options: SapOptions = {}): Promise<SapSimulator> {
  const parts = erpParts(options);
  const { clock, company, faults } = parts;
  const access = new SapAccess(options.auth ?? 'basic', clock, faults);
  const search = new StockSearch(company);

  const read = (call: VendorCall): VendorAnswer => {
    const refused = access.refused(call);
    if (refused !== undefined) return refused;
    const fault = callFault(call);
    if (fault?.kind === 'error_with_200')
      return { ...sapError(500, 'CX_SY_NO_HANDLER', 'An exception was raised'), status: 200, headers: access.session(call) };
    if (!wantsJson(call))
      return { status: 200, headers: { 'content-type': 'application/atom+xml;type=feed' }, body: Buffer.from('<feed/>') };
    try {
      return answerOf(call, queryOf(call.query), fault?.kind === 'repeat_page');
    } catch (error) {
      if (error instanceof QueryFault) return sapError(400, '/IWBEP/CM_MGW_RT/021', error.message);
      throw error;
    }
  };

  function answerOf(call: VendorCall, query: StockQuery, repeated: boolean): VendorAnswer {
    const wanted = query.top ?? Number.POSITIVE_INFINITY;
    const size = Math.min(wanted, options.mostEntities ?? Number.POSITIVE_INFINITY, company.count);
    const skip = repeated ? Math.max(0, query.skip - size) : query.skip;
    const { entities, more } = search.page({ ...query, skip }, size);
    const isCut = more && size < wanted;
    const count = query.counted ? `"__count":"${String(search.count(query))}",` : '';
    const next = isCut ? `,"__next":${JSON.stringify(nextOf(call, query, size))}` : '';
    const writer = new EntityWriter(server.url, query.select);
    const results = entities.map((entity) => writer.text(entity)).join(',');
    return {
      status: 200,
      headers: { ...access.session(call), 'content-type': 'application/json', dataserviceversion: '2.0' },
      body: Buffer.from(`{"d":{${count}"results":[${results}]${next}}}`),
    };
  }

  function nextOf(call: VendorCall, { skip, top }: StockQuery, size: number): string {
    const next = new URLSearchParams(call.query);
    next.set('$skiptoken', String(skip + size));
    next.delete('$skip');
    if (top !== undefined) next.set('$top', String(top - size));
    return `${server.url}${STOCK}?${next.toString()}`;
  }

  const server = await serveErp(parts, options, {
    system: 'sap-s4hana',
    name: 'SAP S/4HANA',
    server: {
      routes: [
        { method: 'POST', path: '/oauth/token', operation: 'token', handle: (call) => access.token(call) },
        { method: 'GET', path: STOCK, operation: 'readStock', handle: read },
        { method: 'POST', path: STOCK, operation: 'writeStock', handle: (call) => access.refusedWrite(call) },
      ],
      spared: ['token'],
      faultAnswer: (fault) =>
        fault.kind === 'throttle'
          ? { ...htmlError(429, 'Too Many Requests', { 'retry-after': seconds(fault.retryAfterMs ?? RETRY_MS) }), throttled: true }
          : htmlError(
              fault.status,
              'Service Unavailable',
              fault.retryAfterMs === undefined ? {} : { 'retry-after': seconds(fault.retryAfterMs) },
            ),
      onExpireTokens: () => access.expireTokens(),
    },
    ...(options.checked === false ? {} : { faultsOf: sapSpecification() }),
    access: (url) => ({ settings: { baseUrl: url }, credentials: access.credentials(url) }),
  });
  return server;
}

const wantsJson = ({ query, headers }: VendorCall): boolean =>
  query.get('$format') === 'json' || String(headers.accept ?? '').includes('application/json');
