import { ApiError } from '@holdfast/client';
import { useActionState, type ReactNode } from 'react';
import { signIn, type Session } from '../../app/session.js';
import { Button, Dialog, Form, TextField } from '../../ui/controls.js';
import { sentenceOf } from '../../ui/faults.js';
import { useWords } from '../../words/words.js';
import styles from './sign-in.module.css';

interface SignInProps {
  onSignedIn(session: Session): void;
}

function SignInForm({ onSignedIn }: SignInProps): ReactNode {
  const { say } = useWords();
  const [fault, submit, isPending] = useActionState(async (_: string | undefined, form: FormData) => {
    try {
      onSignedIn(await signIn({ credential: String(form.get('credential') ?? '').trim() }));
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && error.retryAfterMs !== undefined)
        return say('signIn.tooMany', { seconds: Math.ceil(error.retryAfterMs / 1_000) });
      return error instanceof Error ? sentenceOf(error) : String(error);
    }
  }, undefined);
  return (
    <Form className={styles['form'] ?? ''} action={submit} {...(fault === undefined ? {} : { validationErrors: { credential: fault } })}>
      <TextField
        label={say('signIn.key')}
        hint={say('signIn.hint')}
        name="credential"
        kind="password"
        autoComplete="current-password"
        isRequired
        autoFocus
      />
      <Button type="submit" look="primary" isDisabled={isPending}>
        {say('signIn.action')}
      </Button>
    </Form>
  );
}

const isPlainHttp = (): boolean => window.location.protocol === 'http:' && !window.isSecureContext;

/** The first screen of somebody whom Holdfast does not know yet. */
export function SignInScreen({ usedLink, onSignedIn }: SignInProps & { readonly usedLink: boolean }): ReactNode {
  const { say } = useWords();
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <img className={styles['brand']} src="/app/icon.svg" alt="" />
        <h1>{say('signIn.title')}</h1>
        {usedLink ? (
          <p className={styles['warning']} role="alert">
            {say('signIn.usedLink')}
          </p>
        ) : null}
        {isPlainHttp() ? <p className={styles['warning']}>{say('signIn.plainHttp')}</p> : null}
        <p className={styles['intro']}>{say('signIn.intro')}</p>
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}

/** Over the page on which a session ended: what was entered there stays. */
export function SignInAgain({ onSignedIn }: SignInProps): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={say('signIn.again')}>
      <p>{say('signIn.againText')}</p>
      <SignInForm onSignedIn={onSignedIn} />
    </Dialog>
  );
}
