import { SYSTEM_REASON_CODES, reasonFault } from './reason-codes.js';

const named = (code: string) => {
  const found = SYSTEM_REASON_CODES.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no reason ${code}`);
  return found;
};

describe('reason codes', () => {
  it('are named once each', () => {
    expect(new Set(SYSTEM_REASON_CODES.map(({ code }) => code)).size).toBe(SYSTEM_REASON_CODES.length);
  });

  it.each([
    ['found', -3, undefined, 'reason_direction'],
    ['found', 3, undefined, undefined],
    ['damage', 1, undefined, 'reason_direction'],
    ['other', -1, ' ', 'reason_required'],
    ['other', 1, 'fell behind the shelf', undefined],
    ['lot_correction', 1, undefined, 'reason_direction'],
    ['lot_correction', 0, undefined, undefined],
  ])('given %s of %d units with the text %s, they say %s', (code, delta, text, fault) => {
    expect(reasonFault(named(code), delta, text)).toBe(fault);
  });
});
