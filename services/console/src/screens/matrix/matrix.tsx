import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { stockCommand } from '../../app/commands.js';
import { useLocations } from '../../app/locations.js';
import { useMay } from '../../app/signed-in.js';
import type { MatrixStatus } from '../../live/live-matrix.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import { SavedViews } from '../../ui/saved-views.js';
import { Empty, Failed, Loading, NoPermission } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Grid } from './grid.js';
import { HEAT, SIGNS } from './heat.js';
import { openMatrix } from './live-matrices.js';
import { LiveState } from './live-state.js';
import styles from './matrix.module.css';
import { Pins } from './pins.js';
import { pinsOf, togglePin, type MatrixSearch } from './search.js';
import { present } from '../../app/present.js';

const route = getRouteApi('/matrix');
/** How the columns are chosen: an id of a location after this says "channels at". */
const AT = 'at:';

function Tools({ search, onChange }: { readonly search: MatrixSearch; onChange(search: MatrixSearch): void }): ReactNode {
  const { say } = useWords();
  const locations = useLocations();
  const columns = [
    { value: 'channels', text: say('matrix.byChannel') },
    { value: 'locations', text: say('matrix.byLocation') },
    ...locations.map(({ id, name }) => ({ value: `${AT}${id}`, text: say('matrix.channelsAt', { name }) })),
  ];
  const chosen = search.by === 'location' ? 'locations' : search.at === undefined ? 'channels' : `${AT}${search.at}`;
  const choose = (value: string): void => {
    const { q, pins } = search;
    const kept = present({ q, pins });
    if (value === 'locations') onChange({ ...kept, by: 'location' });
    else onChange(value.startsWith(AT) ? { ...kept, at: value.slice(AT.length) } : kept);
  };
  return (
    <>
      <TextField
        label={say('matrix.search')}
        kind="search"
        value={search.q ?? ''}
        onChange={(q) => {
          const { q: _, ...rest } = search;
          onChange(q === '' ? rest : { ...rest, q });
        }}
      />
      <Select label={say('matrix.columns')} value={chosen} options={columns} onChange={choose} />
    </>
  );
}

function Sorting({
  search,
  status,
  onChange,
}: {
  readonly search: MatrixSearch;
  readonly status: MatrixStatus;
  onChange(search: MatrixSearch): void;
}): ReactNode {
  const { say } = useWords();
  const options = [
    { value: 'sku', text: say('matrix.bySku') },
    ...(status.store?.columns ?? []).map(({ id, name }) => ({ value: id, text: name })),
  ];
  const { sort: _, desc: __, ...rest } = search;
  return (
    <>
      <Select
        label={say('matrix.sort')}
        value={search.sort ?? 'sku'}
        options={options}
        onChange={(sort) => onChange(sort === 'sku' ? rest : { ...rest, sort })}
      />
      <Button
        onPress={() =>
          onChange({ ...rest, ...(search.sort === undefined ? {} : { sort: search.sort }), ...(search.desc ? {} : { desc: true }) })
        }
      >
        {say(search.desc ? 'matrix.descending' : 'matrix.ascending')}
      </Button>
    </>
  );
}

function Legend(): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['legend']} aria-hidden="true">
      {HEAT.filter((heat) => heat !== 'none').map((heat) => (
        <span key={heat}>
          {SIGNS[heat]} {say(`heat.${heat}`)}
        </span>
      ))}
    </div>
  );
}

function Cells({
  search,
  kept,
  status,
}: {
  readonly search: MatrixSearch;
  readonly kept: ReturnType<typeof openMatrix>;
  readonly status: MatrixStatus;
}): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const navigate = useNavigate();
  const { matrix } = kept;
  const { q = '', sort = 'sku', desc = false } = search;
  const pins = useMemo(() => pinsOf({ ...(search.pins === undefined ? {} : { pins: search.pins }) }), [search.pins]);
  const order = useMemo(() => ({ search: q, by: sort, descending: desc, pins }), [q, sort, desc, pins]);
  const { store, error } = status;
  const rows = useMemo(() => store?.ordered(order), [store, order]);
  const onOpen = useCallback(
    (sku: string, column: number) => {
      const { by, locationId } = matrix.wanted;
      const id = store?.columns[column]?.id;
      const figure = by === 'channel' ? { channel: id, location: id === undefined ? undefined : locationId } : { location: id };
      void navigate({ to: '/sku/$sku', params: { sku }, search: present(figure) });
    },
    [matrix, navigate, store],
  );
  const onPin = useCallback(
    (sku: string) => void navigate({ to: '/matrix', search: togglePin(search, pins, sku), replace: true }),
    [navigate, search, pins],
  );
  if (store === undefined || rows === undefined)
    return error === undefined ? <Loading rows={12} /> : <Failed error={error} onRetry={() => void matrix.read()} />;
  if (store.skus.length === 0)
    return (
      <Empty title={say('matrix.empty')} command={stockCommand(window.location.origin)}>
        <p>{say('matrix.emptyText')}</p>
      </Empty>
    );
  if (rows.length === 0) return <Empty title={say('matrix.noMatch')}>{say('matrix.noMatchText')}</Empty>;
  return (
    <div className={styles['cells']}>
      {error === undefined ? null : <Failed error={error} onRetry={() => void matrix.read()} />}
      {store.complete ? null : <p>{say('matrix.cut', { rows: units(store.skus.length) })}</p>}
      <Grid
        key={`${matrix.wanted.by}|${matrix.wanted.locationId ?? ''}`}
        matrix={matrix}
        store={store}
        rows={rows}
        label={say('matrix.title')}
        place={kept.place}
        onLeave={(place) => {
          kept.place = place;
        }}
        onOpen={onOpen}
        pins={pins}
        onPin={onPin}
      />
    </div>
  );
}

function OpenMatrix(): ReactNode {
  const { say } = useWords();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { by, at } = search;
  const kept = useMemo(() => openMatrix({ by: by ?? 'channel', locationId: at }), [by, at]);
  const status = useSyncExternalStore(kept.matrix.subscribe, () => kept.matrix.status);
  const onChange = (next: MatrixSearch): void => void navigate({ to: '/matrix', search: next, replace: true });
  return (
    <div className={styles['page']}>
      <div className={styles['top']}>
        <h1>{say('matrix.title')}</h1>
        <LiveState matrix={kept.matrix} status={status} />
      </div>
      <div className={styles['tools']}>
        <Tools search={search} onChange={onChange} />
        <Sorting search={search} status={status} onChange={onChange} />
        <Legend />
      </div>
      <div className={styles['kept']}>
        <SavedViews />
        <Pins search={search} onChange={onChange} />
      </div>
      <Cells search={search} kept={kept} status={status} />
    </div>
  );
}

/** Every SKU by channel or location, live. */
export function Matrix(): ReactNode {
  return useMay('inventory.read') ? <OpenMatrix /> : <NoPermission permission="inventory.read" />;
}
