import { randomBytes, randomUUID } from 'node:crypto';
import type { ErpOptions, ErpSimulator } from '../erp/erp-simulator.js';
import { erpParts, serveErp } from '../erp/serve-erp.js';
import type { VendorAnswer, VendorCall } from '../http/vendor-call.js';
import { callFault } from '../http/vendor-server.js';
import { errorAnswer, rowsAnswer } from './answer.js';
import { columnsOf, rowsOf, type Depot, type Shop, type Store } from './commands.js';
import { linxRequest } from './request.js';

export interface LinxOptions extends ErpOptions {
  readonly stores?: readonly Store[];
  readonly depots?: readonly Depot[];
  /** Command that a connection of this account reads with. Default the incremental one, `LinxProdutosDetalhes`. */
  readonly command?: 'LinxProdutosDetalhes' | 'LinxProdutosInventario';
  /** How quantities are written. Default `comma`. */
  readonly decimal?: 'comma' | 'point';
  readonly timeZone?: string;
  /** The columns are in another order in every answer. Default false. */
  readonly columnsVary?: boolean;
}

export interface LinxSimulator extends ErpSimulator {
  readonly system: 'linx-microvix';
  /** Most requests that were under way at once. */
  readonly mostAtOnce: () => number;
}

const STORES: readonly Store[] = [
  { cnpj: '12345678000195', name: 'Loja Centro' },
  { cnpj: '12345678000276', name: 'Loja Norte' },
];
const DEPOTS: readonly Depot[] = [
  { id: '1', name: 'Principal' },
  { id: '2', name: 'Reserva técnica' },
];
const PATH = '/1.0/api/integracao';
const PORTAL = '10431';
const RETRY_MS = 1_000;

/** Linx Microvix with the stock of one portal. No specification is at hand: it acts as integrators describe it. */
export async function startLinxSimulator(options: LinxOptions = {}): Promise<LinxSimulator> {
  const parts = erpParts(options);
  const { company, faults } = parts;
  const credentials = { key: randomUUID(), user: 'linx_export', password: `linx_${randomBytes(6).toString('hex')}` };
  const shop: Shop = {
    portal: PORTAL,
    stores: options.stores ?? STORES,
    depots: options.depots ?? DEPOTS,
    timeZone: options.timeZone ?? 'America/Sao_Paulo',
    decimal: options.decimal ?? 'comma',
  };
  let answers = 0;
  let [underWay, mostAtOnce] = [0, 0];
  let lastGood: VendorAnswer | undefined;

  const answerTo = (call: VendorCall): VendorAnswer => {
    const request = linxRequest(call.body.toString('utf8'));
    if (request === undefined) return errorAnswer('XML inválido');
    if (request.user !== credentials.user || request.password !== credentials.password) return errorAnswer('Usuário ou senha inválidos');
    if (request.parameters.get('chave') !== credentials.key || faults.credentialsRevoked) return errorAnswer('Chave de acesso inválida');
    if (request.portal !== shop.portal) return errorAnswer('Portal não encontrado');
    const fault = callFault(call);
    if (fault?.kind === 'error_with_200') return errorAnswer('Erro interno ao processar a requisição');
    if (fault?.kind === 'repeat_page' && lastGood !== undefined) return lastGood;
    const columns = columnsOf(request.command);
    if (columns === undefined) return errorAnswer(`Comando ${request.command} não encontrado`);
    const rows = rowsOf(shop, company, request.command, request.parameters);
    if (typeof rows === 'string') return errorAnswer(rows);
    answers += 1;
    return (lastGood = rowsAnswer(options.columnsVary === true ? turned(columns, answers) : columns, rows));
  };

  const served = await serveErp(parts, options, {
    system: 'linx-microvix',
    name: 'Linx Microvix',
    server: {
      routes: [
        {
          method: 'POST',
          path: PATH,
          operation: 'readStock',
          operationOf: ({ body }) => (/<Name>LinxProdutos(Detalhes|Inventario)</.test(body.toString('utf8')) ? 'readStock' : 'readPlaces'),
          handle: async (call) => {
            underWay += 1;
            mostAtOnce = Math.max(mostAtOnce, underWay);
            await new Promise((resolve) => setImmediate(resolve));
            underWay -= 1;
            return answerTo(call);
          },
        },
      ],
      faultAnswer: (fault) => {
        const wait = fault.kind === 'throttle' ? (fault.retryAfterMs ?? RETRY_MS) : fault.retryAfterMs;
        return {
          status: fault.kind === 'throttle' ? 429 : fault.status,
          headers: wait === undefined ? {} : { 'retry-after': String(Math.ceil(wait / 1_000)) },
          throttled: fault.kind === 'throttle',
        };
      },
      // The key does not expire.
      onExpireTokens: () => undefined,
    },
    access: (url) => ({
      settings: {
        baseUrl: `${url}${PATH}`,
        portal: shop.portal,
        companies: shop.stores.map(({ cnpj }) => cnpj),
        command: options.command ?? 'LinxProdutosDetalhes',
        decimal: shop.decimal,
      },
      credentials,
    }),
  });
  return { ...served, mostAtOnce: () => mostAtOnce };
}

const turned = (columns: readonly string[], by: number): readonly string[] => {
  const at = by % columns.length;
  return [...columns.slice(at), ...columns.slice(0, at)];
};
