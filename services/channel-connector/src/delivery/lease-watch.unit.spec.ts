import type { VendorHttp } from '@holdfast/vendor-http';
import { LeaseWatch } from './lease-watch.js';

const REQUEST = { method: 'GET', url: 'https://vendor.example' } as const;

function watched() {
  let at = 0;
  let sent = 0;
  const watch = new LeaseWatch(1_000, () => at);
  const vendor: VendorHttp = {
    call: () => {
      sent += 1;
      return Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: Buffer.from('') });
    },
  };
  return { watch, http: watch.guarding(vendor), sent: () => sent, pass: (ms: number) => (at += ms) };
}

describe('the lease of a channel, as its writer watches it', () => {
  it('lets calls through while it surely lasts', async () => {
    const { watch, http, sent, pass } = watched();
    await watch.take(() => Promise.resolve('held'));
    pass(599);
    expect(await http.call(REQUEST)).toMatchObject({ kind: 'answered' });
    expect(sent()).toBe(1);
  });

  it('sends nothing after the process was stopped for longer', async () => {
    const { watch, http, sent, pass } = watched();
    await watch.take(() => Promise.resolve('held'));
    pass(600);
    expect(await http.call(REQUEST)).toMatchObject({ kind: 'unanswered', sent: false });
    expect(sent()).toBe(0);
  });

  it('counts from when it was asked for, as the answer may have waited', async () => {
    const { watch, pass } = watched();
    await watch.take(() => {
      pass(700);
      return Promise.resolve('held');
    });
    expect(watch.isHeld).toBe(false);
  });

  it('goes on once the lease is taken again, and ends where another process has it', async () => {
    const { watch, pass } = watched();
    await watch.take(() => Promise.resolve('held'));
    pass(900);
    await watch.take(() => Promise.resolve('held'));
    expect(watch.isHeld).toBe(true);
    await watch.take(() => Promise.resolve(undefined));
    expect(watch.isHeld).toBe(false);
  });
});
