import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MemoryEventStore, type EventStore } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { AT, commit, place, receive } from '../../test/sku-commands.js';
import { openSkuLedger, stockStream } from '../index.js';
import { canonicalJson, sha256 } from '@holdfast/kit';
import type { CertificateConclusion, CertificateOpening, CertificateStep } from './certificate.js';
import { certify } from './certify.js';
import { certificateJson } from './writing.js';

const ref = { tenant: 'acme', sku: 'TEE-1' };
const CHECKER = join(process.cwd(), 'tools/check-certificate/check-certificate.mjs');

type Certificate = CertificateOpening & Omit<CertificateConclusion, 'steps'> & { steps: (Record<string, unknown> & CertificateStep)[] };

async function certificateOf(store: EventStore, upTo?: number): Promise<Certificate> {
  let text = '';
  for await (const piece of certificateJson(certify(store, ref, upTo === undefined ? {} : { upTo }))) text += piece;
  return JSON.parse(text) as Certificate;
}

function check(certificate: unknown, knownHead?: string): { readonly verdict: string; readonly status: number | null } {
  const words = [CHECKER, '-', ...(knownHead === undefined ? [] : [knownHead])];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { input: JSON.stringify(certificate), encoding: 'utf8' });
  return { status, verdict: stdout + stderr };
}

/** The checker of the console, which checks in a browser. */
const checkInBrowser = async (certificate: Certificate): Promise<unknown> => {
  const file = join(process.cwd(), 'services/console/src/screens/proof/check.ts');
  const { check: checks } = (await import(file)) as { readonly check: (certificate: Certificate) => Promise<unknown> };
  return checks(certificate);
};

/** Simulates a forger: all hashes are computed again, so only the stored facts can reveal the change. */
function rehashed({ steps, ...frame }: Certificate): Certificate {
  let head = sha256(canonicalJson({ form: frame.form, tenant: frame.tenant, sku: frame.sku }));
  const chained = steps.map(({ hash: _, ...step }) => ({ ...step, hash: (head = sha256(`${head}\n${canonicalJson(step)}`)) }));
  return { ...frame, steps: chained, head };
}

let commands = 0;
const own = (command: object): SkuCommand => ({ at: AT, commandId: `own-${(commands += 1)}`, ...command }) as SkuCommand;
const lots = [
  { lotId: 'L1', quantity: 5, expiryDate: '2030-01-31', expiresAt: AT + 9_000_000_000 },
  { lotId: 'L2', quantity: 4 },
];
const mergedLots = [
  { lotId: 'M1', quantity: 3 },
  { lotId: 'M2', quantity: 3 },
];
const transfer = { transferId: 'tr_1', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2 };

/** A stream with every kind of step: receipts, holds that end in each way, moves, a transfer, a count that uncovers what was promised. */
async function busyStore(): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  const ledger = await openSkuLedger({ eventStore: store });
  const story = [
    receive(20),
    place('r1', 3),
    commit('r1'),
    place('r2', 2),
    own({ type: 'ReleaseReservation', reservationId: 'r2' }),
    place('r3', 4),
    own({ type: 'CommitReservation', reservationId: 'r3', quantity: 1 }),
    own({ type: 'ExtendReservation', reservationId: 'r3', ttlMs: 1_000_000 }),
    own({ type: 'ShipTransfer', ...transfer, startedAt: AT }),
    own({ type: 'ReceiveTransfer', transferId: 'tr_1', quantity: 1, receiptId: 'rc_1' }),
    own({ type: 'ReturnTransfer', transferId: 'tr_1', fromLocationId: 'BER', toLocationId: 'HAM' }),
    own({ type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 5, reference: 'move' }),
    own({ type: 'RecordStock', locationId: 'BER', counted: 1, effectiveAt: AT, reasonCode: 'count' }),
    own({ type: 'ReleaseReservation', reservationId: 'r3' }),
    place('r4', 1),
    own({ type: 'ExpireReservation', at: AT + 2_000_000, reservationId: 'r4' }),
    own({ type: 'SetLimits', allocations: [], backorders: { units: 9, graceMs: 9_000 } }),
    own({ type: 'DeclareInbound', reference: 'po-1', locationId: 'MUC', quantity: 9, expectedAt: AT + 9_000 }),
    own({ type: 'DeclareInbound', reference: 'po-2', locationId: 'MUC', quantity: 1, expectedAt: AT + 9_000 }),
    own({ type: 'CancelInbound', reference: 'po-2' }),
    { ...place('r5', 12), backorder: true } as SkuCommand,
    { ...receive(9), locationId: 'MUC', messageId: 'po-1 is here' } as SkuCommand,
    own({ type: 'PlaceHold', holdId: 'h1', holdType: 'recall', locationId: 'MUC', quantity: 5 }),
    own({ type: 'PlaceHold', holdId: 'h2', holdType: 'legal' }),
    { ...receive(2), locationId: 'ROM', messageId: 'for ROM' } as SkuCommand,
    own({ type: 'ReleaseHold', holdId: 'h2', disposition: 'to_stock' }),
    own({ type: 'ReleaseHold', holdId: 'h1', quantity: 3, disposition: 'scrap' }),
    { ...receive(9), locationId: 'OSL', messageId: 'lots', positions: lots } as SkuCommand,
    own({ type: 'PlaceHold', holdId: 'h3', holdType: 'recall', lotId: 'L2' }),
    own({ type: 'CorrectPositions', kind: 'split', locationId: 'OSL', fromLotId: 'L2', toLotId: 'L3', quantity: 1 }),
    own({ type: 'RenameLot', lotId: 'L2', toLotId: 'L4' }),
    { ...place('r6', 2), locationId: 'OSL' } as SkuCommand,
    commit('r6'),
    own({ type: 'CorrectPositions', kind: 'bin', locationId: 'OSL', moves: [{ lotId: 'L1', toBinId: 'Q', quantity: 1, sellable: false }] }),
    own({
      type: 'MoveStock',
      fromLocationId: 'OSL',
      toLocationId: 'ROM',
      quantity: 1,
      reference: 'lots',
      positions: [{ lotId: 'L1', quantity: 1 }],
    }),
    own({ type: 'ExpireLots', lotId: 'L1' }),
    own({ type: 'ChangeLotExpiry', lotId: 'L1', expiresAt: [] }),
    own({ type: 'SetLotControl', control: 'optional' }),
    // A recall of a lot whose units went into another covers both.
    { ...receive(6), locationId: 'LIS', messageId: 'to merge', positions: mergedLots } as SkuCommand,
    own({ type: 'CorrectPositions', kind: 'merge', locationId: 'LIS', fromLotId: 'M1', toLotId: 'M2' }),
    own({ type: 'PlaceHold', holdId: 'h4', holdType: 'recall', lotId: 'M1' }),
  ];
  for (const command of story) {
    const outcome = await ledger.execute(ref, command);
    if (outcome.kind === 'refused') throw new Error(`${command.type}: ${outcome.code}`);
  }
  return store;
}

describe('a no-oversell certificate', () => {
  let store: MemoryEventStore;
  let genuine: Certificate;
  beforeAll(async () => {
    store = await busyStore();
    genuine = await certificateOf(store);
  });
  const copy = (): Certificate => structuredClone(genuine);
  const stepOf = (certificate: Certificate, type: string): Certificate['steps'][number] => {
    const found = certificate.steps.find((step) => step.type === `${type}.v1`);
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };

  it('of a real stream is true, by Holdfast and by the checker', () => {
    expect(genuine).toMatchObject({ holds: true, stepCount: genuine.steps.length });
    expect(check(genuine)).toEqual({ status: 0, verdict: expect.stringContaining(`none oversold; head ${genuine.head}`) as string });
  });

  it('of a real stream is true by the checker of the console', async () => {
    const { stepCount, promises, head } = genuine;
    expect(await checkInBrowser(genuine)).toEqual({ holds: true, steps: stepCount, promises, head });
  });

  it('covers recalls over merged lots', () => {
    const recall = genuine.steps.findLast(({ type }) => type === 'HoldPlaced.v1');
    expect(recall?.data).toMatchObject({ lotIds: ['M1', 'M2'] });
    expect(genuine.totals).toContainEqual({ locationId: 'LIS', onHand: 6, reserved: 0, held: 6 });
  });

  it('covers units in bins that lack the lot which is required', async () => {
    const loose = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore: loose });
    for (const command of [
      { ...receive(1), positions: [{ lotId: 'L1', quantity: 1 }] } as SkuCommand,
      own({ type: 'SetLotControl', control: 'required' }),
      { ...receive(4), connectionId: 'erp', positions: [{ binId: 'B1', quantity: 4 }] } as SkuCommand,
    ])
      expect(await ledger.execute(ref, command)).toMatchObject({ kind: 'accepted' });
    const certificate = await certificateOf(loose);
    expect(certificate.totals).toEqual([{ locationId: 'BER', onHand: 5, reserved: 0, held: 4 }]);
    expect(check(certificate)).toMatchObject({ status: 0 });
    expect(await checkInBrowser(certificate)).toMatchObject({ holds: true });
  });

  it('tells promises from settlements and from facts of outside', () => {
    const kinds = Object.fromEntries(genuine.steps.map(({ type, kind }) => [type, kind]));
    expect(kinds).toMatchObject({
      'StockReceived.v1': 'fact',
      'StockAdjusted.v1': 'fact',
      'ReservationPlaced.v1': 'promise',
      'ReservationPromoted.v1': 'promise',
      'TransferShipped.v1': 'promise',
      'ReservationCommitted.v1': 'settlement',
      'ReservationExpired.v1': 'settlement',
    });
    const uncovering = genuine.steps.find(({ balances }) => balances.some(({ onHand, reserved }) => reserved > onHand));
    expect(uncovering).toMatchObject({ type: 'StockAdjusted.v1', kind: 'fact' });
  });

  it('of an earlier moment is the beginning of a later one, and its head is found there', async () => {
    const early = await certificateOf(store, 4);
    expect(early.steps).toEqual(genuine.steps.slice(0, 5));
    expect(check(genuine, early.head).status).toBe(0);
    expect(check(genuine, sha256('rewritten'))).toMatchObject({ status: 1, verdict: expect.stringContaining('history was rewritten') });
  });

  it.each<readonly [string, (certificate: Certificate) => unknown, string]>([
    ['one number of a fact', (its) => Object.assign(stepOf(its, 'StockReceived').data as object, { delta: 21 }), 'FALSE step 1'],
    ['one number of a balance', (its) => Object.assign(stepOf(its, 'StockReceived').balances[0] ?? {}, { onHand: 19 }), 'FALSE step 1'],
    ['two steps in another order', (its) => its.steps.splice(2, 2, ...its.steps.slice(2, 4).reverse()), 'FALSE step 2'],
    ['a step left out', (its) => its.steps.splice(3, 1), 'FALSE step 3'],
    ['the last step left out', (its) => its.steps.pop(), 'FALSE conclusion'],
    ['another head', (its) => Object.assign(its, { head: sha256('forged') }), 'FALSE conclusion'],
    ['another SKU', (its) => Object.assign(its, { sku: 'TEE-2' }), 'FALSE step 0'],
    ['other totals', (its) => Object.assign(its.totals[0] ?? {}, { reserved: 9 }), 'FALSE conclusion'],
  ])('with %s is false, and the first false step is named', (_, tamper, expected) => {
    const tampered = copy();
    tamper(tampered);
    expect(check(tampered)).toMatchObject({ status: 1, verdict: expect.stringContaining(expected) });
  });

  it.each<readonly [string, (certificate: Certificate) => unknown, string]>([
    ['one number', (its) => Object.assign(stepOf(its, 'StockReceived').data as object, { delta: 21 }), 'its facts make'],
    ['a balance', (its) => Object.assign(stepOf(its, 'ReservationPlaced').balances[0] ?? {}, { reserved: 2 }), 'its facts make'],
    ['a step left out', (its) => its.steps.splice(3, 1), 'where 3 follows'],
    ['a fact called a promise', (its) => Object.assign(stepOf(its, 'StockReceived'), { kind: 'promise' }), 'its facts make'],
    ['an event told twice', (its) => Object.assign(its.steps[3] ?? {}, { eventId: its.steps[2]?.eventId }), 'repeated or out of order'],
    [
      'units that end twice',
      (its) => Object.assign(stepOf(its, 'ReservationReleased').data as object, { takes: [{ locationId: 'BER', quantity: 3 }] }),
      '3 units end where there are 2',
    ],
    ['an event that nobody knows', (its) => Object.assign(its.steps[4] ?? {}, { type: 'StockBlessed.v1' }), 'does not know such an event'],
    ['held units that are said to be free', (its) => Object.assign(stepOf(its, 'HoldPlaced').balances[0] ?? {}, { held: 4 }), '"held":5'],
    ['a hold that is said to be smaller', (its) => Object.assign(stepOf(its, 'HoldPlaced').data as object, { quantity: 2 }), '"held":2'],
    ['a release of what is not held', (its) => Object.assign(stepOf(its, 'HoldReleased').data as object, { holdId: 'h9' }), 'hold h9'],
  ])('with %s and all hashes made anew is false by its facts', (_, tamper, expected) => {
    const tampered = copy();
    tamper(tampered);
    expect(check(rehashed(tampered))).toMatchObject({ status: 1, verdict: expect.stringContaining(expected) });
  });

  it('finds a sale of what is not there, in a stream that somebody made up', async () => {
    const made = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore: made });
    await ledger.execute(ref, receive(5));
    await ledger.execute(ref, place('r1', 4));
    const [, , placed] = await made.readStream(stockStream(ref));
    const takes = [{ locationId: 'BER', quantity: 2, because: 'planted' }];
    const data = { ...(placed?.data as object), reservationId: 'r2', takes };
    const metadata = { tenant: 'acme', at: AT, commandId: 'planted' };
    const id = '00000000-0000-4000-8000-000000000001';
    await made.append(stockStream(ref), 2, [{ id, type: 'ReservationPlaced.v1', data, metadata }]);
    const certificate = await certificateOf(made);
    expect(certificate).toMatchObject({ holds: false, firstFalse: { revision: 3, rule: 'promise_uncovered_by_reservation' } });
    expect(check(certificate)).toMatchObject({
      status: 1,
      verdict: expect.stringContaining('FALSE step 3 (ReservationPlaced.v1): OVERSOLD'),
    });
    // Setting `holds` to true does not help the forger.
    expect(check(rehashed({ ...certificate, holds: true })).status).toBe(1);
  });

  it('allows reservations the declared overbooking, and not a unit more', async () => {
    const overbooked = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore: overbooked });
    await ledger.execute(ref, receive(2));
    await ledger.execute(ref, own({ type: 'SetLimits', overbookingUnits: 3, allocations: [] }));
    expect((await ledger.execute(ref, place('r1', 5))).kind).toBe('accepted');
    expect((await ledger.execute(ref, place('r2', 1))).kind).toBe('refused');
    const certificate = await certificateOf(overbooked);
    expect(certificate.steps.at(-1)).toMatchObject({ overbooking: 3, balances: [{ locationId: 'BER', onHand: 2, reserved: 5 }] });
    expect(check(certificate)).toMatchObject({ status: 0 });

    // A forger lowers the declared budget by one unit and makes everything else fit.
    Object.assign(stepOf(certificate, 'LimitsSet').data as object, { overbookingUnits: 2 });
    for (const step of certificate.steps) if (step.overbooking === 3) Object.assign(step, { overbooking: 2 });
    expect(check(rehashed(certificate))).toMatchObject({ status: 1, verdict: expect.stringContaining('OVERSOLD') });
  });

  it('finds held units that were sold, in a stream that somebody made up', async () => {
    const made = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore: made });
    await ledger.execute(ref, receive(5));
    await ledger.execute(ref, place('r1', 4));
    await ledger.execute(ref, own({ type: 'PlaceHold', holdId: 'h1', holdType: 'recall', locationId: 'BER', quantity: 3 }));
    expect(await ledger.execute(ref, commit('r1'))).toMatchObject({ kind: 'refused', code: 'stock_held' });
    const data = { reservationId: 'r1', commitId: 'c1', orderId: 'order of r1', takes: [{ locationId: 'BER', quantity: 4 }] };
    const sold = { ...data, alreadyIssued: [], openUnits: 0, held: [{ locationId: 'BER', delta: -2 }] };
    const metadata = { tenant: 'acme', at: AT, commandId: 'planted' };
    const id = '00000000-0000-4000-8000-000000000002';
    await made.append(stockStream(ref), 3, [{ id, type: 'ReservationCommitted.v1', data: sold, metadata }]);
    const certificate = await certificateOf(made);
    expect(certificate).toMatchObject({ holds: false, firstFalse: { revision: 4, rule: 'held_units_taken' } });
    expect(check(certificate)).toMatchObject({ status: 1, verdict: expect.stringContaining('units left BER that are held') as string });
  });

  it('walks a long stream page by page', async () => {
    const long = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore: long });
    await ledger.execute(ref, receive(10_000));
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => ledger.execute(ref, place(`r${index}`, 1))));
    const certificate = await certificateOf(long);
    expect(certificate).toMatchObject({ stepCount: 1_202, promises: 1_200, holds: true });
    expect(check(certificate).status).toBe(0);
  });

  it('that breaks off is none', () => {
    const text = JSON.stringify(genuine).slice(0, -100);
    expect(spawnSync(process.execPath, [CHECKER, '-'], { input: text }).status).toBe(1);
  });
});

describe('the canonical form', () => {
  it('does not depend on the order of properties', () =>
    expect(canonicalJson({ b: [1, { d: null, c: 'ü"' }], a: true, z: undefined })).toBe('{"a":true,"b":[1,{"c":"ü\\"","d":null}]}'));
});

describe('a certificate of a SKU whose lots are required', () => {
  const story = async (store: MemoryEventStore, ...commands: readonly SkuCommand[]): Promise<void> => {
    const ledger = await openSkuLedger({ eventStore: store });
    for (const command of commands) {
      const outcome = await ledger.execute(ref, command);
      if (outcome.kind === 'refused') throw new Error(`${command.type}: ${outcome.code}`);
    }
    await ledger.drain();
  };
  const fromErp = (quantity: number, more: object = {}): SkuCommand =>
    ({ ...receive(quantity), connectionId: 'erp', ...more }) as SkuCommand;
  const verdictOf = async (store: MemoryEventStore) => {
    const certificate = await certificateOf(store);
    return [certificate.holds, check(certificate).verdict] as const;
  };
  const isTrue = [true, expect.stringContaining('TRUE') as string];

  it('is true where units without a lot lie in bins, and after a recall of lots that were merged', async () => {
    const store = new MemoryEventStore();
    await story(
      store,
      {
        ...receive(9),
        positions: [
          { lotId: 'L1', quantity: 5 },
          { lotId: 'L2', quantity: 4 },
        ],
      } as SkuCommand,
      own({ type: 'SetLotControl', control: 'required' }),
      fromErp(3, { arrivalBin: { binId: 'REC', sellable: true } }),
      own({ type: 'CorrectPositions', kind: 'merge', locationId: 'BER', fromLotId: 'L1', toLotId: 'L2', quantity: 2 }),
      own({ type: 'PlaceHold', holdId: 'h1', holdType: 'recall', lotId: 'L1' }),
      fromErp(1, { positions: [{ lotId: 'L2', quantity: 1 }] }),
    );
    expect(await verdictOf(store)).toEqual(isTrue);
  });

  it('is true where an earlier version required lots while units in bins had none, and counted them as held later', async () => {
    const store = new MemoryEventStore();
    await story(
      store,
      receive(5),
      own({ type: 'CorrectPositions', kind: 'bin', locationId: 'BER', moves: [{ toBinId: 'A-01', quantity: 5 }] }),
    );
    const stream = stockStream(ref);
    const known = await store.readStream(stream);
    const required = { type: 'LotControlSet.v1', data: { commandId: 'control', control: 'required' } };
    const metadata = { tenant: ref.tenant, at: AT, commandId: 'control' };
    await store.append(stream, known.length - 1, [{ id: '00000000-0000-4000-8000-00000000c0de', ...required, metadata }]);
    await story(store, place('r1', 5), fromErp(2));
    expect(await verdictOf(store)).toEqual(isTrue);
  });
});
