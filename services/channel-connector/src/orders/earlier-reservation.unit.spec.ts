import { MemoryEventStore } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { openSkuLedger, type SkuLedger } from '@holdfast/ledger';
import { CommitUnderWay, takeEarlier } from './earlier-reservation.js';
import type { SoldLine } from './sold-order.js';

const AT = 1_700_000_000_000;
const ref = { tenant: 't', sku: 'MILK' };
const line: SoldLine = {
  ...{ ...ref, channelId: 'web', orderId: 'o1', lineId: '1' },
  ...{ locationIds: [], sources: [{ locationId: 'BER', priority: 1 }], sourceRule: undefined, done: [] },
};

/** Five units, of which an order of several SKUs holds three. */
async function held(): Promise<SkuLedger> {
  const ledger = await openSkuLedger({ eventStore: new MemoryEventStore() });
  const does = async (command: SkuCommand): Promise<void> => {
    expect((await ledger.execute(ref, command)).kind).toBe('accepted');
  };
  await does({ type: 'ReceiveStock', at: AT, commandId: 'c1', locationId: 'BER', quantity: 5, effectiveAt: AT, messageId: 'm1' });
  await does({
    ...({
      type: 'PlaceReservation',
      at: AT,
      commandId: 'c2',
      reservationId: 'ro_1',
      orderId: 'o1',
      channelId: 'web',
      quantity: 3,
    } as const),
    ...{ ttlMs: 900_000, requestHash: 'h', sources: line.sources },
  });
  return ledger;
}

/** Takes what is held for the order. @returns what the order was told, and what was taken, unless it is still to come */
async function taking(ledger: SkuLedger, sources = line.sources) {
  const told: unknown[] = [];
  const publish = (_topic: string, messages: readonly { readonly value: string | null }[]) => {
    for (const { value } of messages) {
      const { type, data } = JSON.parse(value ?? '{}') as { readonly type: string; readonly data: object };
      told.push({ type, ...data });
    }
    return Promise.resolve();
  };
  const taken = await takeEarlier({ ledger, bus: { publish }, now: () => AT + 1 }, { ...line, sources }, 1, 3, []).catch(
    (error: unknown) => {
      if (!(error instanceof CommitUnderWay)) throw error;
      return 'under way' as const;
    },
  );
  return { told, taken };
}

const told = (what: string) => ({
  type: `holdfast.reservation.${what}.v1`,
  reservationId: 'ro_1',
  lines: [{ sku: 'MILK', quantity: 3 }],
});

describe('units of a channel order that a reservation of several SKUs holds', () => {
  it('are committed by its process', async () =>
    expect(await taking(await held())).toEqual({ told: [told('commit')], taken: 'under way' }));

  it('are released by it where they may not leave, and the line takes others at once', async () => {
    const ledger = await held();
    await ledger.execute(ref, {
      ...({ type: 'PlaceHold', at: AT, commandId: 'c3', holdId: 'h1', holdType: 'recall', createdBy: 'ann' } as const),
      mayUncoverPromises: true,
    });
    expect(await taking(ledger)).toEqual({ told: [told('release')], taken: [] });
  });

  it('are released by it where their location is blocked', async () => {
    const sources = [{ locationId: 'BER', priority: 1, blocked: true }];
    expect(await taking(await held(), sources)).toEqual({ told: [told('release')], taken: [] });
  });
});
