import { runInLanes } from '@holdfast/kit';
import type { Part } from '../../figures.js';
import { isSegment } from '../../path-segment.js';
import { fieldsOf, listOf } from '../../reading.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../write.js';
import type { WalmartClient, WalmartReply } from '../client.js';
import { callsPerSecond } from '../limits.js';
import { errorOf, outcomeOf } from '../errors.js';

/** Calls under way at once: so many fill the limit with answers that take a second. */
const ANSWER_S = 1;
const MOST_LANES = 16;

const NOT_A_SEGMENT: Outcome = {
  kind: 'rejected_permanent',
  code: 'sku_not_callable',
  says: 'no call of Walmart for several ship nodes can name an item whose SKU is . or ..; give the item another SKU',
};

const each = (amount: number) => ({ unit: 'EACH', amount });

/** One call a SKU: at one ship node by `/v3/inventory`, at several by `/v3/inventories/{sku}`. */
export async function writeOneByOne(client: WalmartClient, listings: readonly ListingWrite[]): Promise<WriteResult> {
  const outcomes = new Map<string, Outcome>();
  let account: AccountVerdict = { kind: 'ok' };
  const lanes = Math.min(MOST_LANES, Math.ceil(callsPerSecond(client.account.settings) * ANSWER_S));
  await runInLanes(listings, { laneOf: ({ listingId }) => listingId, lanes, window: 1 }, async (write) => {
    if (account.kind !== 'ok') return;
    if (write.parts.length > 1 && !isSegment(write.listingId)) return void outcomes.set(write.listingId, NOT_A_SEGMENT);
    const reply = await put(client, write);
    if (reply.kind === 'stopped') account = reply.account;
    else outcomes.set(write.listingId, outcomeOfReply(reply, write));
  });
  return { account, outcomes };
}

function put(client: WalmartClient, { listingId, quantity, parts, urgent }: ListingWrite): Promise<WalmartReply> {
  const sku = encodeURIComponent(listingId);
  const [only] = parts;
  if (parts.length > 1)
    return client.call({
      method: 'PUT',
      path: `/v3/inventories/${sku}`,
      limit: 'put_inventories',
      urgent,
      body: { inventories: { nodes: parts.map(node) } },
    });
  const shipNode = only === undefined ? '' : `&shipNode=${encodeURIComponent(only.remoteId)}`;
  const body = { sku: listingId, quantity: each(only?.quantity ?? quantity) };
  return client.call({ method: 'PUT', path: `/v3/inventory?sku=${sku}${shipNode}`, limit: 'put_inventory', urgent, body });
}

const node = ({ remoteId, quantity }: Part) => ({ shipNode: remoteId, inputQty: each(quantity) });

function outcomeOfReply(reply: Exclude<WalmartReply, { readonly kind: 'stopped' }>, { listingId, parts }: ListingWrite): Outcome {
  if (reply.kind === 'lost') return { kind: 'unknown', says: reply.says };
  if (reply.kind !== 'good') return outcomeOf(reply.status, errorOf(reply.body));
  return parts.length > 1 ? outcomeOfNodes(reply.body, listingId, parts) : outcomeOfSku(reply.body, listingId);
}

/** A success is told by the body too: the SKU comes back. */
function outcomeOfSku(body: unknown, listingId: string): Outcome {
  if (fieldsOf(body)['sku'] === listingId) return { kind: 'applied' };
  return { kind: 'unknown', says: `Walmart's answer says nothing of ${listingId}` };
}

/** Each ship node succeeds or fails by itself; the listing is done when all of them are. */
function outcomeOfNodes(body: unknown, listingId: string, parts: readonly Part[]): Outcome {
  const nodes = listOf(fieldsOf(body)['nodes']).map(fieldsOf);
  const bad = nodes.find((one) => String(one['status']).toLowerCase() !== 'success' || listOf(one['errors']).length > 0);
  if (bad !== undefined) {
    const error = errorOf(bad);
    return outcomeOf(200, { ...error, says: `ship node ${String(bad['shipNode'])}: ${error.says}` });
  }
  if (parts.every(({ remoteId }) => nodes.some(({ shipNode }) => shipNode === remoteId))) return { kind: 'applied' };
  return { kind: 'unknown', says: `Walmart's answer does not name every ship node of ${listingId}` };
}
