import { initialSkuState, type SkuState } from '@holdfast/inventory';
import { MAX_PLACES_PER_RUN, NO_USE, type RebalancingPolicy } from '@holdfast/warehouse';
import { readPictures, type PictureParts } from './pictures.js';
import { transferOfProposal } from './rebalancing-process.js';

const POLICY: RebalancingPolicy = {
  policyId: 'p',
  mode: 'approve',
  locationIds: ['BER', 'HAM'],
  lowCoverDays: 7,
  targetCoverDays: 14,
  maxUnitsPerDay: 100,
  quietDays: 14,
  minUnits: 1,
  lanes: [],
};

const shipped = (proposalId: string): SkuState => ({
  ...initialSkuState(),
  known: true,
  endedTransfers: new Map([[transferOfProposal(proposalId), { outcome: 'received' }]]) as unknown as SkuState['endedTransfers'],
});

/** @param states by SKU; one that is missing is unknown @param asked gets how many SKUs are wanted */
const partsOf = (states: Readonly<Record<string, SkuState>>, asked: number[] = []): PictureParts => ({
  ledger: { read: async ({ sku }: { sku: string }) => ({ state: states[sku] ?? initialSkuState() }) } as unknown as PictureParts['ledger'],
  use: { of: async () => () => NO_USE },
  rules: { rules: async () => [], promised: async () => () => 0 },
  table: {
    usedSkus: async (_, __, ___, most) => {
      asked.push(most);
      return Object.keys(states);
    },
  },
});

describe('the figures of a run', () => {
  it('say which open proposals have left, of SKUs that are known', async () => {
    const open = [
      { proposalId: 'rb_1', sku: 'TEE' },
      { proposalId: 'rb_2', sku: 'TEE' },
      { proposalId: 'rb_3', sku: 'MUG' },
    ];
    const read = await readPictures(partsOf({ TEE: shipped('rb_1'), CUP: initialSkuState() }), 'demo', POLICY, open, 0);
    expect(read.shippedIds).toEqual(new Set(['rb_1']));
    expect(read.pictures.map(({ sku, places }) => [sku, places.map(({ locationId }) => locationId)])).toEqual([['TEE', ['BER', 'HAM']]]);
  });

  it('are of so many SKUs that the figures of all locations stay within a bound', async () => {
    const asked: number[] = [];
    await readPictures(partsOf({}, asked), 'demo', POLICY, [], 0);
    expect(asked).toEqual([MAX_PLACES_PER_RUN / 2]);
  });
});
