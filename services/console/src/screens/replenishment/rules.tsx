import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { RuleDialog } from './rule-dialog.js';
import { SourceOf, useMethodName, type Rule } from './status.js';

const route = getRouteApi('/replenishment/rules');
const PAGE = 50;

function List({ rules, onOpen }: { readonly rules: readonly Rule[]; onOpen: ((rule: Rule) => void) | undefined }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const methodName = useMethodName();
  const orNone = (figure: number | null): string => (figure === null ? '–' : units(figure));
  if (rules.length === 0) return <Empty title={say('replenishment.noRules')}>{say('replenishment.noRulesText')}</Empty>;
  return (
    <Table
      label={say('replenishment.rules')}
      rows={rules}
      keyOf={({ sku, locationId }) => `${sku}|${locationId}`}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku }) => (
            <Link to="/sku/$sku" params={{ sku }}>
              {sku}
            </Link>
          ),
        },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        {
          head: say('replenishment.method'),
          cell: ({ method, mode }) => (
            <>
              {methodName(method)}
              <div className={layout['soft']}>{say(`replenishment.mode.${mode}`)}</div>
            </>
          ),
        },
        {
          head: say('replenishment.reorderPoint'),
          isNumber: true,
          cell: ({ method, min, computed }) => orNone(method === 'min_max' ? min : computed.reorderPoint),
        },
        {
          head: say('replenishment.target'),
          isNumber: true,
          cell: ({ max, computed: { orderUpTo } }) => orNone(orderUpTo ?? max),
        },
        {
          head: say('replenishment.dailyUse'),
          isNumber: true,
          cell: ({ computed: { dailyUse, daysOfData } }) =>
            dailyUse === null ? '–' : say('replenishment.useOverDays', { use: dailyUse, days: daysOfData }),
        },
        { head: say('replenishment.leadTime'), isNumber: true, cell: ({ leadTimeDays }) => units(leadTimeDays) },
        { head: say('transfers.from'), cell: ({ source }) => <SourceOf source={source} /> },
        ...(onOpen === undefined
          ? []
          : [
              {
                head: say('holds.action'),
                cell: (rule: Rule) => (
                  <Button aria-label={say('replenishment.changeOf', { sku: rule.sku })} onPress={() => onOpen(rule)}>
                    {say('change.save')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}

/** How each SKU is replenished at each location, with the levels that are computed from daily use. */
export function Rules(): ReactNode {
  const { say } = useWords();
  const { location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('replenishment.read'), useMay('replenishment.write')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Rule | 'new'>();
  const change = (part: { location?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['replenishment rules', location, sku, page],
    queryFn: async () => await holdfast.replenishment.rules({ page, limit: PAGE, ...present({ locationId: location, sku }) }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setOpen('new')}>
          {say('replenishment.newRule')}
        </Button>
      </div>
      <Region needs="replenishment.read" query={query}>
        {({ rules, pagination }) => (
          <>
            <ListTools name="replenishment-rules" path="/api/inventory/replenishment/config" parameters={{ locationId: location, sku }}>
              <List rules={rules} onOpen={mayWrite ? setOpen : undefined} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {open === undefined ? null : <RuleDialog rule={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
