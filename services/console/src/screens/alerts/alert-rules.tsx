import type { ItemOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { RuleDialog } from './rule-dialog.js';

export type AlertRule = ItemOf<'alertRules.list', 'rules'>;
const PAGE = 20;

function Remove({ rule: { ruleId } }: { readonly rule: AlertRule }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      await holdfast.alertRules.remove(ruleId);
      await queries.invalidateQueries({ queryKey: ['alert rules'] });
    },
  });
  return (
    <>
      <Button isDisabled={remove.isPending} aria-label={`${say('webhooks.remove')}: ${ruleId}`} onPress={() => remove.mutate()}>
        {say('webhooks.remove')}
      </Button>
      {remove.error === null ? null : <Failed error={remove.error} />}
    </>
  );
}

/** Below how many units stock counts as low, for a SKU, a category or all, over all locations or at one. */
export function AlertRules(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const mayWrite = useMay('alerts.write');
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<AlertRule | 'new'>();
  const query = useQuery({
    queryKey: ['alert rules', page],
    queryFn: async () => await holdfast.alertRules.list({ page, limit: PAGE }),
  });
  const nameOf = (locationId: string | null): string =>
    locationId === null ? say('alertRules.allLocations') : (locations.find(({ id }) => id === locationId)?.name ?? locationId);
  return (
    <section className={layout['card']} aria-label={say('alertRules.title')}>
      <h2>{say('alertRules.title')}</h2>
      <Region needs="alerts.read" query={query} rows={2}>
        {({ rules, pagination }) =>
          rules.length === 0 ? (
            <p>{say('alertRules.none')}</p>
          ) : (
            <>
              <Table
                label={say('alertRules.title')}
                rows={rules}
                keyOf={({ ruleId }) => ruleId}
                columns={[
                  { head: say('channels.id'), cell: ({ ruleId }) => ruleId },
                  { head: say('alertRules.covers'), cell: ({ sku, category }) => sku ?? category ?? say('alertRules.allSkus') },
                  { head: say('explain.location'), cell: ({ locationId }) => nameOf(locationId) },
                  { head: say('alerts.threshold'), isNumber: true, cell: ({ threshold }) => units(threshold) },
                  {
                    head: say('mappings.status'),
                    cell: ({ enabled }) => (
                      <span className={layout[enabled ? 'good' : 'soft']}>{say(enabled ? 'alertRules.on' : 'alertRules.off')}</span>
                    ),
                  },
                  ...(mayWrite
                    ? [
                        {
                          head: say('channels.actions'),
                          cell: (rule: AlertRule) => (
                            <div className={layout['tools']}>
                              <Button aria-label={`${say('change.save')}: ${rule.ruleId}`} onPress={() => setOpen(rule)}>
                                {say('change.save')}
                              </Button>
                              <Remove rule={rule} />
                            </div>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
              <Pager pagination={pagination} onPage={setPage} />
            </>
          )
        }
      </Region>
      {mayWrite ? <Button onPress={() => setOpen('new')}>{say('alertRules.add')}</Button> : null}
      {open === undefined ? null : (
        <RuleDialog {...present({ rule: open === 'new' ? undefined : open })} onClose={() => setOpen(undefined)} />
      )}
    </section>
  );
}
