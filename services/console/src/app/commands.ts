const AUTH = '-H "Authorization: Bearer $HOLDFAST_API_KEY"';

/** A key that makes the command change nothing when it is run again. */
const once = (key: string): string => `-H 'Idempotency-Key: ${key}'`;

/** A command for a terminal that reads. */
export const readCommand = (address: string): string => `curl ${AUTH} '${address}'`;

export interface Sending {
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
  /** Missing where the address alone says what is meant. */
  readonly key?: string;
}

/** A command for a terminal that sends JSON. Without its type it would be taken for a form. */
export function writeCommand(origin: string, { method = 'POST', path, body, key }: Sending): string {
  const json = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  return [
    `curl -X ${method} ${AUTH} -H 'Content-Type: application/json'`,
    `  ${key === undefined ? '' : `${once(key)} `}'${origin}${path}'`,
    `  -d '${json}'`,
  ].join(' \\\n');
}

/** A command for a terminal that imports a file of the kind. */
export const importCommand = (origin: string, kind: 'locations' | 'products' | 'stock'): string =>
  [
    `curl ${AUTH} -H 'Content-Type: text/csv' ${once(`first-${kind}`)}`,
    `  '${origin}/v1/imports?kind=${kind}'`,
    `  --data-binary @${kind}.csv`,
  ].join(' \\\n');

export const reserveCommand = (origin: string, sku: string): string =>
  writeCommand(origin, {
    path: '/sales-channel/inventory/reserve',
    key: 'order-1001',
    body: { orderId: 'order-1001', items: [{ sku, quantity: 1 }] },
  });

export const stockCommand = (origin: string): string =>
  writeCommand(origin, {
    path: '/api/inventory/record-stock',
    key: 'first-count',
    body: { sku: 'TENT-2P', locationId: 'MAIN', quantity: 5 },
  });

export const channelCommand = (origin: string): string =>
  writeCommand(origin, {
    method: 'PUT',
    path: '/sales-channel/channels/webshop',
    body: {
      ...{ name: 'Web shop', channelType: 'webhook', syncInventory: false },
      // The secret signs each call; a receiver checks it. Here: 32 bytes of zero, to be replaced.
      webhook: { url: 'https://shop.example.com/stock', secret: `whsec_${'A'.repeat(43)}=` },
    },
  });
