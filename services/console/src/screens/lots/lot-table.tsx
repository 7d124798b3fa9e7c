import type { ItemOf } from '@holdfast/client';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

export type ExpiringLot = ItemOf<'lots.expired', 'expired'>;

/** What people do with a lot. */
export type LotAct = 'expire' | 'consume' | 'destroy';

interface LotTableProps {
  readonly lots: readonly ExpiringLot[];
  /** Missing where the caller may not. */
  readonly onAct: ((lot: ExpiringLot, how: LotAct) => void) | undefined;
}

function Status({ lot: { status, daysPastExpiry } }: { readonly lot: ExpiringLot }): ReactNode {
  const { say } = useWords();
  const isExpired = status === 'expired';
  return (
    <span className={`${layout['oneLine'] ?? ''} ${layout[isExpired ? 'bad' : 'warn'] ?? ''}`}>
      {isExpired ? '✗' : '⚠'} {say(`lots.${status}`, { count: Math.abs(daysPastExpiry) })}
    </span>
  );
}

function Actions({ lot, onAct }: { readonly lot: ExpiringLot; onAct: NonNullable<LotTableProps['onAct']> }): ReactNode {
  const { say } = useWords();
  if (lot.status !== 'expired')
    return (
      <Button aria-label={`${say('lots.expire')}: ${lot.lotId}`} onPress={() => onAct(lot, 'expire')}>
        {say('lots.expire')}
      </Button>
    );
  return (
    <div className={layout['tools']}>
      <Button aria-label={say('lots.consumeOf', { lot: lot.lotId })} onPress={() => onAct(lot, 'consume')}>
        {say('lots.consume')}
      </Button>
      <Button aria-label={say('lots.destroyOf', { lot: lot.lotId })} onPress={() => onAct(lot, 'destroy')}>
        {say('lots.destroy')}
      </Button>
    </div>
  );
}

export function LotTable({ lots, onAct }: LotTableProps): ReactNode {
  const { say } = useWords();
  const { units, day } = useFormats();
  if (lots.length === 0) return <Empty title={say('lots.none')}>{say('lots.noneText')}</Empty>;
  return (
    <Table
      label={say('lots.title')}
      rows={lots}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku, productName }) => (
            <>
              <Link to="/sku/$sku/timeline" params={{ sku }}>
                {sku}
              </Link>
              {productName === null ? null : <div className={layout['soft']}>{productName}</div>}
            </>
          ),
        },
        { head: say('lots.lot'), cell: ({ lotId }) => lotId },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('reservations.status'), cell: (lot) => <Status lot={lot} /> },
        { head: say('lots.expiryDate'), cell: ({ expiryDate, expiresAt }) => day(expiryDate ?? expiresAt) },
        {
          head: say('lots.onHand'),
          isNumber: true,
          cell: ({ quantityOnHand, quantityUncovered }) => (
            <>
              {units(quantityOnHand)}
              {quantityUncovered > 0 ? (
                <div className={layout['warn']}>{say('lots.uncovered', { units: units(quantityUncovered) })}</div>
              ) : null}
            </>
          ),
        },
        ...(onAct === undefined ? [] : [{ head: say('holds.action'), cell: (lot: ExpiringLot) => <Actions lot={lot} onAct={onAct} /> }]),
      ]}
    />
  );
}
