import { canonical, sha256, type Certificate, type Step } from './certificate.js';
import { check } from './check.js';

type Facts = Pick<Step, 'type' | 'data' | 'kind' | 'balances'>;
const at = (onHand: number, reserved: number) => ({ locationId: 'BER', onHand, reserved });
const takes = (quantity: number) => [{ locationId: 'BER', quantity }];

/** Five units, two of them held and then sold. */
const HONEST: readonly Facts[] = [
  { type: 'LevelReported', data: { locationId: 'BER', delta: 5 }, kind: 'fact', balances: [at(5, 0)] },
  { type: 'ReservationPlaced', data: { reservationId: 'r1', takes: takes(2) }, kind: 'promise', balances: [at(5, 2)] },
  {
    type: 'ReservationCommitted',
    data: { reservationId: 'r1', commitId: 'c1', takes: takes(2), alreadyIssued: [] },
    kind: 'settlement',
    balances: [at(3, 0)],
  },
];

/** A certificate whose hashes are right whatever it says. */
async function certificateOf(facts: readonly Facts[], totals = facts.at(-1)?.balances ?? []): Promise<Certificate> {
  const about = { form: 'holdfast.certificate.v1', tenant: 'acme', sku: 'TEE' } as const;
  const steps: Step[] = [];
  let head = await sha256(canonical(about));
  for (const [revision, fact] of facts.entries()) {
    const step = {
      revision,
      position: String(revision),
      eventId: `e${String(revision)}`,
      at: 0,
      recordedAt: 0,
      commandId: 'c',
      overbooking: 0,
      ...fact,
    };
    head = await sha256(`${head}\n${canonical(step)}`);
    steps.push({ ...step, hash: head });
  }
  const promises = facts.filter(({ kind }) => kind === 'promise').length;
  return { ...about, steps, stepCount: steps.length, promises, totals: [...totals], holds: true, head };
}

describe('the check of a certificate in the browser', () => {
  it('finds an honest one true, with its figures', async () => {
    const certificate = await certificateOf(HONEST);
    expect(await check(certificate)).toEqual({ holds: true, steps: 3, promises: 1, head: certificate.head });
  });

  it('finds units that were promised and not there, however well they are hashed', async () => {
    const oversold = { ...HONEST[1], data: { reservationId: 'r1', takes: takes(6) }, balances: [at(5, 6)] } as Facts;
    expect(await check(await certificateOf([...HONEST.slice(0, 1), oversold]))).toMatchObject({
      holds: false,
      where: 'step 1 (ReservationPlaced)',
      says: expect.stringContaining('OVERSOLD') as unknown,
    });
  });

  it('takes what an earlier version held: units in bins without a lot where lots became required, until an event contains them', async () => {
    const holding = (onHand: number, held: number) => (held === 0 ? at(onHand, 0) : { ...at(onHand, 0), held });
    const received = (quantity: number, onHand: number, held: number): Facts => ({
      ...({ type: 'StockReceived', kind: 'fact' } as const),
      ...{ data: { locationId: 'BER', delta: quantity }, balances: [holding(onHand, held)] },
    });
    const toBin = {
      locationId: 'BER',
      positions: [
        { locationId: 'BER', binId: 'A', delta: 5 },
        { locationId: 'BER', delta: -5 },
      ],
    };
    const past: readonly Facts[] = [
      received(5, 5, 0),
      { type: 'PositionsCorrected', data: toBin, kind: 'fact', balances: [at(5, 0)] },
      { type: 'LotControlSet', data: { control: 'required' }, kind: 'fact', balances: [] },
    ];
    const totals = (held: number) => [holding(7, held)];
    expect(await check(await certificateOf([...past, received(2, 7, 7)], totals(7)))).toMatchObject({ holds: true });
    expect(await check(await certificateOf([...past, received(1, 6, 1), received(1, 7, 7)], totals(7)))).toMatchObject({ holds: true });
    expect(await check(await certificateOf([...past, received(1, 6, 6), received(1, 7, 2)], totals(2)))).toMatchObject({
      holds: false,
      where: 'step 4 (StockReceived)',
    });
  });

  it('finds a step that was changed afterwards', async () => {
    const { steps, ...rest } = await certificateOf(HONEST);
    const changed = steps.map((step, index) => (index === 0 ? { ...step, at: 1 } : step));
    expect(await check({ ...rest, steps: changed })).toMatchObject({ holds: false, where: 'step 0 (LevelReported)' });
  });

  it('finds a hold that ends twice, an event that it does not know, and a false conclusion', async () => {
    const again = { ...HONEST[2], balances: [at(1, -2)] } as Facts;
    expect(await check(await certificateOf([...HONEST, again]))).toMatchObject({ holds: false, where: 'step 3 (ReservationCommitted)' });
    const strange = { ...HONEST[0], type: 'StockBlessed' } as Facts;
    expect(await check(await certificateOf([strange]))).toMatchObject({ holds: false, where: 'step 0 (StockBlessed)' });
    const later = { ...HONEST[0], type: 'LevelReported.v2' } as Facts;
    expect(await check(await certificateOf([later]))).toMatchObject({ holds: false, where: 'step 0 (LevelReported.v2)' });
    expect(await check(await certificateOf(HONEST, [at(4, 0)]))).toMatchObject({ holds: false, where: 'conclusion' });
  });
});
