import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import type { Connection } from './erp.js';

/** Which location each warehouse of the ERP is. What was parked for a warehouse takes effect as soon as it has one. */
export function Warehouses({ connection: { id, mappings } }: { readonly connection: Connection }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('erp.write');
  const locations = useLocations();
  const [typed, setTyped] = useState<string>();
  const [location, setLocation] = useState<string>();
  const parked = useQuery({
    queryKey: ['parked', id],
    queryFn: async () => await holdfast.parkedMessages.list({ connectionId: id, limit: 1 }),
  });
  const waiting = parked.data?.warehouses ?? [];
  const warehouseId = typed ?? waiting[0]?.warehouseId ?? '';
  const locationId = location ?? locations[0]?.id ?? '';
  const map = useMutation({
    mutationFn: async (to: { readonly warehouseId: string; readonly locationId: string | null }) => {
      await holdfast.warehouseMappings.put({ connectionId: id, mappings: [to] });
      await queries.invalidateQueries({ queryKey: ['erp', id] });
      await queries.invalidateQueries({ queryKey: ['parked'] });
    },
    onSuccess: () => setTyped(undefined),
  });
  return (
    <section className={layout['card']} aria-label={say('erp.warehouses')}>
      <h2>{say('erp.warehouses')}</h2>
      {waiting.map((one) => (
        <p key={one.warehouseId} className={layout['warn']}>
          ! {say('erp.waits', { warehouse: one.warehouseId, count: one.messages })}
        </p>
      ))}
      <Table
        label={say('erp.warehouses')}
        rows={mappings}
        keyOf={(mapping) => mapping.warehouseId}
        columns={[
          { head: say('erp.warehouse'), cell: (mapping) => mapping.warehouseId },
          { head: say('explain.location'), cell: (mapping) => mapping.locationId },
        ]}
      />
      {mayWrite ? (
        <div className={layout['tools']}>
          <TextField label={say('erp.warehouse')} value={warehouseId} onChange={setTyped} />
          <Select
            label={say('explain.location')}
            value={locationId}
            options={locations.map((one) => ({ value: one.id, text: one.name }))}
            onChange={setLocation}
          />
          <Button
            isDisabled={warehouseId === '' || locationId === '' || map.isPending}
            onPress={() => map.mutate({ warehouseId, locationId })}
          >
            {say('mappings.map')}
          </Button>
        </div>
      ) : null}
      {map.error === null ? null : <Failed error={map.error} />}
    </section>
  );
}
