import type { Figure } from '../../figures.js';
import type { MappedLocation } from '../../provider.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { WalmartSettings } from '../settings.js';

type Fields = Readonly<Record<string, unknown>>;

const amount = (quantity: unknown): number | undefined => wholeOf(fieldsOf(quantity)['amount']);

/** What a ship node of `/v3/inventories` shows, as the channel compares it. */
function nodeQuantity(node: Fields, { compare }: WalmartSettings): number {
  const input = amount(node['inputQty']);
  const available = amount(node['availToSellQty']);
  return (compare === 'input' ? (input ?? available) : (available ?? input)) ?? 0;
}

/** The figure of a SKU over the channel's ship nodes; over all of its nodes where none is mapped. */
export function figureOf(inventory: unknown, locations: readonly MappedLocation[], settings: WalmartSettings): Figure {
  const nodes = listOf(fieldsOf(inventory)['nodes']).map(fieldsOf);
  const mapped = [...new Set(locations.map(({ remoteId }) => remoteId))];
  const byNode = new Map(nodes.map((node) => [textOf(node['shipNode']) ?? '', nodeQuantity(node, settings)]));
  if (mapped.length === 0) return { quantity: sum([...byNode.values()]), parts: [] };
  const parts = mapped.map((remoteId) => ({ remoteId, quantity: byNode.get(remoteId) ?? 0 }));
  return { quantity: sum(parts.map(({ quantity }) => quantity)), parts };
}

const sum = (quantities: readonly number[]): number => quantities.reduce((all, one) => all + one, 0);
