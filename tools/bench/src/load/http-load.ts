import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { closedLoop } from '../measure/closed-loop.js';
import type { Figures } from '../measure/figures.js';

/** Reservations over kept connections, one request on each at a time. Plain JSON, so that a process of its own can be given it. */
export interface HttpLoad {
  readonly url: string;
  readonly path: string;
  readonly key?: string;
  /** How this server wants to be asked. */
  readonly dialect: 'holdfast' | 'graphql' | 'sql';
  readonly callers: number;
  readonly seconds: number;
  /** SKUs are called by this and a number from 0 on. */
  readonly skuPrefix: string;
  readonly skus: number;
  readonly locations: number;
  /** A request takes 1 to so many units. */
  readonly mostUnits: number;
}

interface Wish {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const RESERVE = `mutation ($input: InventoryReserveInput!) {
  inventoryReserve(input: $input) { reservation { id status expiresAt } userErrors { field message } }
}`;

/** @throws when any answer is not a success: there is enough of everything */
export async function httpLoad(load: HttpLoad): Promise<Figures> {
  const pool = new Pool(load.url, { connections: load.callers, pipelining: 1 });
  try {
    return await closedLoop({
      callers: load.callers,
      seconds: load.seconds,
      request: async () => {
        const { statusCode, body } = await pool.request({ method: 'POST', path: load.path, ...wish(load) });
        const text = await body.text();
        const isTaken = load.dialect === 'graphql' ? statusCode === 200 && text.includes('"userErrors":[]') : statusCode === 201;
        if (!isTaken) throw new Error(`${load.path} answered ${String(statusCode)}: ${text.slice(0, 300)}`);
      },
    });
  } finally {
    await pool.destroy();
  }
}

function wish(load: HttpLoad): Wish {
  const sku = upTo(load.skus);
  const quantity = upTo(load.mostUnits);
  switch (load.dialect) {
    case 'holdfast':
    case 'graphql': {
      const key = randomUUID();
      const order = { items: [{ sku: `${load.skuPrefix}${String(sku - 1)}`, quantity }], orderId: `order-${key}` };
      const headers = { authorization: `Bearer ${load.key ?? ''}`, 'content-type': 'application/json' };
      if (load.dialect === 'holdfast') return { headers: { ...headers, 'idempotency-key': key }, body: JSON.stringify(order) };
      return { headers, body: JSON.stringify({ query: RESERVE, variables: { input: { ...order, idempotencyKey: key } } }) };
    }
    case 'sql': {
      const body = { sku, location: upTo(load.locations), units: quantity };
      return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    }
  }
}

const upTo = (most: number): number => 1 + Math.floor(Math.random() * most);
