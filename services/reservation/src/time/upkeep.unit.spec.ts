import { VirtualTime } from '../../test/virtual-time.js';
import { Upkeep } from './upkeep.js';

const HOUR_MS = 3_600_000;

describe('keeping tidy', () => {
  it('forgets every hour, whatever became of the hour before, until it is stopped', async () => {
    const time = new VirtualTime(0);
    const faults: unknown[] = [];
    let times = 0;
    const forget = async (): Promise<void> => {
      await Promise.resolve();
      times += 1;
      if (times === 1) throw new Error('no disk left');
    };
    const upkeep = new Upkeep(time, forget, (error) => faults.push(error));
    upkeep.start();
    await time.advance(HOUR_MS - 1);
    expect(times).toBe(0);
    await time.advance(2 * HOUR_MS);
    expect([times, faults.length]).toEqual([2, 1]);
    upkeep.stop();
    await time.advance(2 * HOUR_MS);
    expect(times).toBe(2);
  });
});
