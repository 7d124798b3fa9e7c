import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Failed, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useWords } from '../../words/words.js';
import { Mend, type DeadLetter } from './mend.js';

const route = getRouteApi('/dead-letters');
const STATUSES = ['open', 'replayed', 'all'] as const;
type Status = (typeof STATUSES)[number];
const PAGE = 50;
const REFRESH_MS = 5_000;

interface ListProps {
  readonly letters: readonly DeadLetter[];
  onOpen(letter: DeadLetter): void;
}

function List({ letters, onOpen }: ListProps): ReactNode {
  const { say } = useWords();
  if (letters.length === 0) return <Empty title={say('letters.none')}>{say('letters.noneText')}</Empty>;
  return (
    <Table
      label={say('letters.title')}
      rows={letters}
      keyOf={({ id }) => id}
      columns={[
        { head: say('history.at'), cell: ({ receivedAt }) => <When at={receivedAt} /> },
        {
          head: say('letters.reason'),
          cell: ({ reason }) => (
            <>
              <code>{reason.code}</code>
              <div>{reason.message}</div>
            </>
          ),
        },
        { head: say('letters.key'), cell: ({ key }) => <code>{key.slice(key.indexOf('|') + 1)}</code> },
        { head: say('letters.replayedAt'), cell: ({ replayedAt }) => (replayedAt === null ? '–' : <When at={replayedAt} />) },
        {
          head: say('channels.actions'),
          cell: (letter) => (
            <Button aria-label={`${say('letters.mend')}: ${letter.key}`} onPress={() => onOpen(letter)}>
              {say('letters.mend')}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Sends all that are open, as they came: for when what they need was missing, such as a connection. */
function SendAll(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { idempotencyKey, settled } = useIntentKey();
  const send = useMutation({
    mutationFn: async () => {
      const done = await holdfast.deadLetters.replay({ all: true }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['dead letters'] });
      return done;
    },
    onSettled: (_, error) => settled(error),
  });
  return (
    <>
      <div className={layout['tools']}>
        <Button isDisabled={send.isPending} onPress={() => send.mutate()}>
          {say('letters.sendAll')}
        </Button>
        {send.data === undefined ? null : (
          <span role="status">{say('letters.sentAll', { sent: send.data.replayed.length, failed: send.data.failed.length })}</span>
        )}
      </div>
      {send.error === null ? null : <Failed error={send.error} />}
    </>
  );
}

/** Messages of ERPs that could not be processed, newest first. */
export function DeadLetters(): ReactNode {
  const { say } = useWords();
  const { status = 'open' } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('erp.read'), useMay('erp.write')];
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<DeadLetter>();
  const [isSent, setSent] = useState(false);
  const query = useQuery({
    queryKey: ['dead letters', status, page],
    queryFn: async () => await holdfast.deadLetters.list({ page, limit: PAGE, ...present({ status: status as Status }) }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('letters.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('reservations.status')}
          value={status}
          options={STATUSES.map((value) => ({ value, text: say(`letters.status.${value}`) }))}
          onChange={(value) => {
            setPage(1);
            void navigate({ search: present({ status: value }), replace: true });
          }}
        />
      </div>
      {mayWrite && query.data !== undefined && query.data.deadLetters.some(({ replayedAt }) => replayedAt === null) ? <SendAll /> : null}
      {isSent ? (
        <p role="status" className={layout['good']}>
          ✓ {say('letters.sent')}
        </p>
      ) : null}
      <Region needs="erp.read" query={query}>
        {({ deadLetters, pagination }) => (
          <>
            <ListTools name="dead-letters" path="/v1/erp/dead-letters" parameters={{ status }}>
              <List
                letters={deadLetters}
                onOpen={(letter) => {
                  setSent(false);
                  setOpen(letter);
                }}
              />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {open === undefined ? null : (
        <Mend
          key={open.id}
          letter={open}
          onClose={() => setOpen(undefined)}
          onSent={() => {
            setOpen(undefined);
            setSent(true);
          }}
        />
      )}
    </div>
  );
}
