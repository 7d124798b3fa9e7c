import { Auditor, type Fact } from '../index.js';

const NOON = 1_700_000_000_000;

type Event = readonly [type: string, data: object];

/** A log of one SKU, one event a second. */
function auditOf(...events: readonly Event[]): readonly string[] {
  const auditor = new Auditor();
  for (const [position, [type, data]] of events.entries()) {
    const at = NOON + position * 1_000;
    const ids = { id: String(position), commandId: String(position) };
    auditor.observe({ stream: 'stock-acme.ale', type, ...ids, position, at, recordedAt: at, data: data as Fact['data'] });
  }
  return auditor.faults;
}

const instants = (expiresAt: number): readonly object[] => [{ locationId: 'BER', expiresAt }];
const lot = (lotId: string, expiresAt: number, more: object = {}): Event => [
  'LotDeclared',
  { lotId, expiresAt: instants(expiresAt), ...more },
];
const at = (lotId: string, delta: number, locationId = 'BER', binId?: string): object => ({ locationId, lotId, delta, binId });
const received = (lotId: string, quantity: number): Event => [
  'StockReceived',
  { locationId: 'BER', delta: quantity, messageId: lotId, positions: [at(lotId, quantity)] },
];
const sold = (lotId: string, quantity: number, more: object = {}): readonly Event[] => {
  const takes = [{ locationId: 'BER', quantity }];
  const ids = { reservationId: `r ${lotId}`, orderId: lotId };
  return [
    ['ReservationPlaced', { ...ids, takes, requested: quantity, expiresAt: NOON + 3_600_000 }],
    [
      'ReservationCommitted',
      { ...ids, commitId: `c ${lotId}`, takes, alreadyIssued: [], openUnits: 0, positions: [at(lotId, -quantity)], ...more },
    ],
  ];
};
const NEVER = NOON + 86_400_000;

describe('the auditor of lots', () => {
  it('is content with sales of what expires first', () =>
    expect(auditOf(lot('A', NEVER), lot('B', NEVER + 1), received('A', 2), received('B', 2), ...sold('A', 2), ...sold('B', 1))).toEqual(
      [],
    ));

  it('finds a sale of a lot while another expires sooner, unless the caller named the lot', () => {
    const both = [lot('A', NEVER), lot('B', NEVER + 1), received('A', 2), received('B', 2)];
    expect(auditOf(...both, ...sold('B', 1))).toEqual([expect.stringContaining('A expires sooner than what was sold at BER')]);
    expect(auditOf(...both, ...sold('B', 1, { fefoOverridden: true }))).toEqual([]);
  });

  it('finds an expired lot that is promised and sold, also where nothing says yet that it is expired', () =>
    expect(auditOf(lot('A', NOON + 2_500), received('A', 2), ...sold('A', 1))).toEqual([
      expect.stringContaining('A was sold and may not leave'),
      expect.stringContaining('1 expired units at BER counted as good'),
    ]));

  it('finds a lot that did not arrive', () => {
    const way = { transferId: 't1', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 1 };
    const shipped: Event = ['TransferShipped', { ...way, positions: [at('A', -1)] }];
    const arrived = (positions: readonly object[]): Event => ['TransferReceived', { ...way, receiptId: 'x', positions }];
    expect(auditOf(lot('A', NEVER), received('A', 2), shipped, arrived([at('A', 1, 'HAM')]))).toEqual([]);
    expect(auditOf(lot('A', NEVER), received('A', 2), shipped, arrived([]))).toEqual([
      expect.stringContaining('1 units of A left by t1 and did not arrive'),
    ]);
  });

  it('finds corrections that make units, and parts that do not know their parent', () => {
    const split = (...positions: readonly object[]): Event => ['PositionsCorrected', { kind: 'split', locationId: 'BER', positions }];
    const start = [lot('A', NEVER), received('A', 2)];
    expect(auditOf(...start, lot('B', NEVER, { parentLotId: 'A' }), split(at('A', -1), at('B', 1)))).toEqual([]);
    expect(auditOf(...start, lot('B', NEVER), split(at('A', -1), at('B', 1)))).toEqual([
      expect.stringContaining('B was split and does not know from what'),
    ]);
    expect(auditOf(...start, lot('B', NEVER, { parentLotId: 'A' }), split(at('A', -1), at('B', 2)))).toEqual([
      expect.stringContaining('a correction changed the units by 1'),
    ]);
  });

  it('finds a count that was compared with other books than those of its time', () => {
    const counted = (delta: number): Event => [
      'StockAdjusted',
      { locationId: 'BER', commandId: 'x', delta, counted: 2, effectiveAt: NOON + 1_500, documentId: 'count' },
    ];
    const received2: Event = ['StockReceived', { locationId: 'BER', delta: 2, messageId: 'm', effectiveAt: NOON }];
    const sale: readonly Event[] = sold('A', 1).map(([type, data]) => [type, { ...data, positions: undefined }]);
    expect(auditOf(received2, ...sale, counted(0))).toEqual([]);
    expect(auditOf(received2, ...sale, counted(1))).toEqual([expect.stringContaining('2 units were counted at BER')]);
  });

  it('finds units that appear without a reason', () =>
    expect(
      auditOf(
        ['StockReceived', { locationId: 'BER', delta: 2, messageId: 'm' }],
        ['LotControlSet', { control: 'optional', locationId: 'BER', delta: 1 }],
      ),
    ).toEqual([expect.stringContaining('LotControlSet changed the units of the company by 1')]));
});
