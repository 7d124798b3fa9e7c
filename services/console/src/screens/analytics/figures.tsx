import type { ReactNode } from 'react';
import { Facts } from '../../ui/facts.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Analytics } from './categories.js';

/** The figures of a period; a ratio that has no value is a dash. */
export function Figures({ analytics }: Pick<Analytics, 'analytics'>): ReactNode {
  const { say } = useWords();
  const { units, money } = useFormats();
  const ratio = (figure: number | null): string => (figure === null ? '–' : money(figure));
  return (
    <Facts
      facts={[
        [say('analytics.totalValue'), money(analytics.totalValue)],
        [say('analytics.totalUnits'), units(analytics.totalUnits)],
        [say('analytics.heldValue'), money(analytics.heldValue)],
        [say('analytics.inTransit'), units(analytics.inTransitUnits)],
        [say('analytics.averageValue'), money(analytics.averageInventoryValue)],
        [say('analytics.cogs'), money(analytics.cogs)],
        [say('analytics.turnover'), ratio(analytics.turnoverRate)],
        [say('analytics.annualised'), ratio(analytics.annualisedTurnover)],
        [say('analytics.daysOnHand'), ratio(analytics.averageDaysOnHand)],
        [say('analytics.slowMoving'), units(analytics.slowMovingItems)],
        [say('analytics.expiring'), units(analytics.expiringItems)],
        [say('analytics.withoutCost'), units(analytics.itemsWithoutCost)],
      ]}
    />
  );
}
