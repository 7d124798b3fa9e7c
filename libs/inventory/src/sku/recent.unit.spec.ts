import { adjust, issue, move } from '../../test/commands.js';
import { adjusted, issued, moved, placed, received } from '../../test/events.js';
import { given } from '../../test/given.js';
import { RECENT_COMMANDS_KEPT, RECENT_MESSAGES_KEPT } from './limits.js';

const many = <Item>(count: number, item: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
const commands = (count: number) => many(count, (index) => adjusted('BER', 1, { commandId: `other ${String(index)}` }));
const messages = (count: number) => many(count, (index) => received('BER', 1, { messageId: `other ${String(index)}` }));
const sales = (count: number) => many(count, (index) => placed(`r${String(index)}`, { BER: 1 }));

describe('a command that comes again', () => {
  const stocked = received('BER', 5_000);

  it.each([
    ['a move', moved('BER', 'HAM', 3), move('BER', 'HAM', 3)],
    ['an adjustment', adjusted('BER', -3), adjust('BER', -3)],
  ])('changes nothing after so many others: %s', (_, event, command) => {
    given(stocked, event, ...commands(RECENT_COMMANDS_KEPT - 1))
      .when(command)
      .thenNothing();
  });

  it('is not pushed out by messages of an ERP, nor by reservations', () => {
    given(stocked, adjusted('BER', -3), ...messages(RECENT_MESSAGES_KEPT * 2), ...sales(2_000))
      .when(adjust('BER', -3))
      .thenNothing();
  });
});

describe('a message that comes again', () => {
  it('changes nothing after as many others as its sender may have under way, whatever people do meanwhile', () => {
    given(issued('BER', 3, { delta: -3, unmatchedUnits: 3 }), ...messages(RECENT_MESSAGES_KEPT - 1), ...commands(RECENT_COMMANDS_KEPT * 2))
      .when(issue('BER', 3))
      .thenNothing();
  });
});
