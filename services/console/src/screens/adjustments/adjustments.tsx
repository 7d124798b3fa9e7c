import type { ItemOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { mayBeUndone } from '../../app/undo.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ShortId } from '../../ui/line-list.js';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { UndoToast } from '../../ui/undo-toast.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { NewAdjustment } from './new-adjustment.js';
import { useReasons } from './reasons.js';

type Adjustment = ItemOf<'adjustments.list', 'adjustments'>;
const route = getRouteApi('/adjustments');
const PAGE = 50;

interface ListProps {
  readonly adjustments: readonly Adjustment[];
  onUndo(adjustment: Adjustment): void;
}

function List({ adjustments, onUndo }: ListProps): ReactNode {
  const { say } = useWords();
  const { units, difference } = useFormats();
  const reasons = useReasons();
  if (adjustments.length === 0) return <Empty title={say('adjustments.none')}>{say('adjustments.noneText')}</Empty>;
  return (
    <Table
      label={say('adjustments.title')}
      rows={adjustments}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku, documentId }) => (
            <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: documentId }}>
              {sku}
            </Link>
          ),
        },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('explain.change'), isNumber: true, cell: ({ delta }) => difference(delta) },
        { head: say('adjustments.after'), isNumber: true, cell: ({ quantityAfter }) => units(quantityAfter) },
        {
          head: say('adjustments.reason'),
          cell: ({ sku, reasonCode, reason, reference }) => (
            <>
              {reasons.find(({ code }) => code === reasonCode)?.name ?? reasonCode}
              <div className={layout['soft']}>
                {reason}{' '}
                {reference?.startsWith('adj_') === true ? (
                  <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: reference }}>
                    <ShortId id={reference} />
                  </Link>
                ) : (
                  reference
                )}
              </div>
            </>
          ),
        },
        { head: say('adjustments.source'), cell: ({ source }) => source.replaceAll('_', ' ') },
        {
          head: say('history.at'),
          cell: ({ createdAt, createdBy }) => (
            <>
              <When at={createdAt} />
              <div className={layout['soft']}>{createdBy}</div>
            </>
          ),
        },
        {
          head: say('holds.action'),
          cell: (adjustment) =>
            mayBeUndone(adjustment, adjustments) ? (
              <Button
                aria-label={say('undo.of', { change: difference(adjustment.delta), sku: adjustment.sku })}
                onPress={() => onUndo(adjustment)}
              >
                {say('undo.action')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}

/** Changes of on hand for a reason, newest first. */
export function Adjustments(): ReactNode {
  const { say } = useWords();
  const { difference } = useFormats();
  const { reason, location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('inventory.adjust');
  const [locations, reasons] = [useLocations(), useReasons()];
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const [undoing, setUndoing] = useState<Adjustment>();
  const change = (part: { reason?: string; location?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['adjustments', reason, location, sku, page],
    queryFn: async () =>
      await holdfast.adjustments.list({ page, limit: PAGE, ...present({ reasonCode: reason, locationId: location, sku }) }),
    enabled: may,
    placeholderData: keepPreviousData,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <div className={layout['page']}>
      <h1>{say('adjustments.title')}</h1>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('adjustments.reason')}
          value={reason ?? ''}
          options={[all, ...reasons.map(({ code, name }) => ({ value: code, text: name }))]}
          onChange={(value) => change({ reason: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!may} onPress={() => setNew(true)}>
          {say('adjustments.new')}
        </Button>
      </div>
      <Region needs="inventory.adjust" query={query}>
        {({ adjustments, pagination }) => (
          <>
            <ListTools name="adjustments" path="/api/inventory/adjustments" parameters={{ reasonCode: reason, locationId: location, sku }}>
              <List adjustments={adjustments} onUndo={setUndoing} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {undoing === undefined ? null : (
        <UndoToast
          key={undoing.id}
          text={say('undo.of', { change: difference(undoing.delta), sku: undoing.sku })}
          change={undoing}
          onClose={() => setUndoing(undefined)}
        />
      )}
      {isNew ? <NewAdjustment onClose={() => setNew(false)} /> : null}
    </div>
  );
}
