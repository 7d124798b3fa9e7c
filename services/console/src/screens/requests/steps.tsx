import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, NeedsPermission } from '../../ui/states.js';
import { useWords } from '../../words/words.js';
import { Approve } from './approve.js';
import { mayGoBack, openUnits, type Step } from './open-units.js';
import { Back } from './back.js';
import { RequestDialog } from './request-dialog.js';
import { Ship } from './ship.js';
import type { StockRequest } from './status.js';

/** Sends a step, refused where the request is no longer as it was seen. */
function useStep({ id, version }: StockRequest) {
  const queries = useQueryClient();
  const { idempotencyKey, settled } = useIntentKey();
  return useMutation({
    mutationFn: async (step: Step) => {
      const { stockRequests } = holdfast;
      const [seen, options] = [{ expectedVersion: version }, { idempotencyKey }];
      switch (step.kind) {
        case 'submit':
          await stockRequests.submit(id, seen, options);
          break;
        case 'back':
          await stockRequests.rollback(id, { ...step.body, ...seen }, options);
          break;
        case 'approve':
          await stockRequests.approve(id, { ...step.body, ...seen }, options);
          break;
        case 'reject':
          await stockRequests.reject(id, { ...step.body, ...seen }, options);
          break;
        case 'status':
          await stockRequests.changeStatus(id, { ...step.body, ...seen }, options);
          break;
        default:
          step satisfies never;
      }
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
  });
}

/** What may be done with a request next. What its state does not allow is not offered. */
export function Steps({ request }: { readonly request: StockRequest }): ReactNode {
  const { say } = useWords();
  const step = useStep(request);
  const [mayWrite, mayApprove] = [useMay('stockrequests.write'), useMay('stockrequests.approve')];
  const { status } = request;
  const [isEditing, setEditing] = useState(false);
  const isOpen = ['draft', 'submitted', 'approved', 'fulfilling'].includes(status);
  const mayShip = mayWrite && (status === 'approved' || status === 'fulfilling');
  const { reserved, missing } = openUnits(request.lines);
  const cancel = (
    <Button isDisabled={step.isPending} onPress={() => step.mutate({ kind: 'status', body: { status: 'cancelled' } })}>
      {say('requests.cancel')}
    </Button>
  );
  return (
    <>
      {status === 'submitted' && mayApprove ? <Approve request={request} isBusy={step.isPending} onStep={step.mutate} /> : null}
      {mayShip && reserved > 0 ? <Ship request={request} isBusy={step.isPending} onStep={step.mutate} /> : null}
      <div className={layout['tools']}>
        {status === 'draft' && mayWrite ? (
          <Button look="primary" isDisabled={step.isPending} onPress={() => step.mutate({ kind: 'submit' })}>
            {say('requests.submit')}
          </Button>
        ) : null}
        {mayApprove && missing > 0 && (status === 'approved' || status === 'fulfilling') ? (
          <Button isDisabled={step.isPending} onPress={() => step.mutate({ kind: 'approve', body: { partial: true } })}>
            {say('requests.reserveAgain')}
          </Button>
        ) : null}
        {mayShip && status === 'fulfilling' ? (
          <Button
            isDisabled={step.isPending}
            onPress={() => step.mutate({ kind: 'status', body: { status: 'fulfilled', closeRemainder: true } })}
          >
            {say('requests.closeRemainder')}
          </Button>
        ) : null}
        {mayWrite && status === 'draft' ? (
          <Button isDisabled={step.isPending} onPress={() => setEditing(true)}>
            {say('requests.edit')}
          </Button>
        ) : null}
        {mayWrite && ['submitted', 'approved'].includes(status) ? cancel : null}
      </div>
      {mayWrite && mayGoBack(request) ? <Back isBusy={step.isPending} onStep={step.mutate} /> : null}
      {isEditing ? <RequestDialog draft={request} onClose={() => setEditing(false)} /> : null}
      {isOpen && !mayWrite ? <NeedsPermission permission="stockrequests.write" /> : null}
      {status === 'submitted' && !mayApprove ? <NeedsPermission permission="stockrequests.approve" /> : null}
      {step.error === null ? null : <Failed error={step.error} />}
    </>
  );
}
