import { inTime } from './in-time.js';

const HOURS_MS = 7_200_000;

describe('a request whose work takes long', () => {
  it('is told to come again, and the work goes on', async () => {
    let finish: (outcome: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    await expect(inTime(work, 1)).rejects.toMatchObject({ status: 503, code: 'still_at_work', headers: { 'retry-after': '2' } });
    finish('held');
    await expect(inTime(work, HOURS_MS)).resolves.toBe('held');
  });

  it('is answered as ever where the work is done in time, or fails', async () => {
    await expect(inTime(Promise.resolve('held'), HOURS_MS)).resolves.toBe('held');
    await expect(inTime(Promise.reject(new Error('refused')), HOURS_MS)).rejects.toThrow('refused');
  });
});
