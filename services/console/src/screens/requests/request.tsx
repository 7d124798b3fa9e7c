import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import layout from '../../ui/layout.module.css';
import { ShortId } from '../../ui/line-list.js';
import { Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { PriorityOf, StatusOf, type StockRequest } from './status.js';
import { Steps } from './steps.js';

const route = getRouteApi('/requests/$requestId');
const REFRESH_MS = 5_000;

function Lines({ request }: { readonly request: StockRequest }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <Table
      label={say('lines.title')}
      rows={request.lines}
      keyOf={({ lineId }) => lineId}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku, productName }) => (
            <>
              <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: request.id }}>
                {sku}
              </Link>
              {productName === null ? null : <div className={layout['soft']}>{productName}</div>}
            </>
          ),
        },
        { head: say('requests.requested'), isNumber: true, cell: ({ quantityRequested }) => units(quantityRequested) },
        { head: say('requests.approved'), isNumber: true, cell: ({ quantityApproved }) => units(quantityApproved) },
        { head: say('requests.reserved'), isNumber: true, cell: ({ quantityReserved }) => units(quantityReserved) },
        { head: say('requests.waiting'), isNumber: true, cell: ({ quantityWaiting }) => units(quantityWaiting) },
        { head: say('requests.shipped'), isNumber: true, cell: ({ quantityShipped }) => units(quantityShipped) },
        {
          head: say('requests.free'),
          isNumber: true,
          cell: ({ quantityAvailable }) => (quantityAvailable === null ? '–' : units(quantityAvailable)),
        },
        {
          head: say('adjustments.reason'),
          cell: ({ reasonCode, approvalReasonCode }) => [reasonCode, approvalReasonCode].filter((code) => code !== null).join(' · '),
        },
      ]}
    />
  );
}

/** What was shipped, and what people wrote. */
function Past({ request: { shipments, comments, lines } }: { readonly request: StockRequest }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const skuOf = (lineId: string): string => lines.find((line) => line.lineId === lineId)?.sku ?? lineId;
  return (
    <>
      {shipments.length === 0 ? null : (
        <section>
          <h2>{say('requests.shipments')}</h2>
          <ul className={layout['list']}>
            {shipments.map(({ shipmentId, transferId, lines: shipped, by, at }) => (
              <li key={shipmentId}>
                {shipped.map(({ lineId, quantity }) => `${units(quantity)} × ${skuOf(lineId)}`).join(', ')}{' '}
                {transferId === null ? null : (
                  <Link to="/transfers/$transferId" params={{ transferId }}>
                    <ShortId id={transferId} />
                  </Link>
                )}{' '}
                <span className={layout['soft']}>
                  {by} · <When at={at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {comments.length === 0 ? null : (
        <section>
          <h2>{say('requests.comments')}</h2>
          <ul className={layout['list']}>
            {comments.map(({ id, text, by, at }) => (
              <li key={id}>
                {text}{' '}
                <span className={layout['soft']}>
                  {by} · <When at={at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** One request: what was asked for, how far it is, and what comes next. */
export function RequestPage(): ReactNode {
  const { say } = useWords();
  const { requestId } = route.useParams();
  const enabled = useMay('stockrequests.read');
  const query = useQuery({
    queryKey: ['request', requestId],
    queryFn: async () => await holdfast.stockRequests.get(requestId),
    enabled,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('requests.one', { number: query.data?.number ?? '' })}</h1>
      <Region needs="stockrequests.read" query={query}>
        {(request) => (
          <section className={layout['card']} aria-label={say('requests.request')}>
            <p role="status">
              <strong>
                <StatusOf status={request.status} />
              </strong>{' '}
              · {request.fromLocationId} → {request.toLocationId ?? say('requests.usedUp')} · <When at={request.updatedAt} />
            </p>
            <p className={layout['soft']}>
              {say('requests.by')} {request.requestedBy} · {say('requests.priority')} <PriorityOf priority={request.priority} />
              {request.neededBy === null ? null : (
                <>
                  {' '}
                  · {say('requests.neededBy')} {request.neededBy}
                </>
              )}
              {request.reason === null ? null : <> · {request.reason}</>}
            </p>
            <Lines request={request} />
            {/* What was typed for one version is not for the next. */}
            <Steps key={request.version} request={request} />
            <Past request={request} />
          </section>
        )}
      </Region>
    </div>
  );
}
