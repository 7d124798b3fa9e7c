import type { ServedCommand } from '@holdfast/ledger';
import { arrived, served } from '../../test/contenders.js';
import { VirtualTime } from '../../test/virtual-time.js';
import { FAIRNESS_BURST, FAIRNESS_PER_SECOND, FAIRNESS_WRITE_EVERY_MS } from '../limits.js';
import { FairnessRecorder } from './fairness-recorder.js';
import type { ContendedTurn } from './fairness-table.js';

const STREAM = 'stock-acme.TEE';

function recording() {
  const time = new VirtualTime(1_000_000);
  const rows: ContendedTurn[] = [];
  const figures = { written: 0, missed: 0, faults: 0, broken: false };
  const recorder = new FairnessRecorder({
    table: {
      write: async (turns) => {
        await Promise.resolve();
        if (figures.broken) throw new Error('no disk left');
        rows.push(...turns);
      },
    },
    process: 'p',
    clock: time,
    timers: time,
    written: (contenders) => void (figures.written += contenders),
    missed: (commands) => void (figures.missed += commands),
    onFault: () => void (figures.faults += 1),
  });
  const turn = (commands: readonly ServedCommand[], revision = 1, conflicts = 0): void =>
    recorder.turnEnded({
      stream: STREAM,
      revision,
      conflicts,
      commands: commands.length,
      events: commands.reduce((sum, { events }) => sum + events.length, 0),
      appendMs: 0,
      served: () => commands,
    });
  return { time, rows, figures, recorder, turn };
}

const crowd = (size: number): readonly ServedCommand[] => Array.from({ length: size }, (_none, n) => served(n, `r${n}`));

describe('noting contended turns', () => {
  it('writes them down a moment later, in their order, with what they have in common', async () => {
    const { time, rows, figures, turn } = recording();
    turn([served(1, 'a'), served(2, 'b')], 4);
    turn([served(3, 'c', {}, 'insufficient_stock')], 4, 2);
    expect(rows).toEqual([]);
    await time.advance(FAIRNESS_WRITE_EVERY_MS);
    expect(rows).toMatchObject([
      {
        tenant: 'acme',
        sku: 'TEE',
        process: 'p',
        at: 1_000_000,
        revision: 4,
        retries: 0,
        missed: 0,
        contenders: [{ arrival: 1 }, { arrival: 2 }],
      },
      { revision: 4, retries: 2, contenders: [{ arrival: 3, outcome: 'refused' }] },
    ]);
    expect(figures.written).toBe(3);
  });

  it('does not even look at a turn of one that had what it came for', () => {
    const { recorder } = recording();
    const served = (): never => {
      throw new Error('looked');
    };
    recorder.turnEnded({ stream: STREAM, revision: 1, conflicts: 0, commands: 1, events: 1, appendMs: 0, served });
  });

  it('notes together who was turned away from a SKU', async () => {
    const { rows, recorder } = recording();
    recorder.turnedAway(STREAM, arrived(5, 'a'));
    recorder.turnedAway('stock-acme.OTHER', arrived(6, 'b'));
    recorder.turnedAway(STREAM, arrived(7, 'c'));
    recorder.turnedAway(STREAM);
    await recorder.flush();
    expect(rows).toMatchObject([
      { sku: 'TEE', revision: -1, contenders: [{ arrival: 5, outcome: 'turned_away' }, { arrival: 7 }] },
      { sku: 'OTHER', contenders: [{ arrival: 6 }] },
    ]);
  });

  it('counts what comes faster than it may be written, says so in the log, and takes up again', async () => {
    const { time, rows, figures, recorder, turn } = recording();
    turn(crowd(FAIRNESS_BURST));
    turn(crowd(30));
    turn(crowd(12));
    await recorder.flush();
    expect(figures).toMatchObject({ written: FAIRNESS_BURST, missed: 42 });
    expect(rows.map(({ missed }) => missed)).toEqual([42]);
    await time.advance(1_000);
    turn(crowd(FAIRNESS_PER_SECOND));
    turn(crowd(5));
    await recorder.flush();
    expect(figures).toMatchObject({ written: FAIRNESS_BURST + FAIRNESS_PER_SECOND, missed: 47 });
  });

  it('says what was missed although nothing else is written of the SKU', async () => {
    const { rows, recorder, turn } = recording();
    turn(crowd(FAIRNESS_BURST));
    await recorder.flush();
    turn(crowd(9));
    await recorder.flush();
    expect(rows.at(-1)).toMatchObject({ sku: 'TEE', missed: 9, contenders: [] });
  });

  it('counts as missed what could not be written, and goes on', async () => {
    const { rows, figures, recorder, turn } = recording();
    figures.broken = true;
    turn(crowd(3));
    await recorder.flush();
    figures.broken = false;
    turn(crowd(2));
    await recorder.flush();
    expect(figures).toMatchObject({ written: 2, missed: 3, faults: 1 });
    expect(rows).toHaveLength(1);
  });
});
