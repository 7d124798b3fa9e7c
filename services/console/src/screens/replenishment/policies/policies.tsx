import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../../app/holdfast.js';
import { useMay } from '../../../app/signed-in.js';
import { Button } from '../../../ui/controls.js';
import layout from '../../../ui/layout.module.css';
import { ListTools } from '../../../ui/list-tools.js';
import { Empty, NeedsPermission, Region } from '../../../ui/states.js';
import { Pager, Table } from '../../../ui/table.js';
import { When } from '../../../ui/when.js';
import { useFormats } from '../../../words/format.js';
import { useWords } from '../../../words/words.js';
import { PolicyDialog } from './policy-dialog.js';
import type { Policy } from './typed-policy.js';

const PAGE = 50;

interface ListProps {
  readonly policies: readonly Policy[];
  /** Missing where the caller may not. */
  readonly onOpen: ((policy: Policy) => void) | undefined;
}

function List({ policies, onOpen }: ListProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (policies.length === 0) return <Empty title={say('policies.none')}>{say('policies.noneText')}</Empty>;
  return (
    <Table
      label={say('rebalancing.policies')}
      rows={policies}
      keyOf={({ policyId }) => policyId}
      columns={[
        { head: say('policies.id'), cell: ({ policyId }) => policyId },
        { head: say('policies.mode'), cell: ({ mode }) => say(`policies.mode.${mode}`) },
        { head: say('policies.locations'), cell: ({ locationIds }) => locationIds.join(', ') },
        {
          head: say('policies.cover'),
          cell: ({ lowCoverDays, targetCoverDays }) =>
            say('policies.coverDays', { low: units(lowCoverDays), target: units(targetCoverDays) }),
        },
        { head: say('policies.figure.maxUnitsPerDay'), isNumber: true, cell: ({ maxUnitsPerDay }) => units(maxUnitsPerDay) },
        {
          head: say('transfers.updated'),
          cell: ({ updatedAt, setBy }) => (
            <>
              <When at={updatedAt} />
              <div className={layout['soft']}>{setBy}</div>
            </>
          ),
        },
        ...(onOpen === undefined
          ? []
          : [
              {
                head: say('holds.action'),
                cell: (policy: Policy) => (
                  <Button aria-label={say('policies.changeOf', { policy: policy.policyId })} onPress={() => onOpen(policy)}>
                    {say('policies.change')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}

/** By which rules moves between locations are proposed. */
export function Policies(): ReactNode {
  const { say } = useWords();
  const [mayRead, mayWrite] = [useMay('replenishment.read'), useMay('replenishment.write')];
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Policy | 'new'>();
  const query = useQuery({
    queryKey: ['rebalancing policies', page],
    queryFn: async () => await holdfast.rebalancing.policies({ page, limit: PAGE }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={layout['tools']}>
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setOpen('new')}>
          {say('policies.new')}
        </Button>
        {mayWrite ? null : <NeedsPermission permission="replenishment.write" />}
      </div>
      <Region needs="replenishment.read" query={query}>
        {({ policies, pagination }) => (
          <>
            <ListTools name="rebalancing-policies" path="/v1/inventory/rebalancing/policies">
              <List policies={policies} onOpen={mayWrite ? setOpen : undefined} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {open === undefined ? null : <PolicyDialog policy={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
