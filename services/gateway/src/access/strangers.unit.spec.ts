import type { IncomingMessage } from 'node:http';
import { Strangers } from './strangers.js';

const from = (remoteAddress: string): IncomingMessage => ({ socket: { remoteAddress } }) as IncomingMessage;

describe('requests of callers that nobody knows', () => {
  let now = 0;
  const strangers = (): Strangers => new Strangers(10, () => now);
  const refusal = (of: Strangers, address: string): unknown => {
    try {
      of.admit(from(address));
      return undefined;
    } catch (error) {
      return error;
    }
  };

  it('are limited for each address', () => {
    const limited = strangers();
    for (let request = 0; request < 100; request += 1) limited.admit(from('10.0.0.1'));
    expect(refusal(limited, '10.0.0.1')).toMatchObject({ status: 429, code: 'rate_limited', headers: { 'retry-after': '1' } });
    expect(refusal(limited, '10.0.0.2')).toBeUndefined();
    now += 100;
    expect(refusal(limited, '10.0.0.1')).toBeUndefined();
  });

  it('do not count when their credential is accepted', () => {
    const limited = strangers();
    for (let request = 0; request < 500; request += 1) limited.admit(from('10.0.0.1')).wasKnown();
    expect(refusal(limited, '10.0.0.1')).toBeUndefined();
  });
});
