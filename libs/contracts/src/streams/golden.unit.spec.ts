import { evolveOrder, evolveSku, initialOrderState, initialSkuState } from '@holdfast/inventory';
import { goldenFiles } from '../../test/golden.js';
import { domainEventSchemas } from '../schemas/domain-events.js';
import { messageDataSchemas } from '../schemas/messages.js';
import { validatorOf } from '../validation/validator.js';
import { STREAMS } from './families.js';

const events = goldenFiles.filter(({ kind }) => kind === 'event');
const messages = goldenFiles.filter(({ kind }) => kind === 'message');
const families = Object.values(STREAMS);

describe('what a released version stored', () => {
  it.each(events)('$file is brought to the newest version, which takes it', (golden) => {
    const family = families.find((each) => each.storedTypes().includes(golden.type));
    if (family === undefined) throw new Error(`${golden.type} is known no more; an upcast must lead on from it`);
    const { type, data } = family.newest(golden);
    const schema = domainEventSchemas[family.name][type];
    expect(schema && validatorOf(schema)(data)).toEqual([]);
  });

  it.each(events.filter(({ type }) => STREAMS.stock.storedTypes().includes(type)))('$file folds into the state of a SKU', (golden) => {
    expect(evolveSku(initialSkuState(), STREAMS.stock.decode(golden), 0)).toBeDefined();
  });

  it.each(events.filter(({ type }) => STREAMS.order.storedTypes().includes(type)))('$file folds into the state of an order', (golden) => {
    expect(evolveOrder(initialOrderState(), STREAMS.order.decode(golden), 0).phase).not.toBeUndefined();
  });

  it.each(messages)('$file is still taken by the schema of its topic', ({ type, data }) => {
    const schema = Object.entries(messageDataSchemas).find(([known]) => known === type)?.[1];
    if (schema === undefined) throw new Error(`messages of type ${type} are known no more`);
    expect(validatorOf(schema)(data)).toEqual([]);
  });

  it('is pinned for every version of every event, and for every message', () => {
    expect(events.map(({ type }) => type).sort()).toEqual(families.flatMap((family) => family.storedTypes()).sort());
    expect(messages.map(({ type }) => type).sort()).toEqual(Object.keys(messageDataSchemas).sort());
  });
});
