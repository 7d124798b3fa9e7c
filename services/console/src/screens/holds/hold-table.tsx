import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Hold } from './kinds.js';

interface HoldTableProps {
  readonly holds: readonly Hold[];
  /** Missing where the caller may not release. */
  readonly onRelease: ((hold: Hold) => void) | undefined;
}

/** What a hold covers: its units, or all there is. */
function Units({ hold: { quantity, uncoveredPromises } }: { readonly hold: Hold }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <>
      {quantity === null ? say('holds.allUnits') : units(quantity)}
      {uncoveredPromises > 0 ? <div className={layout['warn']}>{say('holds.uncovered', { count: uncoveredPromises })}</div> : null}
    </>
  );
}

export function HoldTable({ holds, onRelease }: HoldTableProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (holds.length === 0) return <Empty title={say('holds.none')}>{say('holds.noneText')}</Empty>;
  return (
    <Table
      label={say('holds.title')}
      rows={holds}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku, id }) => (
            <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: id }}>
              {sku}
            </Link>
          ),
        },
        { head: say('explain.location'), cell: ({ locationId }) => locationId ?? say('explain.allLocations') },
        { head: say('holds.type'), cell: ({ type }) => say(`holds.type.${type}`) },
        {
          head: say('reservations.status'),
          cell: ({ status }) => (
            <span className={`${layout['oneLine'] ?? ''} ${layout[status === 'released' ? 'soft' : 'warn'] ?? ''}`}>
              {status === 'released' ? '✓' : '⊘'} {say(`holds.status.${status}`)}
            </span>
          ),
        },
        { head: say('holds.covers'), isNumber: true, cell: (hold) => <Units hold={hold} /> },
        { head: say('holds.heldNow'), isNumber: true, cell: ({ quantityHeld }) => units(quantityHeld) },
        {
          head: say('adjustments.reason'),
          cell: ({ reason, reference, erpReference }) => [reference, erpReference, reason].filter((text) => text !== null).join(' · '),
        },
        {
          head: say('holds.by'),
          cell: ({ createdBy, createdAt }) => (
            <>
              {createdBy}
              <div className={layout['soft']}>
                <When at={createdAt} />
              </div>
            </>
          ),
        },
        ...(onRelease === undefined
          ? []
          : [
              {
                head: say('holds.action'),
                cell: (hold: Hold) =>
                  hold.status === 'released' ? null : (
                    <Button aria-label={say('holds.releaseOf', { sku: hold.sku })} onPress={() => onRelease(hold)}>
                      {say('holds.release')}
                    </Button>
                  ),
              },
            ]),
      ]}
    />
  );
}
