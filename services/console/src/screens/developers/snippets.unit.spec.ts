import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { OPERATIONS } from '../../../test/access/screens.js';
import { snippetOf, TASKS, TOPICS } from './snippets.js';

const REFERENCE = resolve(import.meta.dirname, '../../../../../docs/reference');
const subject = { origin: 'https://stock.example.com', sku: 'TENT-2P' };
const of = (tool: Parameters<typeof snippetOf>[0], task: Parameters<typeof snippetOf>[1]): string => snippetOf(tool, task, subject) ?? '';

/** The path of the API that an address is of. */
const pathOf = (text: string): string | undefined => /https:\/\/stock\.example\.com([^'?]+)/.exec(text)?.[1];

describe('what developers copy', () => {
  it.each(TASKS)('calls a route that there is: %s by curl', (task) => {
    const path = pathOf(of('curl', task))?.replace('TENT-2P', '{sku}');
    expect(OPERATIONS.map((each) => each.path)).toContain(path);
    expect(of('curl', task)).toContain('TENT-2P');
  });

  it.each(['read', 'reserve'] as const)('calls an operation that there is: %s by the client', (task) => {
    const id = /holdfast\.(\w+\.\w+)\(/.exec(of('client', task))?.[1];
    expect(OPERATIONS.map((each) => each.id)).toContain(id);
  });

  it('asks GraphQL for fields of its schema, and for nothing that it does not do', () => {
    const schema = readFileSync(resolve(REFERENCE, 'schema.graphql'), 'utf8');
    const fields = of('graphql', 'read').match(/\b(?:inventoryItem|totalAvailableQuantity|levels|availableQuantity)\b/g) ?? [];
    expect(fields.length).toBeGreaterThanOrEqual(4);
    for (const field of fields) expect(schema).toMatch(new RegExp(`\\b${field}\\b`));
    expect(schema).toMatch(/channelAvailabilityChanged\([^)]*sku: String/);
    expect(of('graphql', 'follow')).toContain('subscription { channelAvailabilityChanged(sku: \\"TENT-2P\\") { sku channelId quantity } }');
    expect(of('graphql', 'follow')).toContain("-N -H 'Accept: text/event-stream'");
    expect(schema).toMatch(/type ChannelAvailabilityChange \{[^}]*\bquantity\b/);
  });

  it('names every topic of the document', () => {
    const { channels } = JSON.parse(readFileSync(resolve(REFERENCE, 'asyncapi.json'), 'utf8')) as {
      readonly channels: Record<string, { readonly address: string }>;
    };
    expect(TOPICS.map(([topic]) => topic).toSorted()).toEqual(
      Object.values(channels)
        .map(({ address }) => address)
        .toSorted(),
    );
  });
});
