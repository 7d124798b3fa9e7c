import type { VendorAnswer } from '@holdfast/vendor-http';
import { callWithToken } from './call-with-token.js';
import type { Budget, ProviderTools, ReportedLimit, Spend, TokenAnswer } from './tools.js';

const COST = { spends: [{ limit: 'calls', units: 1 }], urgent: false };

const answered = (status: number): VendorAnswer => ({ kind: 'answered', status, headers: {}, body: Buffer.from('') });

/** What was done, in its order. Tokens are numbered; a renewal lasts until the test ends it. */
class Vendor implements Pick<ProviderTools, 'http' | 'tokens' | 'budget'> {
  readonly done: string[] = [];
  readonly statuses: number[] = [];
  left = true;
  /** Runs while somebody waits for the limits. */
  whileWaiting: () => void = () => undefined;
  private token = 1;
  private renewal = Promise.resolve();

  /** The token ends. @returns ends the renewal */
  endToken(): () => void {
    let end = (): void => undefined;
    this.renewal = new Promise<void>((resolve) => (end = resolve));
    this.token += 1;
    return end;
  }

  readonly tokens = {
    current: async (): Promise<TokenAnswer> => {
      await this.renewal;
      return { token: String(this.token) };
    },
    isValid: (token: string) => Promise.resolve(token === String(this.token)),
    refused: (): Promise<void> => {
      this.token += 1;
      return Promise.resolve();
    },
  };

  readonly budget: Budget = {
    take: (spends: readonly Spend[]) => {
      this.done.push(`takes ${String(spends[0]?.units)}`);
      this.whileWaiting();
      this.whileWaiting = () => undefined;
      return Promise.resolve(this.left);
    },
    left: () => Promise.resolve(1),
    report: (reports: readonly ReportedLimit[]) => {
      this.done.push(`gives back ${String(reports[0]?.returned)}`);
      return Promise.resolve();
    },
  };

  readonly http = {
    call: ({ url }: { readonly url: string }) => {
      this.done.push(`calls with ${url}`);
      return Promise.resolve(answered(this.statuses.shift() ?? 200));
    },
  };

  call = () => callWithToken(this, COST, (token) => ({ method: 'GET', url: token }));
}

let vendor: Vendor;
beforeEach(() => {
  vendor = new Vendor();
});

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a call with a token', () => {
  it('takes nothing of the limits while the token is renewed, so that calls do not gather for the end of it', async () => {
    const end = vendor.endToken();
    const calls = [vendor.call(), vendor.call()];
    await soon();
    expect(vendor.done).toEqual([]);
    end();
    await Promise.all(calls);
    expect(vendor.done.toSorted()).toEqual(['calls with 2', 'calls with 2', 'takes 1', 'takes 1']);
  });

  it('gives back what it took where the token ended meanwhile, and takes it again once there is a new one', async () => {
    let end = (): void => undefined;
    vendor.whileWaiting = () => {
      end = vendor.endToken();
    };
    const call = vendor.call();
    await soon();
    expect(vendor.done).toEqual(['takes 1', 'gives back 1']);
    end();
    await call;
    expect(vendor.done).toEqual(['takes 1', 'gives back 1', 'takes 1', 'calls with 2']);
  });

  it('takes the limits for each call, also for the one after a refused token', async () => {
    vendor.statuses.push(401);
    expect(await vendor.call()).toMatchObject({ answer: { status: 200 } });
    expect(vendor.done).toEqual(['takes 1', 'calls with 1', 'takes 1', 'calls with 2']);
  });

  it('is not made where a new token is refused too, or nothing is left in time', async () => {
    vendor.statuses.push(401, 401);
    expect(await vendor.call()).toMatchObject({ account: { kind: 'unauthorized' } });
    vendor.left = false;
    vendor.done.length = 0;
    expect(await vendor.call()).toMatchObject({ account: { kind: 'slow_down' } });
    expect(vendor.done).toEqual(['takes 1']);
  });
});
