import { skuStreams, type SkuLedger } from '@holdfast/ledger';
import type { Plant } from './plant.js';

/** The answer of a SKU to a command that was never sent to it. */
async function unasked(ledger: SkuLedger, ref: Parameters<SkuLedger['read']>[0]): ReturnType<SkuLedger['execute']> {
  return { kind: 'accepted', events: [], ...(await ledger.read(ref)) };
}

const around = (real: SkuLedger, execute: SkuLedger['execute']): SkuLedger => ({
  execute,
  read: (ref) => real.read(ref),
  drain: () => real.drain(),
});

/** Mistakes in how the service calls its SKUs. */
export const servingPlants: readonly Plant[] = [
  {
    name: 'check-and-take-apart',
    mistake: 'stock is looked at first and taken a moment later, without another look',
    ledger: (real, { time }) =>
      around(real, async (ref, command, context) => {
        if (command.type !== 'PlaceReservation') return real.execute(ref, command, context);
        const { state } = await real.read(ref);
        const decision = skuStreams.decide(state, command, ref.tenant);
        if (decision.kind === 'refused' || decision.events.length === 0) return real.execute(ref, command, context);
        await time.sleep(5);
        return real.execute(ref, { ...command, decided: decision.events } as typeof command, context);
      }),
    streams: (real) => ({
      ...real,
      decide: (state, command, tenant) => {
        const { decided } = command as { decided?: Extract<ReturnType<typeof real.decide>, { kind: 'accepted' }>['events'] };
        const fresh =
          command.type === 'PlaceReservation' && !state.reservations.has(command.reservationId) && !state.ended.has(command.reservationId);
        return decided !== undefined && fresh
          ? { kind: 'accepted', events: decided.filter(({ type }) => type === 'ReservationPlaced') }
          : real.decide(state, command, tenant);
      },
    }),
  },
  {
    name: 'lines-not-folded',
    mistake: 'of two lines of one SKU the later one counts',
    handlers: (real) => ({
      reserve: (request) => real.reserve({ ...request, lines: [...new Map(request.lines.map((line) => [line.sku, line])).values()] }),
      commit: (request, lines) => real.commit(request, lines),
      release: (request) => real.release(request),
      extend: (request, ttlMs) => real.extend(request, ttlMs),
    }),
  },
  {
    name: 'half-order-kept',
    mistake: 'an order that was refused or released keeps what it had got of one SKU',
    ledger: (real) =>
      around(real, (ref, command, context) =>
        command.type === 'ReleaseReservation' && command.reservationId.startsWith('ro_') && ref.sku === 'bun'
          ? unasked(real, ref)
          : real.execute(ref, command, context),
      ),
  },
  {
    name: 'half-commit-kept',
    mistake: 'a commit that fails for one SKU is not taken back for the others',
    from: 250,
    ledger: (real) =>
      around(real, (ref, command, context) =>
        command.type === 'ReverseCommit' ? unasked(real, ref) : real.execute(ref, command, context),
      ),
  },
  { name: 'watchdog-dead', mistake: 'nobody ends what was left open', watchless: true },
  {
    name: 'checkpoint-forgets',
    mistake: 'a restart goes on from the checkpoint and forgets what was open then',
    checkpoint: (real) => ({
      load: async () => {
        const restored = await real.load();
        return restored === undefined ? undefined : { ...restored, items: [] };
      },
      save: (changes, position) => real.save(changes, position),
    }),
  },
];
