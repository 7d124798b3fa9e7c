import type { ReactNode } from 'react';
import { Facts } from '../../ui/facts.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { useMethodName, type Order } from './status.js';

/** The figures that an order rests on, from what lies there to what is missing. */
export function Because({ order: { because, dueAt } }: { readonly order: Order }): ReactNode {
  const { say } = useWords();
  const { units, time } = useFormats();
  const methodName = useMethodName();
  const orNone = (figure: number | null): string => (figure === null ? '–' : units(figure));
  return (
    <Facts
      facts={[
        [say('replenishment.method'), methodName(because.method)],
        [say('replenishment.onHand'), units(because.onHand)],
        [say('replenishment.held'), `− ${units(because.held)}`],
        [say('replenishment.reserved'), `− ${units(because.reserved)}`],
        [say('replenishment.waiting'), `− ${units(because.waiting)}`],
        [say('replenishment.inbound'), `+ ${units(because.inbound)}`],
        [say('replenishment.open'), `+ ${units(because.open)}`],
        [say('replenishment.position'), `= ${units(because.position)}`],
        [say('replenishment.reorderPoint'), orNone(because.reorderPoint)],
        [say('replenishment.target'), orNone(because.target)],
        [say('replenishment.need'), units(because.need)],
        [say('replenishment.packSize'), units(because.packSize)],
        [say('replenishment.dailyUse'), say('replenishment.useOverDays', { use: because.dailyUse, days: because.daysOfData })],
        ...(because.shortAtSource > 0 ? [[say('replenishment.shortAtSource'), units(because.shortAtSource)] as const] : []),
        ...(dueAt === null ? [] : [[say('replenishment.dueAt'), time(dueAt)] as const]),
      ]}
    />
  );
}
