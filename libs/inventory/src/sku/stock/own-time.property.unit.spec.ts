import fc from 'fast-check';
import { decideSku, SkuAuditor, type SkuCommand } from '../../index.js';

/** What happened at the location: a difference, or what lay there. */
interface Fact {
  readonly time: number;
  readonly units: number;
  readonly kind: 'difference' | 'count';
}

const facts = fc.array(
  fc.record({
    time: fc.integer({ min: 1, max: 40 }),
    units: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom('difference', 'difference', 'count', 'receipt', 'issue', 'sale'),
    told: fc.boolean(),
  }),
  { minLength: 3, maxLength: 25 },
);

/** What lies there when every fact happened at its own time: the newest count, and the differences since. */
function onHandOf(known: readonly Fact[]): number {
  const count = known.reduce<Fact | undefined>(
    (newest, fact) => (fact.kind === 'count' && fact.time >= (newest?.time ?? 0) ? fact : newest),
    undefined,
  );
  return known
    .filter(({ kind, time }) => kind === 'difference' && time > (count?.time ?? -1))
    .reduce((sum, { units }) => sum + units, count?.units ?? 0);
}

describe('facts told in any order', () => {
  it('come to what they come to in the order of their own times, or are refused', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const auditor = new SkuAuditor();
        const known: Fact[] = [{ time: 0, units: 1_000, kind: 'difference' }];
        const execute = (command: SkuCommand): boolean => {
          const decision = decideSku(auditor.state, command);
          if (decision.kind === 'refused') return false;
          for (const event of decision.events) expect(auditor.observe(event, command.at)).toEqual([]);
          return true;
        };
        execute({ ...receipt(0, 1_000, 'opening'), at: 0 });
        told.forEach(({ time, units, kind, told: late }, index) => {
          // A fact of now is told at its time; nothing is told before what was told already.
          const at = 100 + index;
          const own = late ? time : at;
          const id = `fact ${String(index)}`;
          if (kind === 'sale') {
            if (execute(placing(at, id, units)) && execute({ type: 'CommitReservation', at, commandId: id, reservationId: id })) {
              known.push({ time: at, units: -units, kind: 'difference' });
            }
          } else if (execute(commandOf({ kind, units, own, at, id }))) {
            const signed = kind === 'issue' ? -units : units;
            known.push({ time: own, units: signed, kind: kind === 'count' ? 'count' : 'difference' });
          }
          expect(auditor.state.balances.get('BER')?.onHand).toBe(onHandOf(known));
        });
        expect(auditor.audit()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const receipt = (effectiveAt: number, quantity: number, messageId: string) =>
  ({ type: 'ReceiveStock', commandId: messageId, locationId: 'BER', quantity, effectiveAt, messageId, connectionId: 'erp' }) as const;

const placing = (at: number, id: string, quantity: number): SkuCommand => ({
  type: 'PlaceReservation',
  at,
  commandId: `place ${id}`,
  reservationId: id,
  orderId: id,
  quantity,
  ttlMs: 1_000,
  requestHash: id,
  sources: [],
});

interface Told {
  readonly kind: 'difference' | 'count' | 'receipt' | 'issue';
  readonly units: number;
  readonly own: number;
  readonly at: number;
  readonly id: string;
}

function commandOf({ kind, units, own, at, id }: Told): SkuCommand {
  const shared = { at, commandId: id, locationId: 'BER', effectiveAt: own };
  switch (kind) {
    case 'difference':
      return { type: 'AdjustStock', ...shared, delta: units, reasonCode: 'found' };
    case 'count':
      return { type: 'RecordStock', ...shared, counted: units, reasonCode: 'count' };
    case 'receipt':
      return { ...receipt(own, units, id), at };
    case 'issue':
      return { type: 'IssueStock', ...shared, connectionId: 'erp', messageId: id, quantity: units };
    default:
      return kind satisfies never;
  }
}
