import { NOON } from '../../test/messages.js';
import { changeCommand } from './stock-change.js';

const MINUTE = 60_000;

describe('the command that a change means', () => {
  it('counts, as of now and with a reason where none is given', () =>
    expect(changeCommand({ sku: 'TEE', amount: { counted: 4 } }, 'BER', 'c1', NOON)).toEqual({
      type: 'RecordStock',
      at: NOON,
      commandId: 'c1',
      locationId: 'BER',
      effectiveAt: NOON,
      counted: 4,
      reasonCode: 'count',
    }));

  it('adjusts by a difference', () =>
    expect(
      changeCommand(
        { sku: 'TEE', amount: { delta: -4 }, reasonCode: 'damage', reason: 'wet', mayUncoverPromises: true },
        'BER',
        'c1',
        NOON,
      ),
    ).toEqual({
      type: 'AdjustStock',
      at: NOON,
      commandId: 'c1',
      locationId: 'BER',
      effectiveAt: NOON,
      delta: -4,
      reasonCode: 'damage',
      reason: 'wet',
      mayUncoverPromises: true,
    }));

  it('takes effect when the caller says, up to a clock that goes ahead', () => {
    const at = (offsetMs: number) =>
      changeCommand({ sku: 'TEE', amount: { counted: 4 }, effectiveAt: new Date(NOON + offsetMs).toISOString() }, 'BER', 'c1', NOON);
    expect(at(-10 * MINUTE)).toMatchObject({ effectiveAt: NOON - 10 * MINUTE });
    expect(at(5 * MINUTE)).toMatchObject({ effectiveAt: NOON + 5 * MINUTE });
    expect(() => at(6 * MINUTE)).toThrow('effectiveAt lies in the future');
  });
});
