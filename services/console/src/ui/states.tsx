import { ApiError, ConnectionError, TimeoutError } from '@holdfast/client';
import { useEffect, useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMay } from '../app/signed-in.js';
import { useWords } from '../words/words.js';
import { Button } from './controls.js';
import { sentenceOf } from './faults.js';
import styles from './states.module.css';

/** Stands where a region will be: the rest of the page stays usable. */
export function Loading({ rows = 4 }: { readonly rows?: number }): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['skeleton']} role="status">
      <span className={styles['hidden']}>{say('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles['bone']} aria-hidden="true" />
      ))}
    </div>
  );
}

const worthAnotherTry = (error: Error): boolean => !(error instanceof ApiError) || error.status === 429 || error.status >= 500;
const isSilence = (error: Error): boolean => error instanceof ConnectionError || error instanceof TimeoutError;

/** Seconds until something may be tried again, counted anew for each error that says so. */
function useCountdown(error: Error): number {
  const seconds = Math.ceil(((error instanceof ApiError ? error.retryAfterMs : undefined) ?? 0) / 1_000);
  const [counted, setCounted] = useState({ error, left: seconds });
  if (counted.error !== error) setCounted({ error, left: seconds });
  const { left } = counted;
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setCounted({ error, left: left - 1 }), 1_000);
    return () => clearTimeout(timer);
  }, [error, left]);
  return left;
}

export interface FailedProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** What failed, in a sentence, with what support asks for; "try again" only where that can help. */
export function Failed({ error, onRetry }: FailedProps): ReactNode {
  const { say } = useWords();
  const fault = error instanceof ApiError ? error : undefined;
  const seconds = useCountdown(error);
  return (
    <div className={`${styles['state'] ?? ''} ${styles['failed'] ?? ''}`} role="alert">
      <h2>{say(isSilence(error) ? 'state.unreachable' : 'state.failed')}</h2>
      <p>{sentenceOf(error)}</p>
      {fault === undefined ? null : (
        <p className={styles['facts']}>
          {say('state.code')} <code>{fault.code}</code>
          {fault.requestId === undefined ? null : (
            <>
              {' · '}
              {say('state.request')} <code>{fault.requestId}</code>
            </>
          )}
        </p>
      )}
      {onRetry === undefined || !worthAnotherTry(error) ? null : (
        <Button isDisabled={seconds > 0} onPress={onRetry}>
          {seconds > 0 ? say('state.retryIn', { seconds }) : say('state.retry')}
        </Button>
      )}
    </div>
  );
}

/** Names what is missing and who can grant it; the screen stays in the menu. */
export function NoPermission({ permission }: { readonly permission: string }): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['state']}>
      <h2>{say('state.noPermission')}</h2>
      <p>
        {say('state.permissionNeeded')} <code>{permission}</code>
      </p>
      <p className={styles['facts']}>{say('state.whoGrants')}</p>
    </div>
  );
}

/** Beside actions that the key does not allow. */
export function NeedsPermission({ permission }: { readonly permission: string }): ReactNode {
  const { say } = useWords();
  return (
    <p className={styles['facts']}>
      {say('state.permissionNeeded')} <code>{permission}</code>
    </p>
  );
}

export interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The same step for a terminal. */
  readonly command?: string;
}

/** Says why nothing is shown and what to do about it. */
export const Empty = ({ title, children, command }: EmptyProps): ReactNode => (
  <div className={styles['state']}>
    <h2>{title}</h2>
    {children}
    {command === undefined ? null : (
      <pre className={styles['command']} tabIndex={0}>
        {command}
      </pre>
    )}
  </div>
);

export interface RegionProps<Data> {
  /** Permission that its data need. */
  readonly needs: string;
  readonly query: UseQueryResult<Data, Error>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}

/** A part of a screen that shows data of its own: one that fails leaves the others, and what was shown before stays, dimmed. */
export function Region<Data>({ needs, query, rows, children }: RegionProps<Data>): ReactNode {
  const may = useMay(needs);
  if (!may) return <NoPermission permission={needs} />;
  if (query.data !== undefined)
    return (
      <div className={query.isPlaceholderData || query.isError ? styles['dimmed'] : undefined} aria-busy={query.isFetching}>
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </div>
    );
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return rows === undefined ? <Loading /> : <Loading rows={rows} />;
}

/** Text for screen readers only. */
export const Hidden = ({ children }: { readonly children: ReactNode }): ReactNode => <span className={styles['hidden']}>{children}</span>;
