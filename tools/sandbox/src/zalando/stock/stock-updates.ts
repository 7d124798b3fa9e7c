import type { LaterEffects } from '../../effects/later-effects.js';
import { callFault } from '../../http/vendor-server.js';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { MinuteWindows } from '../access/minute-windows.js';
import { problem, tooMany } from '../problem.js';
import type { Articles } from './articles.js';
import { isEan } from './ean.js';

export interface StockUpdatesOptions {
  readonly articles: Articles;
  readonly salesChannelIds: readonly string[];
  readonly windows: MinuteWindows;
  readonly effects: LaterEffects;
  /** Key of the list of results: the specification has `results` and numbers as codes, Zalando's guide `items` and texts. */
  readonly answersUnder: 'results' | 'items';
}

interface Update {
  readonly sales_channel_id: string;
  readonly ean: string;
  readonly quantity: number;
}

type Code = 0 | 101 | 102 | 104;
const STATUS = { 0: 'ACCEPTED', 101: 'REJECTED', 102: 'FAILED', 104: 'ACCEPTED' } as const;
const MAX_ITEMS = 1_000;
const MAX_QUANTITY = 2_147_483_647;

/** Answers `POST /merchants/{merchant-id}/stocks`. */
export function stockUpdates({ articles, salesChannelIds, windows, effects, answersUnder }: StockUpdatesOptions) {
  return (call: VendorCall): VendorAnswer => {
    const updates = updatesOf(jsonOf(call));
    if (typeof updates === 'string') return problem(400, 'Bad Request', updates);
    const overrun = windows.take({ stockCalls: 1, stockItems: updates.length });
    if (overrun !== undefined) return tooMany(overrun.limit, overrun.retryAfterMs);
    const fault = callFault(call);

    const judge = ({ sales_channel_id, ean, quantity }: Update): readonly [Code, string] => {
      if (!salesChannelIds.includes(sales_channel_id)) return [101, 'The sales channel is unknown.'];
      if (!isEan(ean)) return [101, 'The EAN is not valid.'];
      if (quantity < 0 || quantity > MAX_QUANTITY) return [101, 'The quantity is out of range.'];
      if (fault?.kind === 'reject_listings' && fault.listingIds.includes(ean))
        return fault.permanent ? [101, 'The update is not valid.'] : [102, 'The update failed, try again.'];
      const article = articles.find(ean);
      if (article?.onboarded !== true) {
        articles.hold(ean, sales_channel_id, quantity);
        return [104, 'The update waits for the article to be onboarded.'];
      }
      if (fault?.kind !== 'never_apply')
        effects.add(fault?.kind === 'apply_late' ? fault.ms : 0, (at) => articles.set(article, sales_channel_id, quantity, at));
      return [0, 'The update was successful.'];
    };

    const results = updates.map((item) => {
      const [code, description] = judge(item);
      return { item, result: { status: STATUS[code], code: answersUnder === 'items' ? String(code) : code, description } };
    });
    effects.settle();
    return { status: 207, body: { [answersUnder]: results } };
  };
}

/** The updates of a batch; a text says why it is refused as a whole. */
function updatesOf(body: unknown): readonly Update[] | string {
  if (!isRecord(body) || !Array.isArray(body['items'])) return 'items is required.';
  const items = body['items'] as readonly unknown[];
  if (items.length === 0 || items.length > MAX_ITEMS) return `items must hold 1 to ${String(MAX_ITEMS)} updates.`;
  const seen = new Set<string>();
  const updates: Update[] = [];
  for (const item of items) {
    if (!isRecord(item)) return 'an item is no object.';
    const { sales_channel_id, ean, quantity } = item;
    if (typeof sales_channel_id !== 'string' || typeof ean !== 'string' || !Number.isInteger(quantity))
      return 'sales_channel_id, ean and a whole quantity are required.';
    const key = `${sales_channel_id} ${ean}`;
    if (seen.has(key)) return `${key} is in the batch twice.`;
    seen.add(key);
    updates.push({ sales_channel_id, ean, quantity: quantity as number });
  }
  return updates;
}
